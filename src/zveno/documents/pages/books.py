"""The books of an office: what numbers were taken for what, and how they are written."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zveno.documents import actions
from zveno.documents.forms import NumberingForm
from zveno.documents.models import Book, Number, Numbering, written
from zveno.documents.pages.houses import kept
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request, by_method, reading
from zveno.organisations.models import Organisation
from zveno.ui.faces import Face
from zveno.ui.refusals import RefusalsIn
from zveno.ui.sheets import TYPES, attached
from zveno.ui.toasts import tell

SHOWN = 50
STATES = {"valid", "void"}
KINDS = {
    Book.Kind.AGREEMENTS: gettext_lazy("Agreements"),
    Book.Kind.CERTIFICATES: gettext_lazy("Certificates"),
    Book.Kind.MINUTES: gettext_lazy("Minutes of meetings"),
    Book.Kind.PLANS: gettext_lazy("Plans of clusters"),
}
HEADS = (
    gettext_lazy("Number"),
    gettext_lazy("Registered"),
    gettext_lazy("What for"),
    gettext_lazy("State"),
    gettext_lazy("Reason"),
)
VALID = Face(pgettext_lazy("number of a book", "Valid"), "ok", "check")
VOID = Face(gettext_lazy("Voided"), "bad", "x")


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    house = kept(request.actor, key)
    pattern = Numbering.objects.visible_to(request.actor).pattern(house, _kind(request))
    form = NumberingForm(initial={"pattern": pattern})
    return render(request, "documents/books.html", _facts(request, house) | {"form": form})


@require_POST
def _write(request: Request, key: UUID) -> HttpResponse:
    form = NumberingForm(request.POST)
    with reading(request.actor):
        house = kept(request.actor, key)
    kind = _kind(request)
    if form.is_valid():
        with RefusalsIn(form):
            actions.set_numbering(request.actor, key, kind=kind, **form.cleaned_data)
            tell(request, _("Saved. Numbers that were taken stay as they are."))
            return redirect(f"{request.path}?kind={kind}")
    with reading(request.actor):
        facts = _facts(request, house) | {"form": form}
        return render(request, "documents/books.html", facts, status=422)


@require_safe
def export(request: Request, key: UUID, kind: str) -> HttpResponse:
    """Hand over the lines the filters leave of a book. Raises ``Http404`` for another kind."""
    if kind not in TYPES:
        raise Http404
    house = kept(request.actor, key)
    cells = (
        (
            line.printed,
            f"{line.dated or localtime(line.taken_at):%d.%m.%Y}",
            line.subject,
            _face(line).text,
            line.void_reason or line.hand_reason,
        )
        for line in Number.objects.visible_to(request.actor)
        .filter(**_conditions(request, house))
        .select_related("book")
        .order_by("number")
    )
    return attached(f"book-{_kind(request)}-{_year(request, house)}", kind, HEADS, cells)


def _facts(request: Request, house: Organisation) -> dict[str, Any]:
    kind, year, after = _kind(request), _year(request, house), request.GET.get("after", "")
    lines = (
        Number.objects.visible_to(request.actor)
        .filter(**_conditions(request, house))
        .select_related("book")
        .order_by("-number")
    )
    if after.isdecimal():
        lines = lines.filter(number__lt=int(after[:9]))
    found = list(lines[: SHOWN + 1])
    this_year = clock.today().year
    book = next((one for one in _books(request.actor, house, kind) if one.year == this_year), None)
    following = next(book.following()) if book else 1
    begun = Number.objects.visible_to(request.actor).filter(book=book).exists()
    said = Numbering.objects.visible_to(request.actor).pattern(house, kind)
    return {
        "organisation": house,
        "kind": kind,
        "kinds": KINDS.items(),
        "year": year,
        "years": [one.year for one in _books(request.actor, house, kind)],
        "lines": [(line, _face(line)) for line in found[:SHOWN]],
        "more": str(found[SHOWN - 1].number) if len(found) > SHOWN else "",
        "next": book.written(following) if book and begun else written(said, this_year, 1),
        "begun": begun,
        "state": request.GET.get("state", ""),
    }


def _conditions(request: Request, house: Organisation) -> dict[str, Any]:
    """Return what the address filters by: a book, and the state of its lines."""
    state = request.GET.get("state", "")
    chosen: dict[str, Any] = {
        "book__organisation": house,
        "book__kind": _kind(request),
        "book__year": _year(request, house),
    }
    return chosen | ({"voided_at__isnull": state == "valid"} if state in STATES else {})


def _books(actor: Actor, house: Organisation, kind: str) -> list[Book]:
    rows = Book.objects.visible_to(actor).filter(organisation=house, kind=kind)
    return list(rows.order_by("-year"))


def _kind(request: Request) -> str:
    asked = request.GET.get("kind", "")
    return asked if asked in Book.Kind else Book.Kind.AGREEMENTS


def _year(request: Request, house: Organisation) -> int:
    """Return the year asked for, else that of the newest book, else this one."""
    asked = request.GET.get("year", "")
    years = [book.year for book in _books(request.actor, house, _kind(request))]
    this_year = clock.today().year
    known = [year for year in years if str(year) == asked] or years or [this_year]
    return known[0]


def _face(line: Number) -> Face:
    return VOID if line.voided_at else VALID


books = by_method(get=_show, post=_write)
