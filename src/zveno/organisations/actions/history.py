"""Verbs: an organisation is renamed, moves, joins another, is split, closes, opens again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.organisations import rules
from zveno.organisations.models import (
    Organisation,
    Stretch,
    Succession,
    Territory,
    life_of,
    on,
    write_life,
)
from zveno.organisations.models.lives import begun, rewritten, taken_back


class NotYet(BadInput):
    """What will be is entered when it is."""

    code = "not_yet"
    message = _("This day has not come yet. Record the change on the day it takes effect.")
    field = "day"


class NotThere(BadInput):
    """What happens to an organisation happens while it exists."""

    code = "not_there"
    message = _("“%(name)s” did not exist on that day.")
    field = "day"


class NothingChanges(BadInput):
    """A change changes something."""

    code = "nothing_changes"
    status = 409
    message = _("This was already so on that day.")
    field = "day"


class BadDay(BadInput):
    """A life begins before anything happens in it, and opens again after it closed."""

    code = "bad_day"
    message = _("This day contradicts something already recorded. See the history.")
    field = "day"


class BadSuccessors(BadInput):
    """One joins one other; what is split becomes several."""

    code = "bad_successors"
    message = _("Name the successor: one other organisation, or several after a split.")
    field = "successors"


class Untold(BadInput):
    """What is new is told."""

    code = "untold"
    message = _("Say what is new: the name, the kind or the territory.")
    field = "what"


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that happens to an organisation on a day, with what it needs to be told."""

    class What(models.TextChoices):
        RENAMED = "renamed", _("was renamed")
        MOVED = "moved", _("moved to another territory")
        TURNED = "turned", _("changed its kind")
        MERGED = "merged", _("joined another one")
        SPLIT = "split", _("was split")
        SPLIT_OFF = "split_off", _("a part became an organisation of its own")
        CLOSED = "closed", _("was closed")
        REOPENED = "reopened", _("was opened again")
        BEGAN = "began", _("was founded")

    what: str
    day: date
    name: str = ""
    kind: str = ""
    territory: Territory | None = None
    successors: Sequence[Organisation] = ()

    def changes(self) -> Mapping[str, Any]:
        """Return what it changes of an organisation."""
        what = self.What
        if self.what in {what.MERGED, what.SPLIT, what.CLOSED}:
            return {"exists": False}
        found: dict[str, dict[str, Any]] = {
            what.RENAMED: {"name": self.name},
            what.TURNED: {"kind": self.kind},
            what.MOVED: {"territory": self.territory and self.territory.pk},
            what.REOPENED: {"exists": True},
        }
        return found.get(self.what, {})


SUCCESSORS: dict[str, tuple[int, int]] = {
    Turn.What.MERGED: (1, 1),
    Turn.What.SPLIT: (2, 20),
    Turn.What.SPLIT_OFF: (1, 20),
}
"""How many organisations take the place of one, the fewest and the most."""


@action(rules.keeps_card, on=Organisation, lock=True)
def note_turn(actor: Actor, organisation: Organisation, *, turn: Turn) -> None:
    """Note what happened to an organisation on a day, today or before.

    It holds until the day on which the same changed next. Raises ``NotYet``, ``NotThere``,
    ``NothingChanges``, ``BadDay``, ``BadSuccessors`` and ``Untold``.
    """
    if turn.day > clock.today():
        raise NotYet
    if any(value in {"", None} for value in turn.changes().values()):
        raise Untold
    life = life_of(organisation)
    _check_successors(organisation, turn)
    if turn.what == Turn.What.BEGAN:
        _check_beginning(life, turn.day)
        return write_life(organisation, begun(life, turn.day))
    _check_existence(organisation, life, turn)
    written = rewritten(life, turn.day, turn.changes())
    if turn.what != Turn.What.SPLIT_OFF and written == life:
        raise NothingChanges
    write_life(organisation, written)
    Succession.objects.bulk_create(
        Succession(before=organisation, after=one, day=turn.day, how=turn.what)
        for one in turn.successors
    )
    return None


@action(rules.keeps_card, on=Organisation, lock=True)
def take_turn_back(actor: Actor, organisation: Organisation, *, day: date) -> None:
    """Let nothing have happened to an organisation on a day. Raises ``NothingChanges``."""
    life = life_of(organisation)
    successions = Succession.objects.filter(before=organisation, day=day)
    turned = any(one.since == day for one in life)
    if not turned and not successions:
        raise NothingChanges
    successions.delete()
    if turned:
        write_life(organisation, taken_back(life, day))


def _check_beginning(life: Sequence[Stretch], day: date) -> None:
    first = life[0]
    if not first.exists or not first.holds_on(day):
        raise BadDay


def _check_existence(organisation: Organisation, life: Sequence[Stretch], turn: Turn) -> None:
    there = on(life, turn.day)
    opening = turn.what == Turn.What.REOPENED
    if opening and there.since is None:
        raise BadDay
    if opening and there.exists:
        raise NothingChanges
    if not opening and not there.exists:
        raise NotThere(name=organisation.name)


def _check_successors(organisation: Organisation, turn: Turn) -> None:
    """Refuse too few or too many, itself among them, or one that was not there on that day."""
    fewest, most = SUCCESSORS.get(turn.what, (0, 0))
    others = {one.pk for one in turn.successors}
    if not fewest <= len(others) <= most or organisation.pk in others:
        raise BadSuccessors
    for one in turn.successors:
        if not on(life_of(one), turn.day).exists:
            raise NotThere(name=one.name)
