"""A list of children: brought, its columns chosen, its rows mended, entered, undone."""

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
from zveno.learners import actions, rules
from zveno.learners.facts import FIELDS, refusal, sentence, skipped
from zveno.learners.forms.lists import BringForm, ColumnsForm, said
from zveno.learners.models import ChildList, ChildListRow, class_label, first_year_of
from zveno.learners.pages.register import owner_of
from zveno.ui.answers import draw
from zveno.ui.faces import Cell
from zveno.ui.held import WHOLE_ROW, HeldCell, held_cells
from zveno.ui.refusals import RefusalsIn
from zveno.ui.sheets import TYPES, attached
from zveno.ui.toasts import tell, warn

Fate, State = ChildListRow.Fate, ChildList.State
SHOWN, EARLIER, LONG, LONGEST = 50, 10, 9, 120
TWINS = (Fate.DUPLICATE, Fate.KNOWN)
DONE = (Fate.ENTERED, Fate.KEPT, Fate.UNDONE)
STEPS = [gettext_lazy("List"), gettext_lazy("Rows"), gettext_lazy("Result")]
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

    row: ChildListRow
    title: str
    school_class: str
    text: str
    may_differ: bool


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    owner = owner_of(request.actor, key)
    form = BringForm(owner, initial={"label": request.GET.get("class", "")[:30]})
    return render(request, "learners/list_bring.html", _bringing(request.actor, owner, form))


