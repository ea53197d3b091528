"""An import of organisations: brought, its columns chosen, its rows mended, entered, undone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.organisations import actions, rules
from zveno.organisations.facts import FIELDS, refusal, sentence, skipped
from zveno.organisations.forms.imports import BringForm, ColumnsForm, said
from zveno.organisations.models import Import, ImportRow, Organisation
from zveno.ui.faces import Cell
from zveno.ui.held import HeldCell, held_cells
from zveno.ui.sheets import TYPES, attached
from zveno.ui.toasts import tell, warn

Fate, State = ImportRow.Fate, Import.State
SHOWN, EARLIER, LONG = 50, 20, 9
MENDED = (Fate.HELD, Fate.DUPLICATE, Fate.KNOWN)
PATTERNS = {"inn": r"^(\d{10}|\d{12})$", "kpp": r"^\d{9}$", "ogrn": r"^(\d{13}|\d{15})$"}
STEPS = [
    gettext_lazy("Table"),
    gettext_lazy("Columns"),
    gettext_lazy("Rows"),
    gettext_lazy("Result"),
]
HEADS = [
    gettext_lazy("Sheet"),
    gettext_lazy("Line"),
    gettext_lazy("Outcome"),
    gettext_lazy("Field"),
    gettext_lazy("Cell"),
    gettext_lazy("Value"),
    gettext_lazy("What to correct"),
    gettext_lazy("Suggestion"),
    gettext_lazy("Original row"),
]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A held cell as the page draws it."""

    held: HeldCell
    title: str
    field: str
    cell: Cell | None
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row that waits for nobody, as the page draws it."""

    row: ImportRow
    title: str
    text: str
    may_differ: bool


def _owners(actor: Actor) -> Any:
    """Return the organisations that the actor may bring tables for."""
    leading = {key for key, role in actor.roles if role in rules.BRINGING}
    return Organisation.objects.visible_to(actor).filter(pk__in=leading).order_by("name_key")


@require_safe
def _ask(request: Request) -> HttpResponse:
    return _bring_page(request, None)


@require_POST
def _read(request: Request) -> HttpResponse:
    with reading(request.actor):
        form = BringForm(_owners(request.actor), request.POST, request.FILES)
        if not form.is_valid():
            return _bring_page(request, form)
    owner: Organisation = form.cleaned_data["owner"]
    brought = actions.bring_organisations(request.actor, owner.public_id, source=form.source())
    return redirect("organisations:import", brought.public_id)


def _bring_page(request: Request, form: BringForm | None) -> HttpResponse:
    owners = _owners(request.actor)
    if not owners:
        raise NotAllowed
    earlier = Import.objects.visible_to(request.actor).latest_first().select_related("owner")
    facts = {
        "form": form or BringForm(owners),
        "earlier": earlier[:EARLIER],
        "steps": STEPS,
        "several": len(owners) > 1,
    }
    return render(request, "organisations/bring.html", facts, status=422 if form else 200)


def _import(actor: Actor, key: UUID) -> Import:
    return Import.objects.visible_to(actor).select_related("owner", "territory").pick(key)


@require_safe
def show(request: Request, key: UUID) -> HttpResponse:
    """Show how far an import is: progress, a refusal, or its rows by what became of them."""
    brought = _import(request.actor, key)
    counts = brought.counts()
    fate = request.GET.get("show", "")
    fate = fate if fate in Fate else _first_to_look_at(counts)
    after = request.GET.get("after", "")
    start = int(after) if after.isascii() and after.isdigit() and len(after) < LONG else 0
    rows = list(_rows(request.actor, brought, [fate], number__gt=start)[: SHOWN + 1])
    may = (
        actions.enter_organisations.allowed(request.actor, brought) and brought.state == State.SHOWN
    )
    facts = {
        "brought": brought,
        "may": may,
        "counts": [(one.value, one.label, counts[one]) for one in Fate if counts[one]],
        "ready": counts[Fate.READY],
        "entered": counts[Fate.ENTERED],
        "total": counts.total() + len(brought.asides),
        "asides": len(brought.asides),
        "fate": fate,
        "steps": STEPS,
        "step": 4 if counts[Fate.ENTERED] + counts[Fate.UNDONE] and not counts[Fate.READY] else 3,
        "refusal": refusal(brought.refusal) if brought.refusal else "",
        "remarks": [*dict.fromkeys(sentence(one) for one in brought.remarks)],
        "doubts": [_doubt(one) for one in _held(brought, rows[:SHOWN])] if may else [],
        "lines": [_line(row) for row in rows[:SHOWN] if not may or row.fate != Fate.HELD],
        "more": str(rows[SHOWN - 1].number) if len(rows) > SHOWN else "",
    }
    return render(request, "organisations/import.html", facts)


def _first_to_look_at(counts: Any) -> str:
    return next((one for one in (Fate.HELD, Fate.READY, Fate.ENTERED) if counts[one]), Fate.KNOWN)


def _rows(actor: Actor, brought: Import, fates: Iterable[str], **more: Any) -> Any:
    return ImportRow.objects.visible_to(actor).filter(of=brought, **more).fated(*fates)


def _held(brought: Import, rows: Iterable[ImportRow]) -> list[HeldCell]:
    return held_cells([row for row in rows if row.fate == Fate.HELD], brought.mends)


def _title(row: ImportRow) -> str:
    return row.value("name") or row.source[:120] or _("Row %(number)s") % {"number": row.number}


def _doubt(held: HeldCell) -> Doubt:
    title, text = _title(held.row), " ".join(map(sentence, held.findings))
    name = str(FIELDS.get(held.field, held.field))
    if held.field == "row":
        return Doubt(held, title, _("Whole row"), None, text)
    pattern = PATTERNS.get(held.field, "")
    cell = Cell(f"cell-{held.key}", held.value, f"{name}: {title}", text, pattern)
    return Doubt(held, title, name, cell, text)


def _line(row: ImportRow) -> Line:
    if row.fate == Fate.SKIPPED:
        return Line(row, _title(row), skipped(row.verdict["skip"] or ""), may_differ=False)
    twins = [one for one in row.verdict["problems"] if one["severity"] == "question"]
    by_name = any(one["facts"].get("same") == "name" for one in twins)
    told = " ".join(sentence(one) for one in row.verdict["problems"])
    differ = by_name and row.fate in {Fate.DUPLICATE, Fate.KNOWN}
    return Line(row, _title(row), told, may_differ=differ)


@require_safe
def _ask_columns(request: Request, key: UUID) -> HttpResponse:
    return _columns_page(request, key, None)


@require_POST
def _choose_columns(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        form = ColumnsForm(_import(request.actor, key), request.POST)
        if not form.is_valid():
            return _columns_page(request, key, form)
    actions.choose_columns(request.actor, key, choices=form.choices(), remember=form.remembered())
    return redirect("organisations:import", key)


def _columns_page(request: Request, key: UUID, form: ColumnsForm | None) -> HttpResponse:
    brought = _import(request.actor, key)
    if not actions.choose_columns.allowed(request.actor, brought):
        raise NotAllowed
    facts = {
        "brought": brought,
        "form": form or ColumnsForm(brought),
        "steps": STEPS,
        "above": [one for one in brought.asides if one["reason"] in {"title", "header"}][:10],
        "remarks": [sentence(one) for one in brought.remarks],
    }
    return render(request, "organisations/columns.html", facts, status=422 if form else 200)


@require_POST
def mend(request: Request, key: UUID) -> HttpResponse:
    """Put values right; the table is read anew."""
    with reading(request.actor):
        brought = _import(request.actor, key)
        rows = _rows(request.actor, brought, MENDED, number__in=_named(request.POST))
        heard = said(brought, rows, request.POST)
    if heard:
        actions.mend_organisations(request.actor, key, mends=heard.mends, kept=heard.kept)
        tell(request, _("The rows are being checked again."))
    else:
        warn(request, _("Nothing was changed."))
    return redirect("organisations:import", key)


def _named(data: Any) -> list[int]:
    """Return the numbers of the rows that a form names: of a large table only those it showed."""
    names = [*(name.removeprefix("cell-") for name in data), data.get("take"), data.get("keep")]
    numbers = {name.partition("-")[0] for name in names if name}
    return [int(n) for n in numbers if n.isascii() and n.isdigit() and len(n) < LONG][:500]


@require_POST
def enter(request: Request, key: UUID) -> HttpResponse:
    """Let the ready rows become organisations."""
    number = actions.enter_organisations(request.actor, key)
    words = ngettext(
        "%(number)s row is being entered.", "%(number)s rows are being entered.", number
    )
    tell(request, words % {"number": number})
    return redirect("organisations:import", key)


@require_POST
def undo(request: Request, key: UUID) -> HttpResponse:
    """Take the whole import back."""
    number = actions.undo_import(request.actor, key)
    words = ngettext(
        "%(number)s organisation is being taken back.",
        "%(number)s organisations are being taken back.",
        number,
    )
    tell(request, words % {"number": number})
    return redirect("organisations:import", key)


@require_safe
def report(request: Request, key: UUID, kind: str) -> HttpResponse:
    """Hand over what became of every row, with what to mend. Raises ``Http404``."""
    if kind not in TYPES:
        raise Http404
    brought = _import(request.actor, key)
    rows = _rows(request.actor, brought, Fate)
    return attached("import-report", kind, HEADS, _cells(brought, rows))


def _cells(brought: Import, rows: Iterable[ImportRow]) -> Iterator[list[object]]:
    for one in brought.asides:
        place = one["place"]
        yield [place["sheet"] or "", place["line"], skipped(one["reason"]), *[""] * 5, one["text"]]
    for row in rows:
        head = [row.place["sheet"] or "", row.place["line"], row.get_fate_display()]
        found = row.verdict["problems"] if row.fate != Fate.SKIPPED else []
        for one in found or [None]:
            yield [*head, *_finding(one), row.source]


def _finding(one: Any) -> list[object]:
    if one is None:
        return [""] * 5
    field = str(FIELDS.get(one["field"], one["field"] or ""))
    return [field, one["cell"] or "", one["before"] or "", sentence(one), one["suggestion"] or ""]


bring = by_method(get=_ask, post=_read)
columns = by_method(get=_ask_columns, post=_choose_columns)
