"""Who has read that an event was moved or called off, for programs."""

from datetime import datetime
from uuid import UUID

from ninja import Schema

from zveno.events import actions, rules
from zveno.events.models import Event, heard
from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request
from zveno.kernel.rest import Endpoints, Shown

router = Endpoints(tags=["groups"])


class HeardShown(Schema):
    """A group that was told; ``by_notice`` where somebody can sign in, and who read it first."""

    group: Shown
    by_notice: bool
    read_at: datetime | None


class NewsShown(Schema):
    """The groups that were told the last news of an event; none without news."""

    groups: list[HeardShown]


@router.shows("/events/{uuid:key}/news", NewsShown)
def news(request: Request, key: UUID) -> object:
    """Show who has read that an event you host was moved or called off."""
    event = Event.objects.visible_to(request.actor).pick(key)
    if not rules.hosts(request.actor, event):
        raise NotFound
    return {"groups": heard(request.actor, event) if event.has_news else []}


@router.does("/groups/{uuid:key}", actions.confirm_reading)
def confirm_reading(request: Request, key: UUID) -> object:
    """Say that you have read what became of the event of a group you send."""
    return actions.confirm_reading(request.actor, key)
