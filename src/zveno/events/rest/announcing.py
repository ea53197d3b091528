"""The texts an event is announced with, for programs: a site of a school or a college."""

from uuid import UUID

from ninja import Schema

from zveno.events.models import Event, announcement_of
from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request
from zveno.kernel.rest import Endpoints

router = Endpoints(tags=["events"])


class AnnouncementShown(Schema):
    """Texts about an event, in the language of papers."""

    messenger: str
    site: str
    subject: str
    letter: str


@router.shows("/events/{uuid:key}/announcement", AnnouncementShown)
def announcement(request: Request, key: UUID) -> object:
    """Show the texts about an event to come; of what is over or called off nobody is told."""
    events = Event.objects.visible_to(request.actor).select_related("host", "cluster")
    event = events.pick(key)
    if not event.is_to_come:
        raise NotFound
    return announcement_of(event)
