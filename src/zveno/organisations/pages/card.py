"""One organisation: its card, its history, and both put right by whoever answers for it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, NotAllowed, NotFound
from zveno.kernel.http import Request, by_method, reading
from zveno.organisations import actions
from zveno.organisations.forms.card import CardForm, TurnForm
from zveno.organisations.models import (
    Merger,
    Organisation,
    Stretch,
    Succession,
    Territory,
    Unit,
    heirs,
    life_of,
    on,
)
from zveno.organisations.pages.timeline import by_day, lines, merged
from zveno.ui.answers import draw
from zveno.ui.inputs import DayField
from zveno.ui.refusals import RefusalsIn
from zveno.ui.seen import Seen
from zveno.ui.toasts import tell, tell_with_undo, warn

What = actions.Turn.What


@require_safe
def show(request: Request, key: UUID) -> HttpResponse:
    """Show the card of an organisation, its life, and what it was on a day (``?day=``)."""
    actor = request.actor
    try:
        found = _organisation(actor, key)
    except NotFound:
        return _stands_as(actor, key)
    life = life_of(found)
    places = _places(actor, life)
    successions = list(Succession.objects.visible_to(actor).about(found))
    mergers = Merger.objects.visible_to(actor).standing().filter(into=found)
    day = _day(request.GET.get("day", ""))
    facts = {
        "organisation": found,
        "path": found.territory.path() if found.territory else [],
        "lines": by_day([*lines(found, life, successions, places), *merged(mergers)]),
        "day": day or clock.today(),
        "then": _then(actor, found, life, day) if day else None,
        "heirs": _heirs(actor, found, clock.today()) if found.closed_on else [],
        "answers_for": Organisation.objects.visible_to(actor).filter(steward=found).count(),
        "units": _units(actor, found),
        "may": actions.change_card.allowed(actor, found),
        "may_merge": actions.merge.allowed(actor, found),
        "turns": _turns(found),
    }
    return render(request, "organisations/card.html", facts)


@require_safe
def _ask_card(request: Request, key: UUID) -> HttpResponse:
    found = _kept(request.actor, key)
    form = CardForm(found)
    facts = {"organisation": found, "form": form, "seen": Seen(form.initial)}
    return render(request, "organisations/edit.html", facts)


@require_POST
def _change_card(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        found = _kept(request.actor, key)
    form, seen = CardForm(found, request.POST), Seen.sent(request.POST)
    if form.is_valid():
        with RefusalsIn(form), seen:
            actions.change_card(request.actor, key, card=form.card(), seen=seen.words)
            tell(request, _("Card saved."))
            return redirect("organisations:card", key)
        seen.follow(form)
    with reading(request.actor):
        facts = {"organisation": found, "form": form, "seen": seen}
        return render(request, "organisations/edit.html", facts, status=seen.status)


@require_safe
def _ask_turn(request: Request, key: UUID, what: str) -> HttpResponse:
    found = _kept(request.actor, key)
    form = TurnForm(_what(what), request.actor, found)
    return render(request, "organisations/turn.html", _turn_facts(found, what, form))


@require_POST
def _note_turn(request: Request, key: UUID, what: str) -> HttpResponse:
    with reading(request.actor):
        found = _kept(request.actor, key)
        form = TurnForm(_what(what), request.actor, found, request.POST)
        good = form.is_valid()
    if good:
        turn = form.turn()
        try:
            actions.note_turn(request.actor, key, turn=turn)
        except BadInput as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, str(refusal))
        else:
            undo = reverse("organisations:take_back", args=[key, turn.day.isoformat()])
            tell_with_undo(request, _("The change is recorded in the history."), undo)
            return redirect("organisations:card", key)
    return draw(request, "organisations/turn.html", _turn_facts(found, what, form))


@require_POST
def take_back(request: Request, key: UUID, day: str) -> HttpResponse:
    """Let nothing have happened on a day. Raises ``Http404`` for what is no day."""
    when = _day(day)
    if when is None:
        raise Http404
    try:
        actions.take_turn_back(request.actor, key, day=when)
    except actions.NothingChanges as refusal:
        warn(request, str(refusal))
    else:
        tell(request, _("What was recorded for that day is undone."))
    return redirect("organisations:card", key)


def _stands_as(actor: Actor, key: UUID) -> HttpResponse:
    """Lead from a row that was a duplicate to the one that stayed. Raises ``NotFound``."""
    for merger in Merger.objects.visible_to(actor).standing().filter(gone=key):
        return redirect("organisations:card", merger.into.public_id)
    raise NotFound


def _organisation(actor: Actor, key: UUID) -> Organisation:
    rows = Organisation.objects.visible_to(actor)
    return rows.select_related("steward", "territory__above__above").pick(key)


def _kept(actor: Actor, key: UUID) -> Organisation:
    found = _organisation(actor, key)
    if not actions.change_card.allowed(actor, found):
        raise NotAllowed
    return found


def _what(word: str) -> str:
    if word not in What.values:
        raise Http404
    return word


def _turn_facts(found: Organisation, what: str, form: TurnForm) -> dict[str, Any]:
    return {"organisation": found, "title": _title(found, what), "form": form}


def _title(found: Organisation, what: str) -> str:
    return f"{found}: {What(what).label}"


def _turns(found: Organisation) -> list[tuple[str, str]]:
    """Return what can happen to it now: what is closed can only be opened again."""
    closed = found.closed_on is not None
    told = [(one.value, str(one.label)) for one in What if (one == What.REOPENED) == closed]
    return [(what, words[0].upper() + words[1:]) for what, words in told]


def _units(actor: Actor, found: Organisation) -> list[tuple[Unit, range]]:
    """Return the units, each behind the one it lies in, with how deep it lies."""
    rows = Unit.objects.visible_to(actor).filter(organisation=found).select_related("above")
    inside: dict[int | None, list[Unit]] = {}
    for unit in rows.order_by("name"):
        inside.setdefault(unit.above_id, []).append(unit)
    told: list[tuple[Unit, range]] = []
    todo = [(unit, 0) for unit in reversed(inside.get(None, []))]
    while todo:
        unit, depth = todo.pop()
        told.append((unit, range(depth)))
        todo += [(one, depth + 1) for one in reversed(inside.get(unit.pk, []))]
    return told


def _places(actor: Actor, life: list[Stretch]) -> dict[int, str]:
    keys = {one.territory for one in life if one.territory}
    return dict(Territory.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", "name"))


def _then(actor: Actor, found: Organisation, life: list[Stretch], day: date) -> dict[str, Any]:
    """Tell what an organisation was on a day."""
    then = on(life, day)
    kinds = dict(Organisation.Kind.choices)
    place = _places(actor, [then]).get(then.territory or 0, "")
    others = [] if then.exists else _heirs(actor, found, day)
    return {
        "stretch": then,
        "existed": then.exists,
        "kind": kinds[then.kind],
        "place": place,
        "heirs": others,
    }


def _heirs(actor: Actor, found: Organisation, day: date) -> list[Organisation]:
    return list(Organisation.objects.visible_to(actor).filter(pk__in=heirs(found, day)))


def _day(text: str) -> date | None:
    """Read a day of an address, as people type it."""
    try:
        day: date | None = DayField(required=False).clean(text[:20])
    except ValidationError:
        return None
    return day


edit = by_method(get=_ask_card, post=_change_card)
turn = by_method(get=_ask_turn, post=_note_turn)
