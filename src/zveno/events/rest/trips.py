"""How groups travel, for programs of who sends them."""

from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, StrictBool

from zveno.events import actions, rules
from zveno.events.models import Group, departing, travellers
from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request
from zveno.kernel.rest import Endpoints, Given, Key
from zveno.learners import actions as learners

router = Endpoints(tags=["groups"])


class TripShown(Schema):
    """Whether a group travels together; ``allowed`` and ``departing`` count children.

    Allowed are those with a consent to the trip, departing those with one to taking part as well.
    """

    travels: bool
    listed: int
    allowed: int
    departing: int


class TravelGiven(Given):
    """Whether the group travels together; if not, families bring the children."""

    travels: StrictBool


class TripConsentsGiven(Given):
    """For whom the organisation keeps a consent to trips on paper."""

    places: Annotated[list[Key], Field(min_length=1, max_length=5000)]


@router.shows("/groups/{uuid:key}/trip", TripShown)
def trip(request: Request, key: UUID) -> object:
    """Show how a group you send travels."""
    rows = Group.objects.visible_to(request.actor).select_related("event", "sender")
    group = rows.pick(key)
    if not rules.sends_group(request.actor, group):
        raise NotFound
    found = travellers(request.actor, group)
    return {
        "travels": group.travels,
        "listed": len(found),
        "allowed": sum(one.allowed for one in found),
        "departing": len(departing(found)),
    }


@router.does("/groups/{uuid:key}", actions.say_travel)
def say_travel(request: Request, key: UUID, body: TravelGiven) -> object:
    """Say whether a group travels together."""
    return actions.say_travel(request.actor, key, travels=body.travels)


@router.does(
    "/groups/{uuid:key}",
    actions.keep_trip_consents,
    refuses=[actions.NoSeatsHeld, learners.WayOff],
)
def keep_trip_consents(request: Request, key: UUID, body: TripConsentsGiven) -> object:
    """Note that consents to trips for these places are kept on paper."""
    return actions.keep_trip_consents(request.actor, key, places=body.places)
