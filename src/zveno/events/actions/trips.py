"""How a group comes: together with adults of its sender, each child with a consent to the trip."""

from collections.abc import Collection
from uuid import UUID

from zveno.events import rules
from zveno.events.actions.refusals import NoSeatsHeld
from zveno.events.models import Group, trip_day
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.learners import actions as learners
from zveno.learners.models import Purpose


@action(rules.sends_group, on=Group, lock=True)
def say_travel(actor: Actor, group: Group, *, travels: bool) -> None:
    """Say whether the group travels together, or families bring their children themselves."""
    if group.travels != travels:
        group.travels = travels
        group.save(update_fields=["travels"])


@action(rules.sends_group, on=Group, lock=True)
def keep_trip_consents(actor: Actor, group: Group, *, places: Collection[UUID]) -> int:
    """Note that the consents to trips of these places are kept at the school.

    The host is told nothing of it. Return how many were noted. Raises ``NoSeatsHeld`` and
    ``learners.WayOff``.
    """
    if group.state != Group.State.LISTED:
        raise NoSeatsHeld
    chosen = group.places.filter(public_id__in=places)
    keys = list(chosen.order_by("pk").values_list("learner", flat=True))
    return learners.keep_consents(
        actor,
        group.sender.public_id,
        learners=keys,
        purpose=Purpose.TRIP,
        day=trip_day(group),
    )
