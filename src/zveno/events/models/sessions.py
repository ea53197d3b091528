"""Sessions of a series, and an event held again: facts are copied, moments move along."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from zveno.events.models.events import Event
from zveno.events.models.sheets import day_of
from zveno.plan.models import PlanItem

MOMENTS = ("opens_at", "closes_at", "members_until", "list_by")
SAME = (
    *("host", "cluster", "kind", "title", "lede", "venue", "grade_from", "grade_to", "time_zone"),
    *("capacity", "minimum", "most", "led_by", "programme", "bring", "level", "task"),
    *("hours", "direction"),
)
"""What a session has from the one it was copied from; seats kept for members are not among it."""


def copied(event: Event, starts_at: datetime) -> Event:
    """Return a draft like ``event`` that begins at ``starts_at``, as long, at the same place.

    Moments of its registration move by as many whole days as the event itself.
    """
    draft = Event(**{name: getattr(event, name) for name in SAME})
    draft.starts_at, draft.ends_at = starts_at, starts_at + (event.ends_at - event.starts_at)
    for name, moment in moments(event, day_of(draft)).items():
        setattr(draft, name, moment)
    return draft


def moments(event: Event, day: date) -> dict[str, datetime | None]:
    """Say when the registration of ``event`` opens, closes and so on, were it held on ``day``."""
    zone, later = ZoneInfo(event.time_zone), day - day_of(event)
    told = {name: getattr(event, name) for name in MOMENTS}
    return {name: at and _later(at, later, zone) for name, at in told.items()}


def _later(moment: datetime, later: timedelta, zone: ZoneInfo) -> datetime:
    """Move a moment by whole days, the clock on the wall staying what it was."""
    return moment.astimezone(zone) + later


def before(items: Iterable[PlanItem]) -> Iterator[tuple[PlanItem, Event]]:
    """Yield each item whose host has held an event of its name before, with the last one."""
    items = list(items)
    rows = Event.objects.public().exclude(state=Event.State.CANCELLED)
    rows = rows.filter(
        host__in={item.host_id for item in items}, title__in={item.title for item in items}
    )
    last = {(one.host_id, one.title): one for one in rows.order_by("starts_at", "pk")}
    for item in items:
        event = last.get((item.host_id, item.title))
        if event:
            yield item, event
