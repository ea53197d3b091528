"""Seats for families, for programs of the host; tickets are between a family and its email."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictInt

from zveno.events import actions
from zveno.kernel.http import Request
from zveno.kernel.rest import Endpoints, Given

router = Endpoints(tags=["events"])


class FamiliesGiven(Given):
    """How many people may come with their families; adults count, too."""

    seats: Annotated[StrictInt, Field(ge=1, le=5000)]


@router.does(
    "/events/{uuid:key}",
    actions.open_to_families,
    refuses=[
        *(actions.IsCancelled, actions.EventNotOpen),
        *(actions.BadFamiliesSeats, actions.FewerThanFamilies),
    ],
)
def open_to_families(request: Request, key: UUID, body: FamiliesGiven) -> object:
    """Let families come by themselves, on seats apart from those of groups."""
    return actions.open_to_families(request.actor, key, seats=body.seats)


@router.does("/events/{uuid:key}", actions.close_to_families)
def close_to_families(request: Request, key: UUID) -> object:
    """Let no more families register; tickets that were sent stay valid."""
    return actions.close_to_families(request.actor, key)
