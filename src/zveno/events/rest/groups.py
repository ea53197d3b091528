"""Groups for programs: seats are reserved, waited for and given back."""

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query
from pydantic import Field, StrictInt

from zveno.events import actions
from zveno.events.models import Group
from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Endpoints, Given, Key, Named, OneOf, Shown

router = Endpoints(tags=["groups"])


class GroupShown(Shown):
    """A group; ``seats``, ``listed``, ``consented`` and ``came`` count children."""

    event: Shown
    sender: Named
    seats: int
    listed: int
    consented: int
    came: int
    state: Annotated[str, OneOf(Group.State)]
    asked_at: datetime
    offered_until: datetime | None
    least: int | None


class GroupsAsked(Asked):
    """Which groups."""

    LOOKUPS: ClassVar = {
        "event": "event__public_id",
        "sender": "sender__public_id",
        "state": "state",
    }
    event: UUID | None = None
    sender: UUID | None = None
    state: Annotated[str, OneOf(Group.State)] | None = None


class SeatsGiven(Given):
    """How many children the organisation ``sender`` sends; names come later."""

    sender: Key
    seats: Annotated[StrictInt, Field(ge=1, le=5000)]


class WaitGiven(SeatsGiven):
    """For how many seats a group waits; with ``least`` it would come with so few, too."""

    least: Annotated[StrictInt, Field(ge=1, le=5000)] | None = None


SEATS = [
    *(actions.EventNotOpen, actions.NotOpenYet, actions.MembersFirst),
    *(actions.BadSeats, actions.TooManyOfOne),
    *(actions.SendsNoChildren, actions.AlreadyRegistered),
]


@router.lists("/groups", GroupShown)
def groups(request: Request, asked: Query[GroupsAsked]) -> object:
    """List the groups you send or receive."""
    rows = Group.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("event", "sender"), asked.after, asked.limit)


@router.shows("/groups/{uuid:key}", GroupShown)
def group(request: Request, key: UUID) -> object:
    """Show one group."""
    return Group.objects.visible_to(request.actor).select_related("event", "sender").pick(key)


@router.does(
    "/events/{uuid:key}", actions.reserve_seats, makes=True, refuses=[*SEATS, actions.EventFull]
)
def reserve_seats(request: Request, key: UUID, body: SeatsGiven) -> object:
    """Hold seats without names; both sides get a letter."""
    return actions.reserve_seats(request.actor, key, sender=body.sender, seats=body.seats)


@router.does(
    "/events/{uuid:key}",
    actions.join_waiting_list,
    makes=True,
    refuses=[*SEATS, actions.SeatsAreFree, actions.BadLeast],
)
def join_waiting_list(request: Request, key: UUID, body: WaitGiven) -> object:
    """Let a group wait for seats; what comes free is offered to it for two days."""
    return actions.join_waiting_list(request.actor, key, **body.model_dump())


@router.does("/groups/{uuid:key}", actions.accept_offer, refuses=[actions.NothingOffered])
def accept_offer(request: Request, key: UUID) -> object:
    """Take the seats that came free; to decline, give them back."""
    return actions.accept_offer(request.actor, key)


@router.does(
    "/groups/{uuid:key}",
    actions.give_back,
    refuses=[actions.EventNotOpen, actions.NoSeatsHeld, actions.TheyCame],
)
def give_back(request: Request, key: UUID) -> object:
    """Give back the seats of a group, or its place on the waiting list."""
    return actions.give_back(request.actor, key)


@router.does("/groups/{uuid:key}", actions.agree_to_move, refuses=[actions.EventNotOpen])
def agree_to_move(request: Request, key: UUID) -> object:
    """Say that a group comes at the new time of its event, too."""
    return actions.agree_to_move(request.actor, key)
