"""Consents on paper: sheets to print, scans that come back, what is read on them."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError, NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.learners import actions, rules
from zveno.learners.forms.sheets import SheetsScanForm, TieForm
from zveno.learners.models import Consent, ConsentOrder, ConsentSheet, Method, Purpose, ScannedPage
from zveno.learners.pages.consents import back, chosen_children, house_of, nobody
from zveno.ui.answers import draw
from zveno.ui.inputs import offer
from zveno.ui.refusals import RefusalsIn
from zveno.ui.sheets import TYPES, attached
from zveno.ui.toasts import tell, warn

SHOWN = 60
"""So many pages are confirmed on one screen: two classes."""
ON_PAPER = (Method.PAPER, Method.KEPT)
HEADS = (
    gettext_lazy("Child"),
    gettext_lazy("Class"),
    gettext_lazy("Purpose"),
    gettext_lazy("What they answered"),
    gettext_lazy("Recorded"),
    gettext_lazy("Until"),
    gettext_lazy("Whose word"),
    gettext_lazy("How"),
    gettext_lazy("By order"),
    gettext_lazy("SHA-256 of the scan"),
)


@require_POST
def print_sheets(request: Request, key: UUID) -> HttpResponse:
    """Hand over sheets of the chosen children for one purpose as one PDF."""
    purpose = next((one for one in Purpose if one == request.POST.get("purpose")), None)
    with reading(request.actor):
        children = [child.public_id for child in chosen_children(request, key)]
    if purpose is None or not children:
        return nobody(request, key)
    try:
        pdf = actions.print_sheets(request.actor, key, learners=children, purpose=purpose)
    except DomainError as refusal:
        warn(request, str(refusal))
        return back(request, key)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="consents.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    facts = _facts(request.actor, key) | {"form": SheetsScanForm()}
    return render(request, "learners/scans.html", facts)


@require_POST
def _take(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        house_of(request.actor, key)
    sent = str(request.META.get("CONTENT_LENGTH", ""))
    size = int(sent) if sent.isdecimal() else 0
    form = SheetsScanForm(request.POST, request.FILES, sent=size)
    if form.is_valid():
        with RefusalsIn(form):
            came = actions.take_scan(request.actor, key, upload=form.upload())
            _say(request, came)
            return redirect("learners:scans", key)
    with reading(request.actor):
        facts = _facts(request.actor, key)
    return draw(request, "learners/scans.html", facts | {"form": form})


def _say(request: Request, came: actions.Came) -> None:
    if came.tied:
        words = ngettext("%(count)s page read.", "%(count)s pages read.", came.tied)
        tell(request, words % {"count": came.tied})
    if came.unread:
        words = ngettext(
            "%(count)s page could not be read: say whose it is.",
            "%(count)s pages could not be read: say whose they are.",
            came.unread,
        )
        warn(request, words % {"count": came.unread})
    if came.known:
        words = ngettext(
            "%(count)s page has come before.", "%(count)s pages have come before.", came.known
        )
        tell(request, words % {"count": came.known})


@require_POST
def record(request: Request, key: UUID) -> HttpResponse:
    """Note the answers read on pages."""
    given: list[UUID] = []
    refused: list[UUID] = []
    for name, value in request.POST.items():
        page = _page_key(name)
        if page and value in {"given", "refused"}:
            (given if value == "given" else refused).append(page)
    if not given and not refused:
        warn(request, _("Say what is ticked on at least one page."))
        return redirect("learners:scans", key)
    noted = actions.record_answers(request.actor, key, given=given, refused=refused)
    words = ngettext("%(count)s answer recorded.", "%(count)s answers recorded.", noted)
    tell(request, words % {"count": noted})
    return redirect("learners:scans", key)


@require_safe
def _look(request: Request, key: UUID) -> HttpResponse:
    return render(request, "learners/scan.html", _page_facts(request.actor, key))


@require_POST
def _tie(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _page_facts(request.actor, key)
    form = TieForm(request.POST)
    offer(form, "sheet", facts["form"].fields["sheet"].choices)
    if form.is_valid():
        with RefusalsIn(form):
            actions.tie_page(request.actor, key, sheet=UUID(form.cleaned_data["sheet"]))
            tell(request, _("Now say what is ticked on it."))
            return redirect("learners:scans", facts["house"].public_id)
    return draw(request, "learners/scan.html", facts | {"form": form})


@require_POST
def drop(request: Request, key: UUID) -> HttpResponse:
    """Erase a page that is no consent."""
    with reading(request.actor):
        house = _page(request.actor, key).owner
    actions.drop_page(request.actor, key)
    tell(request, _("The page is erased."))
    return redirect("learners:scans", house.public_id)


@require_safe
def picture(request: Request, key: UUID) -> HttpResponse:
    """Send the picture of a page, for the screen it is read on."""
    data = bytes(_page(request.actor, key).file.data)
    answer = HttpResponse(data, content_type="image/jpeg")
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def registry(request: Request, key: UUID) -> HttpResponse:
    """Show the consents on paper that stand, the latest first."""
    house = house_of(request.actor, key)
    rows = _on_paper(request.actor, key)
    facts = {"house": house, "rows": rows[:SHOWN], "more": len(rows) > SHOWN}
    return render(request, "learners/paper_registry.html", facts)


@require_safe
def registry_table(request: Request, key: UUID, kind: str) -> HttpResponse:
    """Hand the register over as a table: initials only, a list of names needs a reason."""
    house_of(request.actor, key)
    if kind not in TYPES:
        raise Http404
    cells = [_cells(row) for row in _on_paper(request.actor, key)]
    return attached("paper-consents", kind, HEADS, cells)


def _cells(row: Consent) -> tuple[object, ...]:
    page = getattr(row, "page", None)
    return (
        row.learner.initials,
        row.learner.class_label,
        row.get_purpose_display(),
        _("Refused") if row.refused else _("Given"),
        f"{localtime(row.given_at):%d.%m.%Y}",
        f"{row.expires_on:%d.%m.%Y}" if row.expires_on else "",
        row.get_signed_by_display(),
        row.get_method_display(),
        row.order or "",
        page.file.sha256 if page else "",
    )


def _on_paper(actor: Actor, key: UUID) -> list[Consent]:
    rows = Consent.objects.visible_to(actor).standing().filter(method__in=ON_PAPER)
    rows = rows.filter(owner__public_id=key, learner__owner__public_id=key)
    rows = rows.select_related("learner", "order", "page__file").defer("page__file__data")
    return list(rows.order_by("-given_at", "-pk"))


def _facts(actor: Actor, key: UUID) -> dict[str, Any]:
    house = house_of(actor, key)
    waiting = ScannedPage.objects.visible_to(actor).waiting().filter(owner=house)
    tied = list(waiting.tied()[: SHOWN + 1])
    orders = ConsentOrder.objects.visible_to(actor).live().filter(organisation=house)
    return {
        "house": house,
        "ordered": orders.filter(method=Method.PAPER).exists(),
        "pages": tied[:SHOWN],
        "more": len(tied) > SHOWN,
        "unread": list(waiting.filter(sheet=None)[:SHOWN]),
    }


def _page_facts(actor: Actor, key: UUID) -> dict[str, Any]:
    page = _page(actor, key)
    form = TieForm()
    out = ConsentSheet.objects.visible_to(actor).of_house(page.owner).out()
    free = out.exclude(pages__consent=None, pages__isnull=False).select_related("learner")
    rows = sorted(free, key=lambda sheet: (sheet.learner.name_key, sheet.purpose))
    offer(form, "sheet", [("", _("Choose")), *((str(one.public_id), _named(one)) for one in rows)])
    return {"page": page, "house": page.owner, "form": form, "out": bool(rows)}


def _named(sheet: ConsentSheet) -> str:
    child, purpose = sheet.learner, sheet.get_purpose_display()
    return f"{child.full_name}, {child.class_label}: {purpose} ({sheet.short})"


def _page(actor: Actor, key: UUID) -> ScannedPage:
    rows = ScannedPage.objects.visible_to(actor).select_related("owner", "sheet__learner", "file")
    page = rows.pick(key)
    if not rules.keeps_page(actor, page):
        raise NotAllowed
    return page


def _page_key(name: str) -> UUID | None:
    try:
        return UUID(name.removeprefix("page-")) if name.startswith("page-") else None
    except ValueError:
        return None


scans = by_method(get=_show, post=_take)
scan = by_method(get=_look, post=_tie)
