"""Amendments: what reads differently from now on; and how an agreement reads on any day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.amending import ChangesForm, changes_in, rows_of
from zveno.network.forms.memberships import DayForm
from zveno.network.models import Agreement, Change, require_open
from zveno.network.models.amending import (
    CLAUSE,
    SPOKEN,
    Reading,
    Readings,
    as_signed,
    in_order,
    read_of,
    reading_on,
)
from zveno.network.pages import preview
from zveno.network.pages.drafts import draft_of
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

TEMPLATE = "network/amend.html"
NEW = 2
"""How many new clauses of a section, and annexes, may be added at once."""


@dataclass(frozen=True, slots=True)
class Point:
    """A clause or an annex that amendments have changed: how it reads, and how it did."""

    name: str
    is_annex: bool
    now: Reading
    before: list[Reading]
    template: str = "network/paper/amended.html"


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    facts = _amended(request.actor, key)
    rows = ChangesForm(form_kwargs=facts["offers"])
    return render(request, TEMPLATE, facts | {"rows": rows})


@require_POST
def _start(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _amended(request.actor, key)
    rows = ChangesForm(request.POST, form_kwargs=facts["offers"])
    if rows.is_valid():
        with RefusalsIn(rows.forms[0]):
            made = actions.start_amendment(request.actor, key, changes=changes_in(rows.forms))
            tell(request, _("The amendment is ready. Check the text and send it."))
            return redirect("network:agreement_text", made.public_id)
    return draw(request, TEMPLATE, facts | {"rows": rows})


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    facts = _draft(request.actor, key)
    changes = Change.objects.visible_to(request.actor).filter(amendment=facts["draft"])
    initial = rows_of(changes.order_by("place"))
    rows = ChangesForm(initial=initial, form_kwargs=facts["offers"])
    return render(request, TEMPLATE, facts | {"rows": rows})


@require_POST
def _change(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _draft(request.actor, key)
    rows = ChangesForm(request.POST, form_kwargs=facts["offers"])
    if rows.is_valid():
        with RefusalsIn(rows.forms[0]):
            actions.change_amendment(request.actor, key, changes=changes_in(rows.forms))
            tell(request, _("Draft saved."))
            return redirect("network:agreement_text", key)
    return draw(request, TEMPLATE, facts | {"rows": rows})


def _amended(actor: Actor, key: UUID) -> dict[str, Any]:
    agreement = Agreement.objects.visible_to(actor).select_related("cluster", "paper").pick(key)
    if not actions.start_amendment.allowed(actor, agreement):
        raise NotAllowed
    require_open(agreement.cluster)
    if agreement.state != Agreement.State.IN_FORCE:
        raise actions.AgreementNotInForce(title=agreement.title)
    if agreement.shape.part:
        raise actions.NotAlone
    return _offers(actor, agreement)


def _draft(actor: Actor, key: UUID) -> dict[str, Any]:
    draft = draft_of(actor, key)
    found = Agreement.objects.visible_to(actor).select_related("cluster", "paper")
    parent = found.filter(papers=draft).first() if draft.shape.part else None
    if parent is None or not draft.facts.get("ordinal"):
        raise actions.NotAnAmendment(title=draft.title)
    return _offers(actor, parent) | {"draft": draft}


def _offers(actor: Actor, agreement: Agreement) -> dict[str, Any]:
    today = clock.today()
    read = _history_of(actor, agreement)
    now = {
        point: one.text
        for point in sorted(read, key=in_order)
        if (one := reading_on(read[point], today)) and one.text
    }
    offered = [*_there(now), *_new(agreement, read)]
    offered.sort(key=lambda one: in_order(one[0]))
    return {
        "agreement": agreement,
        "now": [(_name(point), text.split("\n")) for point, text in now.items()],
        "offers": {"points": offered},
    }


def _there(now: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for point, text in now.items():
        yield point, f"{_name(point)}. {Truncator(text).chars(70)}"


def _new(agreement: Agreement, read: Readings) -> Iterator[tuple[str, str]]:
    """Offer the next numbers of each section that has clauses, and of annexes."""
    numbers = [tuple(map(int, point.split("."))) for point in read]
    titles = dict(_titles(agreement))
    for section in sorted({one[0] for one in numbers if len(one) > 1}):
        last = max(one[1] for one in numbers if len(one) > 1 and one[0] == section)
        words = {"title": Truncator(titles.get(section, "")).chars(50)}
        for number in range(last + 1, last + 1 + NEW):
            name = f"{section}.{number}"
            yield name, _("%(point)s: new clause of “%(title)s”") % (words | {"point": name})
    last = max((one[0] for one in numbers if len(one) == 1), default=0)
    for number in range(last + 1, last + 1 + NEW):
        yield f"{number}", _("New annex %(number)s") % {"number": number}


def _titles(agreement: Agreement) -> Iterator[tuple[int, str]]:
    for block in agreement.paper.content["blocks"]:
        number, dot, title = block["texts"][0].partition(". ") if block["texts"] else ("", "", "")
        if block["kind"] == "heading" and dot and number.isdigit():
            yield int(number), title


def _name(point: str) -> str:
    return point if "." in point else _("Annex %(number)s") % {"number": point}


def _history_of(actor: Actor, agreement: Agreement) -> Readings:
    return read_of(agreement, Change.objects.visible_to(actor).in_force_of(agreement))


def text_facts(request: Request, agreement: Agreement) -> dict[str, Any]:
    """Return the text of an amended agreement on the day asked for; nothing if none amends it."""
    read = _history_of(request.actor, agreement)
    if not any(one.by for point in read for one in read[point]):
        return {}
    form = DayForm({"on": request.GET["on"]} if "on" in request.GET else None)
    form.fields["on"].initial = today = clock.today()
    asked = form.is_bound and form.is_valid()
    day = form.cleaned_data["on"] if asked else today
    seen = Agreement.objects.visible_to(request.actor).filter(parent=agreement)
    return {
        "blocks": list(_blocks(agreement.paper.content["blocks"], read, day)),
        "on": day,
        "is_today": day == today,
        "day_form": form,
        "open_to_me": set(seen.values_list("pk", flat=True)),
    }


def _blocks(drawn: Sequence[dict[str, Any]], read: Readings, day: date) -> Iterator[Any]:
    """Show a paper as it read on a day: changed points in place, added ones after the others."""
    changed = {name: one for name in read if (one := _point(name, read[name], day))}
    added = sorted(set(changed) - set(as_signed(drawn)), key=in_order)
    skipping, section = False, ""
    for block, shown in zip(drawn, preview.blocks(drawn, []), strict=True):
        clause = CLAUSE.match(block["texts"][0]) if block["kind"] == "clause" else None
        if block["kind"] not in SPOKEN:
            yield from _of_section(added, section, changed)
            skipping, section = False, ""
        if clause:
            skipping, section = clause[1] in changed, clause[1].split(".")[0]
            if skipping:
                yield changed[clause[1]]
        if not skipping:
            yield shown
    yield from _of_section(added, section, changed)
    yield from (changed[name] for name in added if changed[name].is_annex)


def _of_section(
    added: Sequence[str], section: str, changed: Mapping[str, Point]
) -> Iterator[Point]:
    for name in added:
        if section and name.split(".")[0] == section and not changed[name].is_annex:
            yield changed[name]


def _point(name: str, history: Sequence[Reading], day: date) -> Point | None:
    """Return a point that some amendment had changed by a day."""
    now = reading_on(history, day)
    if now is None or now.by is None:
        return None
    before = list(history[: history.index(now)])
    return Point(name, "." not in name, now, before)


amend = by_method(get=_ask, post=_start)
edit_amendment = by_method(get=_show, post=_change)
