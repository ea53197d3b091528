"""A plan that comes as a table: read, mended in place, entered."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.engines import EngineRefused
from zveno.kernel.errors import BadInput, NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network.models import Cluster, require_open
from zveno.organisations.facts import refusal
from zveno.plan import actions
from zveno.plan.facts import FIELDS, HOST, sentence, skipped
from zveno.plan.forms.tables import BringForm, ColumnsForm, codes_of, held_cells, said
from zveno.plan.models import Fate, PlanTable, TableRow, month_label, year_label
from zveno.plan.pages.plans import plan_address, year_in
from zveno.ui.answers import draw
from zveno.ui.faces import Cell
from zveno.ui.held import WHOLE_ROW, HeldCell, Said
from zveno.ui.toasts import tell, warn

BRING = "plan/bring.html"
LONGEST_SHOWN = 120
ALIKE = 3


@dataclass(frozen=True, slots=True)
class Doubt:
    """A held cell as the page draws it."""

    row: TableRow
    title: str
    field: str
    key: str
    cell: Cell | None
    text: str
    suggestion: str
    may_stay: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A row that is ready or entered, in words."""

    row: TableRow
    when: str
    words: str


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    return render(request, BRING, _new(request, key) | {"form": BringForm()})


@require_POST
def _read(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _new(request, key)
    form = BringForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            source = form.source()
            brought = actions.bring_plan(request.actor, key, year=facts["year"], source=source)
        except EngineRefused as refused:
            form.add_error("file" if form.cleaned_data["file"] else "text", refusal(refused.facts))
        except BadInput as refused:
            form.add_error(refused.field, str(refused))
        else:
            return redirect("plan:table", key, brought.public_id)
    return draw(request, BRING, facts | {"form": form})


def _new(request: Request, key: UUID) -> dict[str, Any]:
    cluster, year = Cluster.objects.visible_to(request.actor).pick(key), year_in(request)
    if not actions.bring_plan.allowed(request.actor, cluster):
        raise NotAllowed
    require_open(cluster)
    back = plan_address(cluster.public_id, year)
    return {"cluster": cluster, "year": year, "label": year_label(year), "back": back}


@require_safe
def table(request: Request, key: UUID, table: UUID) -> HttpResponse:
    """Show what was understood of a table, and what waits to be mended."""
    return render(request, "plan/table.html", _facts(_brought(request.actor, key, table)))


@require_POST
def mend(request: Request, key: UUID, table: UUID) -> HttpResponse:
    """Put values right."""
    ready, heard = _heard(request, key, table)
    if heard:
        mended = actions.mend_plan(request.actor, table, mends=heard.mends, kept=heard.kept)
        _tell_of(request, mended.counts()[Fate.READY] - ready)
    return redirect("plan:table", key, table)


@require_POST
def choose_columns(request: Request, key: UUID, table: UUID) -> HttpResponse:
    """Say what the columns hold."""
    with reading(request.actor):
        form = ColumnsForm(_brought(request.actor, key, table), request.POST)
    if form.is_valid():
        actions.map_plan_columns(request.actor, table, mapping=form.mapping())
        tell(request, _("The columns were read again."))
    else:
        warn(request, _("For each column, choose from the list what it holds."))
    return redirect("plan:table", key, table)


@require_POST
def enter(request: Request, key: UUID, table: UUID) -> HttpResponse:
    """Take what was typed, then make items of the rows that are ready."""
    _ready, heard = _heard(request, key, table)
    if heard:
        actions.mend_plan(request.actor, table, mends=heard.mends, kept=heard.kept)
    number = actions.enter_plan(request.actor, table)
    words = ngettext("%(number)s item is in the plan.", "%(number)s items are in the plan.", number)
    tell(request, words % {"number": number})
    with reading(request.actor):
        brought = _brought(request.actor, key, table)
        waits = any(brought.counts()[fate] for fate in (Fate.HELD, Fate.READY))
        done = plan_address(key, brought.year)
    return redirect("plan:table", key, table) if waits else redirect(done)


def _brought(actor: Actor, key: UUID, table: UUID) -> PlanTable:
    rows = PlanTable.objects.visible_to(actor).filter(cluster__public_id=key)
    return rows.select_related("cluster").pick(table)


def _heard(request: Request, key: UUID, table: UUID) -> tuple[int, Said]:
    """Read what was said about held rows; how many rows were ready before."""
    with reading(request.actor):
        brought = _brought(request.actor, key, table)
    return brought.counts()[Fate.READY], said(brought, request.POST)


def _tell_of(request: Request, mended: int) -> None:
    if mended <= 0:
        warn(request, _("These values are not right yet: see the messages below them."))
        return
    words = ngettext("%(number)s more row is ready.", "%(number)s more rows are ready.", mended)
    tell(request, words % {"number": mended})


def _facts(brought: PlanTable) -> dict[str, object]:
    rows, year = brought.rows(), brought.year
    by_fate = {fate: [row for row in rows if row.fate is fate] for fate in Fate}
    held = held_cells(brought, Fate.HELD)
    aside = list(_aside(brought))
    return {
        "table": brought,
        "cluster": brought.cluster,
        "label": year_label(year),
        "back": plan_address(brought.cluster.public_id, year),
        "asked_year": year,
        "total": len(rows) + len(aside),
        "held": len(by_fate[Fate.HELD]),
        "doubts": [_doubt(cell) for cell in held],
        "alike": list(_alike(held)),
        "twins": [_doubt(cell) for cell in held_cells(brought, Fate.TWIN)],
        "ready": [_shown(row, year) for row in by_fate[Fate.READY]],
        "entered": by_fate[Fate.ENTERED],
        "tidied": [part for row in rows for part in _tidied(row)],
        "skipped": [_passed_over(row) for row in by_fate[Fate.SKIPPED]] + aside,
        "remarks": [sentence(one) for one in brought.verdicts["remarks"]],
        "columns": ColumnsForm(brought).rows(),
    }


def _alike(held: Sequence[HeldCell]) -> Iterator[tuple[str, str, int]]:
    """Name what is asked of many rows: one press keeps them all."""
    counted = Counter(code for cell in held for code in codes_of(cell))
    for code, number in counted.items():
        if number >= ALIKE:
            cell = next(one for one in held if code in codes_of(one))
            yield code, sentence(cell.findings[0]), number


def _doubt(cell: HeldCell) -> Doubt:
    whole = cell.field == WHOLE_ROW
    field = _("Whole row") if whole else str(HOST if cell.field == "host" else _field(cell.field))
    text, title = " ".join(map(sentence, cell.findings)), _title(cell.row)
    drawn = None if whole else Cell(f"cell-{cell.key}", cell.value, f"{field}: {title}", text, "")
    return Doubt(*(cell.row, title, field, cell.key, drawn, text, cell.suggestion, cell.may_stay))


def _field(name: str) -> str:
    return str(FIELDS.get(name, name))


def _title(row: TableRow) -> str:
    return row.title[:LONGEST_SHOWN] or _("Row %(number)s") % {"number": row.number}


def _shown(row: TableRow, year: int) -> Shown:
    day, month = row.facts["day"], row.facts["month"]
    when = date_format(date.fromisoformat(day), "j E Y") if day else month_label(month, year)
    return Shown(row, when, row.facts["words"])


def _passed_over(row: TableRow) -> tuple[str, str]:
    return row.title[:LONGEST_SHOWN], skipped(row.verdict["skip"])


def _aside(brought: PlanTable) -> Iterator[tuple[str, str]]:
    """List the lines around the rows: titles and headings, so that nothing is lost unseen."""
    for one in brought.verdicts["asides"]:
        if one["text"]:
            yield one["text"], skipped(one["reason"])


def _tidied(row: TableRow) -> Iterator[Mapping[str, Any]]:
    """List what was put right in a row without asking."""
    if row.fate in {Fate.READY, Fate.HELD}:
        for one in row.notes():
            told = {"field": _field(one["field"]), "text": sentence(one), "number": row.number}
            yield told | {"before": one["before"] or "", "after": one["after"] or ""}


bring = by_method(get=_ask, post=_read)
