"""How groups travel, for programs of who sends them."""

from datetime import time
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, StrictBool

from zveno.events import actions, rules
from zveno.events.models import Escort, Group, adults_needed, departing, travellers
from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request
from zveno.kernel.rest import Endpoints, Given, Key, OneOf, Shown
from zveno.learners import actions as learners
from zveno.ui.rest import Line

Clock = Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of the day: 11:30."""
router = Endpoints(tags=["groups"])


class EscortShown(Shown):
    """An adult who goes with a group."""

    name: str
    job: str
    leads: bool


class TripShown(Schema):
    """Whether a group travels together and how; ``allowed`` and ``departing`` count children.

    Allowed are those with a consent to the trip, departing those with one to taking part as well.
    ``needed`` counts the adults who usually go with children of these ages. Times are told by the
    clock of the event.
    """

    travels: bool
    listed: int
    allowed: int
    departing: int
    needed: int
    escorts: list[EscortShown]
    way: str
    gathers_where: str
    gathers_at: time | None
    back_at: time | None
    carrier: str


class EscortGiven(Given):
    """An adult who goes along: name and job in the nominative."""

    name: Annotated[str, Line(200)]
    job: Annotated[str, Line(200)]


class EscortNamed(Given):
    """One of the adults of the group."""

    escort: Key


class RouteGiven(Given):
    """Which way the group goes; what is not known yet is left out."""

    way: Annotated[str, OneOf(Group.Way, blank=True)] = ""
    gathers_where: Annotated[str, Line(200, blank=True)] = ""
    gathers_at: Clock | None = None
    back_at: Clock | None = None
    carrier: Annotated[str, Line(200, blank=True)] = ""


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
    escorts = Escort.objects.visible_to(request.actor).filter(group=group).leader_first()
    route = ("travels", "way", "gathers_where", "gathers_at", "back_at", "carrier")
    return {name: getattr(group, name) for name in route} | {
        "escorts": list(escorts),
        "needed": adults_needed(group, found),
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


@router.does(
    "/groups/{uuid:key}",
    actions.add_escort,
    refuses=[actions.NoSeatsHeld, actions.EscortsAlready, actions.TooManyEscorts],
    makes=True,
)
def add_escort(request: Request, key: UUID, body: EscortGiven) -> object:
    """Name an adult who goes with the group; the first one leads."""
    return actions.add_escort(request.actor, key, name=body.name, job=body.job)


@router.does("/groups/{uuid:key}", actions.remove_escort)
def remove_escort(request: Request, key: UUID, body: EscortNamed) -> object:
    """Say that an adult does not go."""
    return actions.remove_escort(request.actor, key, escort=body.escort)


@router.does("/groups/{uuid:key}", actions.name_leader)
def name_leader(request: Request, key: UUID, body: EscortNamed) -> object:
    """Say who of the adults leads the group."""
    return actions.name_leader(request.actor, key, escort=body.escort)


@router.does(
    "/groups/{uuid:key}", actions.plan_route, refuses=[actions.NoSeatsHeld, actions.WayUnknown]
)
def plan_route(request: Request, key: UUID, body: RouteGiven) -> object:
    """Say which way the group goes, where and when it gathers, when it is back."""
    told = body.model_dump()
    times = {name: _clock(told[name]) for name in ("gathers_at", "back_at")}
    return actions.plan_route(request.actor, key, route=actions.Route(**told | times))


def _clock(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