@require_POST
def _bring(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        owner = owner_of(request.actor, key)
    form = BringForm(owner, request.POST, request.FILES)
    if form.is_valid():
        with RefusalsIn(form):
            label = form.cleaned_data["label"]
            brought = actions.bring_children(request.actor, key, source=form.source(), label=label)
            return redirect("learners:list", brought.public_id)
    with reading(request.actor):
        facts = _bringing(request.actor, owner, form)
    return draw(request, "learners/list_bring.html", facts)


def _bringing(actor: Actor, owner: Any, form: BringForm) -> dict[str, Any]:
    earlier = ChildList.objects.visible_to(actor).filter(owner=owner).latest_first()[:EARLIER]
    return {"owner": owner, "form": form, "earlier": list(earlier), "steps": STEPS}


@require_safe
def show(request: Request, key: UUID) -> HttpResponse:
    """Show how far a list is: progress, a refusal, or its rows by what became of them."""
    brought = _list(request.actor, key)
    counts = brought.counts()
    fate = request.GET.get("show", "")
    fate = fate if fate in Fate else _first_to_look_at(counts)
    after = request.GET.get("after", "")
    start = int(after) if after.isascii() and after.isdigit() and len(after) < LONG else 0
    rows = list(_rows(request.actor, brought, [fate], number__gt=start)[: SHOWN + 1])
    shown = rows[:SHOWN]
    mends = brought.may_be_mended
    facts = {
        "brought": brought,
        "owner": brought.owner,
        "mends": mends,
        "counts": [(one.value, one.label, counts[one]) for one in Fate if counts[one]],
        "ready": counts[Fate.READY],
        "held": counts[Fate.HELD],
        "entered": counts[Fate.ENTERED],
        "total": counts.total() + len(brought.asides),
        "asides": len(brought.asides),
        "fate": fate,
        "steps": STEPS,
        "step": 2 if counts[Fate.READY] + counts[Fate.HELD] or brought.is_at_work else 3,
        "refusal": refusal(brought.refusal.get("reason")) if brought.refusal else "",
        "doubts": [_doubt(one) for one in _held(brought, shown)] if mends else [],
        "lines": [_line(row) for row in shown if not mends or row.fate != Fate.HELD],
        "more": str(rows[SHOWN - 1].number) if len(rows) > SHOWN else "",
    }
    return render(request, "learners/list.html", facts)


def _list(actor: Actor, key: UUID) -> ChildList:
    rows = ChildList.objects.visible_to(actor).defer("source")
    brought = rows.select_related("owner").pick(key)
    if not rules.keeps_list(actor, brought):
        raise NotAllowed
    return brought


def _first_to_look_at(counts: Any) -> str:
    return next((one for one in (Fate.HELD, Fate.READY, Fate.ENTERED) if counts[one]), Fate.KNOWN)


def _rows(actor: Actor, brought: ChildList, fates: Iterable[str], **more: Any) -> Any:
    rows = ChildListRow.objects.visible_to(actor).filter(of=brought, **more).fated(*fates)
    return rows.select_related("learner")


def _held(brought: ChildList, rows: Iterable[ChildListRow]) -> list[HeldCell]:
    return held_cells([row for row in rows if row.fate == Fate.HELD], brought.mends)


def _title(row: ChildListRow) -> str:
    if row.learner and row.fate in DONE:
        return row.learner.full_name
    values = row.verdict["values"]
    parts = [values.get(part) for part in ("family_name", "given_name", "patronymic")]
    name = " ".join(filter(None, parts)) if all(parts[:2]) else row.source[:LONGEST]
    return name or _("Row %(number)s") % {"number": row.number}


def _doubt(held: HeldCell) -> Doubt:
    title, text = _title(held.row), " ".join(map(sentence, held.findings))
    if held.field == WHOLE_ROW:
        return Doubt(held, title, _("Whole row"), None, text)
    name = str(FIELDS.get(held.field, held.field))
    # What is proposed stands in the field already: whoever agrees types nothing.
    value = held.suggestion or held.value
    cell = Cell(f"cell-{held.key}", value, f"{name}: {title}", text, "")
    return Doubt(held, title, name, cell, text)


def _line(row: ChildListRow) -> Line:
    told = "" if row.fate in DONE else " ".join(sentence(one) for one in _said_of(row))
    if row.fate == Fate.SKIPPED:
        told = skipped(row.verdict["skip"] or "")
    differ = row.fate in TWINS and bool(row.verdict["values"])
    return Line(row, _title(row), _class(row), told, may_differ=differ)


def _said_of(row: ChildListRow) -> list[Any]:
    return [one for one in row.verdict["problems"] if one["code"] != "insisted"]


def _class(row: ChildListRow) -> str:
    if row.learner:
        return row.learner.class_label
    grade, letter = (row.verdict["values"].get(part) for part in ("grade", "letter"))
    return class_label(first_year_of(grade), letter or "") if grade is not None else ""


@require_safe
def _ask_columns(request: Request, key: UUID) -> HttpResponse:
    brought = _list(request.actor, key)
    return render(request, "learners/list_columns.html", _columns(brought, ColumnsForm(brought)))


@require_POST
def _choose_columns(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        brought = _list(request.actor, key)
    form = ColumnsForm(brought, request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.choose_list_columns(request.actor, key, mapping=form.mapping())
            return redirect("learners:list", key)
    return draw(request, "learners/list_columns.html", _columns(brought, form))


def _columns(brought: ChildList, form: ColumnsForm) -> dict[str, Any]:
    above = [one for one in brought.asides if one["reason"] in {"title", "header"}][:10]
    return {"brought": brought, "owner": brought.owner, "form": form, "above": above}


@require_POST
def mend(request: Request, key: UUID) -> HttpResponse:
    """Put values right; the list is read anew."""
    if not _taken(request, key):
        warn(request, _("Nothing was changed."))
    return redirect("learners:list", key)


@require_POST
def enter(request: Request, key: UUID) -> HttpResponse:
    """Take what was typed, then let the rows that are ready become children."""
    _taken(request, key)
    number = actions.enter_list(request.actor, key)
    words = ngettext("%(number)s child is entered.", "%(number)s children are entered.", number)
    tell(request, words % {"number": number})
    return redirect("learners:list", key)


def _taken(request: Request, key: UUID) -> bool:
    """Put right what was typed; tell whether there was anything."""
    with reading(request.actor):
        brought = _list(request.actor, key)
        fates = (Fate.HELD, *TWINS)
        rows = _rows(request.actor, brought, fates, number__in=_named(request.POST))
        heard = said(brought, rows, request.POST)
    if heard:
        actions.mend_children(request.actor, key, mends=heard.mends, kept=heard.kept)
    return bool(heard)


def _named(data: Any) -> list[int]:
    """Return the numbers of the rows that a form names: of a long list only those it showed."""
    names = [*(name.removeprefix("cell-") for name in data), data.get("take"), data.get("keep")]
    numbers = {name.partition("-")[0] for name in names if name}
    return [int(n) for n in numbers if n.isascii() and n.isdigit() and len(n) < LONG][:500]


@require_POST
def undo(request: Request, key: UUID) -> HttpResponse:
    """Take the whole list back."""
    number = actions.undo_list(request.actor, key)
    words = ngettext(
        "%(number)s child is taken back.", "%(number)s children are taken back.", number
    )
    tell(request, words % {"number": number})
    return redirect("learners:list", key)


@require_safe
def report(request: Request, key: UUID, kind: str) -> HttpResponse:
    """Hand over what became of every row, with what to mend. Raises ``Http404``."""
    if kind not in TYPES:
        raise Http404
    brought = _list(request.actor, key)
    return attached(
        "list-report", kind, HEADS, _cells(brought, _rows(request.actor, brought, Fate))
    )


def _cells(brought: ChildList, rows: Iterable[ChildListRow]) -> Iterator[list[object]]:
    for one in brought.asides:
        place = one["place"]
        yield [place["sheet"] or "", place["line"], skipped(one["reason"]), *[""] * 5, one["text"]]
    for row in rows:
        head = [row.place["sheet"] or "", row.place["line"], row.get_fate_display()]
        for one in _said_of(row) or [None]:
            yield [*head, *_finding(one), row.source]


def _finding(one: Any) -> list[object]:
    if one is None:
        return [""] * 5
    field = str(FIELDS.get(one["field"], one["field"] or ""))
    return [field, one["cell"] or "", one["before"] or "", sentence(one), one["suggestion"] or ""]


bring = by_method(get=_ask, post=_bring)
columns = by_method(get=_ask_columns, post=_choose_columns)
