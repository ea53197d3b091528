"""Who of a group may travel with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zveno.codes.models.escorting import escorting
from zveno.events.models.groups import Group, Place
from zveno.events.models.sheets import day_of
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.learners.models import Purpose
from zveno.learners.models.grounds import consented


@dataclass(frozen=True, slots=True)
class Traveller:
    """A child of a group; ``allowed`` tells whether all who must have agreed to the trip."""

    place: Place
    allowed: bool

    @property
    def departs(self) -> bool:
        """Whether the child is on the list of those who leave: both consents are there."""
        return self.allowed and self.place.consented


def travellers(actor: Actor, group: Group) -> list[Traveller]:
    """Return the children of a group that the actor sees, as a register is read.

    A consent has to hold on the day of the event, of all who have to agree at the age of that day.
    """
    rows = Place.objects.visible_to(actor).filter(group=group).by_name()
    places = list(rows.select_related("learner"))
    allowed = consented([one.learner for one in places], Purpose.TRIP, trip_day(group))
    return [Traveller(one, one.learner_id in allowed) for one in places]


def trip_day(group: Group) -> date:
    """Return the day on which consents to the trip have to hold."""
    return max(clock.today(), day_of(group.event))


def departing(found: Iterable[Traveller]) -> list[Traveller]:
    """Keep those who leave with the group."""
    return [one for one in found if one.departs]


def adults_needed(group: Group, found: Iterable[Traveller]) -> int:
    """Count the adults who have to go: by the ages on the list, without one by the youngest age."""
    day = day_of(group.event)
    listed = [one.place.learner.grade_on(day) for one in found]
    return escorting().needed(listed or [group.event.grade_from] * group.seats)
