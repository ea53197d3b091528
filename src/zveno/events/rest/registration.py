"""How groups get seats, for programs of the host."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictInt

from zveno.events import actions
from zveno.kernel.http import Request
from zveno.kernel.rest import Endpoints, Given, Key, Moment

router = Endpoints(tags=["events"])
Seats = Annotated[StrictInt, Field(ge=1, le=5000)]
MOST = 200


class KeptSeatsGiven(Given):
    """How many of the free seats are kept for a member until everybody may register."""

    organisation: Key
    seats: Seats


class RegistrationGiven(Given):
    """How groups register; what is left out is not limited."""

    capacity: Seats
    most: Seats | None = None
    opens_at: Moment | None = None
    closes_at: Moment | None = None
    members_until: Moment | None = None
    list_by: Moment | None = None
    kept: Annotated[list[KeptSeatsGiven], Field(max_length=MOST)] = []

    def terms(self) -> actions.Terms:
        """Return them as the verb takes them; of one organisation the last number counts."""
        kept = {one.organisation: one.seats for one in self.kept}
        return actions.Terms(**self.model_dump(exclude={"kept"}), kept=kept)


@router.does(
    "/events/{uuid:key}",
    actions.set_registration,
    refuses=[
        *(actions.IsCancelled, actions.EventNotOpen, actions.BadCapacity, actions.BadMinimum),
        *(actions.FewerThanTaken, actions.BadMost, actions.ClosesBeforeOpening),
        *(actions.TooLateForEvent, actions.KeptUntilWhen, actions.TooManyKept),
    ],
)
def set_registration(request: Request, key: UUID, body: RegistrationGiven) -> object:
    """Say how groups get seats, of a draft or of what is announced; nobody loses a seat."""
    return actions.set_registration(request.actor, key, terms=body.terms())
