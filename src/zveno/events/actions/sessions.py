"""Verbs: an event is held several times; what was held before is held again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.actions.planning import SameEvent
from zveno.events.actions.refusals import IsCancelled
from zveno.events.models import Event, before, copied
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.plan.actions import date_item
from zveno.plan.models import PlanItem

MOST_SESSIONS = 40
FARTHEST = timedelta(days=3 * 365)


class BadSessions(BadInput):
    """Sessions are some, and ahead."""

    code = "bad_sessions"
    message = _("Choose 1 to 40 times; each in the future and within three years.")
    field = "starts"


class NothingBefore(DomainError):
    """What was never held cannot be held again."""

    code = "nothing_before"
    message = _("“%(title)s” was not held before. Create the event anew.")


class NoDay(DomainError):
    """An item gets its day in the plan first."""

    code = "no_day"
    message = _("Set a day for “%(title)s” in the plan first, today or later.")


@action(rules.hosts, on=Event, lock=True)
def add_sessions(actor: Actor, event: Event, *, starts: Sequence[datetime]) -> list[Event]:
    """Make drafts like ``event``, each beginning at one of ``starts`` (aware); they are a series.

    Where the host has such an event already, nothing is made: doing it twice adds nothing. The
    plan item stays on its day. Raises ``BadSessions`` and ``IsCancelled``.
    """
    if event.state == Event.State.CANCELLED:
        raise IsCancelled(title=event.title)
    now = clock.now()
    if not 1 <= len(starts) <= MOST_SESSIONS or not all(
        now < one < now + FARTHEST for one in starts
    ):
        raise BadSessions
    if event.series is None:
        event.series = event.public_id
        event.save(update_fields=["series"])
    there = Event.objects.filter(host=event.host, title=event.title)
    taken = set(there.exclude(state=Event.State.CANCELLED).values_list("starts_at", flat=True))
    drafts = [copied(event, one) for one in sorted(set(starts) - taken)]
    for draft in drafts:
        draft.series = event.series
        draft.plan_item = _of_year(event.plan_item, draft)
        draft.save()
    return drafts


@action(rules.hosts_item, on=PlanItem, lock=True)
def repeat_event(actor: Actor, item: PlanItem) -> Event:
    """Make a draft on the day of a plan item, like the last event of its name at its host.

    Raises ``NoDay``, ``NothingBefore``, ``SameEvent`` and ``ItemOver``.
    """
    if item.day is None or item.day < clock.today():
        raise NoDay(title=item.title)
    found = next(before([item]), None)
    if found is None:
        raise NothingBefore(title=item.title)
    last = found[1]
    zone = ZoneInfo(last.time_zone)
    at = datetime.combine(item.day, localtime(last.starts_at, zone).time(), zone)
    draft = copied(last, at)
    same = Event.objects.filter(host=draft.host, title=draft.title, starts_at=at)
    if same.exclude(state=Event.State.CANCELLED).exists():
        raise SameEvent(title=draft.title)
    draft.cluster, draft.plan_item = item.plan.cluster, item
    draft.save()
    date_item(actor, item.public_id, day=item.day)
    return draft


def _of_year(item: PlanItem | None, draft: Event) -> PlanItem | None:
    """Return the plan item of a session, unless the session is in another academic year."""
    zone = ZoneInfo(draft.time_zone)
    inside = item and item.plan.has_day(localtime(draft.starts_at, zone).date())
    return item if inside else None
