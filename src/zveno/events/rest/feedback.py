"""What those who came say of an event, for programs of its host and of schools."""

from uuid import UUID

from ninja import Schema

from zveno.events import rules
from zveno.events.models import Event, opinion_of
from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request
from zveno.kernel.rest import Endpoints

router = Endpoints(tags=["events"])


class OpinionShown(Schema):
    """How many answered of those who ``came``; the mean from 1 to 5; how many say what.

    A number under five is not told.
    """

    answered: int | None
    came: int
    mean: float | None
    pleased: int | None
    curious: int | None
    again: int | None


@router.shows("/events/{uuid:key}/opinion", OpinionShown)
def opinion(request: Request, key: UUID) -> object:
    """Show what those who came say of an event you host or may send children to."""
    event = Event.objects.visible_to(request.actor).pick(key)
    if not rules.hears_opinion(request.actor, event):
        raise NotFound
    return opinion_of(request.actor, event)
