"""Hours of career guidance: of an event, of classes elsewhere; the level a school has chosen."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from zveno.codes.models.careers import career_minimum
from zveno.events import rules
from zveno.events.actions.refusals import IsCancelled
from zveno.events.models import CareerLevel, Event, OutsideHours, is_direction, is_hours
from zveno.events.models.careers import MOST_HOURS
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.learners.models import HIGHEST
from zveno.network.models import academic_year
from zveno.organisations.models import Organisation

MOST_OF_EVENT = 100
YEARS_BACK = 2


class BadHours(BadInput):
    """Hours are counted in halves."""

    code = "bad_hours"
    message = _("Enter academic hours from 0 to 100, whole or with a half: 2 or 2.5.")
    field = "hours"


class BadOutsideHours(BadInput):
    """Hours of a year of a class are some, in halves."""

    code = "bad_outside_hours"
    message = _("Enter academic hours from 0.5 to 500, whole or with a half: 34 or 8.5.")
    field = "hours"


class NoSuchDirection(BadInput):
    """Hours count in a direction of the minimum."""

    code = "no_such_direction"
    message = _("Choose a direction from the list.")
    field = "direction"


class NoSuchLevel(BadInput):
    """A school chooses one of the levels, or none."""

    code = "no_such_level"
    message = _("Choose a level from the list.")
    field = "level"


class NotOfThatYear(BadInput):
    """Hours are entered for this academic year or one of two before it, for a grade there is."""

    code = "not_of_that_year"
    message = _("Choose this academic year or one of the two before it, and a grade from 0 to 11.")
    field = "year"


@dataclass(frozen=True, slots=True)
class Outside:
    """Hours a class had outside Zveno in an academic year; without a letter, the whole grade."""

    year: int
    grade: int
    direction: str
    hours: Decimal
    basis: str
    letter: str = ""


@action(rules.hosts, on=Event, lock=True)
def change_hours(actor: Actor, event: Event, *, hours: Decimal, direction: str) -> None:
    """Say how many academic hours an event counts for, and in which direction; at any time.

    Raises ``BadHours``, ``NoSuchDirection`` and ``IsCancelled``.
    """
    if event.state == Event.State.CANCELLED:
        raise IsCancelled(title=event.title)
    _require_hours(hours, direction)
    event.hours, event.direction = hours, direction
    event.save(update_fields=["hours", "direction"])


@action(rules.counts_hours, on=Organisation, lock=True)
def choose_level(actor: Actor, organisation: Organisation, *, level: str) -> None:
    """Choose a level of the minimum; of none, nothing is asked for. Raises ``NoSuchLevel``."""
    known = career_minimum(academic_year(clock.today())).levels
    if level and level not in known:
        raise NoSuchLevel
    if not level:
        CareerLevel.objects.filter(owner=organisation).delete()
        return
    told = {"level": level, "chosen_at": clock.now()}
    CareerLevel.objects.update_or_create(owner=organisation, defaults=told)


@action(rules.counts_hours, on=Organisation, lock=True)
def enter_hours(actor: Actor, organisation: Organisation, *, outside: Outside) -> OutsideHours:
    """Enter hours a class had outside Zveno; the same once more replaces the number.

    Raises ``BadOutsideHours``, ``NoSuchDirection`` and ``NotOfThatYear``.
    """
    this = academic_year(clock.today())
    if not this - YEARS_BACK <= outside.year <= this or not 0 <= outside.grade <= HIGHEST:
        raise NotOfThatYear
    if not outside.hours or not is_hours(outside.hours, MOST_HOURS):
        raise BadOutsideHours
    if not is_direction(outside.direction):
        raise NoSuchDirection
    entered, _new = OutsideHours.objects.update_or_create(
        owner=organisation,
        year=outside.year,
        grade=outside.grade,
        letter=outside.letter,
        direction=outside.direction,
        basis=outside.basis,
        defaults={"hours": outside.hours, "entered_at": clock.now()},
    )
    return entered


@action(rules.keeps_hours, on=OutsideHours, lock=True)
def drop_hours(actor: Actor, outside: OutsideHours) -> None:
    """Take hours entered by hand away."""
    outside.delete()


def _require_hours(hours: Decimal, direction: str) -> None:
    if not is_hours(hours, MOST_OF_EVENT):
        raise BadHours
    if not is_direction(direction):
        raise NoSuchDirection
