"""A table of children of many schools: brought, its unclear rows placed, given to the schools."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.learners import actions, rules
from zveno.learners.facts import refusal, sentence
from zveno.learners.forms.districts import HousesForm, TableOfManyForm
from zveno.learners.models import DistrictRow, DistrictShare, DistrictTable, houses_of
from zveno.organisations.models import Organisation
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell, warn

SHOWN, EARLIER, LONG = 20, 10, 9
STEPS = [gettext_lazy("Table"), gettext_lazy("Schools"), gettext_lazy("Result")]


@dataclass(frozen=True, slots=True)
class Unclear:
    """Rows whose school has to be said, as the page draws them, and how many these are."""

    row: DistrictRow
    text: str
    number: int
    choice: Any


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    owner = _owner(request.actor, key)
    facts = _bringing(request.actor, owner, TableOfManyForm())
    return render(request, "learners/district_bring.html", facts)


@require_POST
def _bring(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        owner = _owner(request.actor, key)
    form = TableOfManyForm(request.POST, request.FILES)
    if form.is_valid():
        with RefusalsIn(form):
            table = actions.bring_table(request.actor, key, source=form.source())
            return redirect("learners:district", table.public_id)
    with reading(request.actor):
        facts = _bringing(request.actor, owner, form)
    return draw(request, "learners/district_bring.html", facts)


def _bringing(actor: Actor, owner: Organisation, form: TableOfManyForm) -> dict[str, Any]:
    earlier = DistrictTable.objects.visible_to(actor).filter(owner=owner).latest_first()
    return {"owner": owner, "form": form, "earlier": list(earlier[:EARLIER]), "steps": STEPS}


def _owner(actor: Actor, key: UUID) -> Organisation:
    owner = Organisation.objects.visible_to(actor).pick(key)
    if not rules.brings_for_many(actor, owner):
        raise NotAllowed
    return owner


@require_safe
def show(request: Request, key: UUID) -> HttpResponse:
    """Show how far a table is: what goes to which school, what is unclear, what was given."""
    table = _table(request.actor, key)
    rows = DistrictRow.objects.visible_to(request.actor).filter(of=table)
    shares = DistrictShare.objects.visible_to(request.actor).filter(of=table).in_order()
    unclear = [] if table.is_at_work else _unclear(table, rows.unclear(SHOWN))
    ready = list(rows.by_house())
    facts = {
        "table": table,
        "owner": table.owner,
        "steps": STEPS,
        "step": 2 if unclear or ready or table.is_at_work else 3,
        "refusal": refusal(table.refusal.get("reason")) if table.refusal else "",
        "ready": ready,
        "ready_rows": sum(one["number"] for one in ready),
        "unclear": unclear,
        "unclear_rows": rows.unplaced().count(),
        "given": list(shares),
    }
    return render(request, "learners/district.html", facts)


def _table(actor: Actor, key: UUID) -> DistrictTable:
    tables = DistrictTable.objects.visible_to(actor).defer("source").select_related("owner")
    table = tables.pick(key)
    if not rules.keeps_table(actor, table):
        raise NotAllowed
    return table


def _unclear(table: DistrictTable, found: Iterable[tuple[DistrictRow, int]]) -> list[Unclear]:
    shown = list(found)
    form = HousesForm([row.number for row, _number in shown], list(houses_of(table.owner)))
    return [Unclear(row, _said(row), number, form[f"house-{row.number}"]) for row, number in shown]


def _said(row: DistrictRow) -> str:
    told = " ".join(filter(None, [row.said, row.inn]))
    doubts = " ".join(sentence(one) for one in row.doubts)
    return ". ".join(filter(None, [told, doubts]))


@require_POST
def place(request: Request, key: UUID) -> HttpResponse:
    """Say whose unclear rows are."""
    with reading(request.actor):
        table = _table(request.actor, key)
        shown = _named(request.POST)
        form = HousesForm(shown, list(houses_of(table.owner)), request.POST)
        valid = form.is_valid()
    houses = form.houses() if valid else {}
    number = actions.place_rows(request.actor, key, houses=houses) if houses else 0
    if number:
        words = ngettext("%(number)s row has a school.", "%(number)s rows have a school.", number)
        tell(request, words % {"number": number})
    else:
        warn(request, _("Nothing was changed."))
    return redirect("learners:district", key)


def _named(data: Any) -> list[int]:
    """Return the numbers of the rows that a form names: at most as many as it showed."""
    numbers = (name.removeprefix("house-") for name in data if name.startswith("house-"))
    return [int(n) for n in numbers if n.isascii() and n.isdigit() and len(n) < LONG][:SHOWN]


@require_POST
def give(request: Request, key: UUID) -> HttpResponse:
    """Give what is clear to the schools."""
    number = actions.give_table(request.actor, key)
    words = ngettext(
        "%(number)s row goes to its school.", "%(number)s rows go to their schools.", number
    )
    tell(request, words % {"number": number})
    return redirect("learners:district", key)


@require_POST
def throw(request: Request, key: UUID) -> HttpResponse:
    """Erase the rows whose school nobody has said."""
    number = actions.throw_rows(request.actor, key)
    words = ngettext("%(number)s row is erased.", "%(number)s rows are erased.", number)
    tell(request, words % {"number": number})
    return redirect("learners:district", key)


bring = by_method(get=_ask, post=_bring)
