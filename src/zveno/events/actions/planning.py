"""From a plan item to an announced event."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.actions.hours import _require_hours
from zveno.events.actions.refusals import IsCancelled
from zveno.events.models import USUAL, Event, day_of, notices, proposed
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.network.models import Membership
from zveno.people.models import Post, notify
from zveno.plan.actions import announce_item, date_item
from zveno.plan.models import PlanItem

HIGHEST_GRADE = 11
MOST_SEATS = 5000
ONE_DAY = timedelta(days=1)


class BadTimes(BadInput):
    """An event ends after it begins."""

    code = "bad_times"
    message = _("The event must end after it starts.")
    field = "ends"


class BadGrades(BadInput):
    """The lower grade comes first; 0 is the kindergarten."""

    code = "bad_grades"
    message = _("The first grade must not be higher than the last. Grades are 0 to 11.")
    field = "grade_to"


class BadCapacity(BadInput):
    """An event has seats."""

    code = "bad_capacity"
    message = _("Enter 1 to 5000 seats.")
    field = "capacity"


class BadMinimum(BadInput):
    """An event needs no more children than it has seats for."""

    code = "bad_minimum"
    message = _("At least 1 child, and not more than there are seats: %(capacity)s.")
    field = "minimum"


class SameEvent(BadInput):
    """One host holds one event of a name at one time."""

    code = "same_event"
    status = 409
    message = _("“%(title)s” is already at this time. Change the name or the time.")
    field = "title"


class NoDraft(DomainError):
    """What schools have seen is not changed behind their backs."""

    code = "no_draft"
    message = _("“%(title)s” is already published.")


@dataclass(frozen=True, slots=True)
class Facts:
    """What schools want to know of an event; times are aware, ``grades`` a pair of 0 to 11.

    ``level`` and ``task`` are those of a professional trial; other kinds have none.

    Without ``hours`` they are counted from the length, without a ``direction`` from the kind.
    """

    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    venue: str
    grades: tuple[int, int]
    capacity: int
    lede: str = ""
    minimum: int | None = None
    led_by: str = ""
    programme: str = ""
    bring: str = ""
    level: str = ""
    task: str = ""
    hours: Decimal | None = None
    direction: str = ""


@action(rules.hosts_item, on=PlanItem, lock=True)
def make_event(actor: Actor, item: PlanItem, *, facts: Facts) -> Event:
    """Make a draft of an event out of a plan item, which gets its day.

    Raises ``BadTimes``, ``BadGrades``, ``BadCapacity``, ``BadMinimum``, ``BadHours``,
    ``NoSuchDirection``, ``SameEvent`` and ``ItemOver``.
    """
    event = Event(plan_item=item, cluster=item.plan.cluster, host=item.host)
    _fill(event, facts)
    event.save()
    date_item(actor, item.public_id, day=day_of(event))
    return event


@action(rules.hosts, on=Event, lock=True)
def change_event(actor: Actor, event: Event, *, facts: Facts) -> None:
    """Change a draft. Raises ``NoDraft``, ``IsCancelled`` and what ``make_event`` raises."""
    _require_draft(event)
    _fill(event, facts)
    event.save()
    if event.plan_item:
        date_item(actor, event.plan_item.public_id, day=day_of(event))


@action(rules.hosts, on=Event, lock=True)
def announce(actor: Actor, event: Event) -> None:
    """Open the registration: from now on everybody sees the event.

    Members are told once a day of sessions of one series. Raises ``NoDraft`` and ``IsCancelled``.
    """
    _require_draft(event)
    event.state = Event.State.OPEN
    event.announced_at = clock.now()
    event.save(update_fields=["state", "announced_at"])
    if event.plan_item:
        announce_item(actor, event.plan_item.public_id)
    if _others_announced(event):
        return
    members = Membership.objects.live().filter(cluster=event.cluster)
    invited = members.values_list("organisation", flat=True)
    notify(actor, notices.is_announced(event), invited, [Post.Role.HEAD, Post.Role.REPRESENTATIVE])


def _others_announced(event: Event) -> bool:
    """Whether members have just been told of another session of the series."""
    others = Event.objects.filter(series=event.series).exclude(pk=event.pk)
    since = clock.now() - ONE_DAY
    return event.series is not None and others.filter(announced_at__gt=since).exists()


def _require_draft(event: Event) -> None:
    if event.state == Event.State.CANCELLED:
        raise IsCancelled(title=event.title)
    if event.state != Event.State.DRAFT:
        raise NoDraft(title=event.title)


def _fill(event: Event, facts: Facts) -> None:
    lowest, highest = facts.grades
    if facts.ends_at <= facts.starts_at:
        raise BadTimes
    if not 0 <= lowest <= highest <= HIGHEST_GRADE:
        raise BadGrades
    if not 1 <= facts.capacity <= MOST_SEATS:
        raise BadCapacity
    if facts.minimum is not None and not 1 <= facts.minimum <= facts.capacity:
        raise BadMinimum(capacity=facts.capacity)
    by_length = proposed(facts.starts_at, facts.ends_at)
    hours = by_length if facts.hours is None else facts.hours
    direction = facts.direction or USUAL.get(facts.kind, "practice")
    _require_hours(hours, direction)
    same = Event.objects.filter(host=event.host, title=facts.title, starts_at=facts.starts_at)
    if same.exclude(pk=event.pk).exclude(state=Event.State.CANCELLED).exists():
        raise SameEvent(title=facts.title)
    event.title, event.lede, event.kind = facts.title, facts.lede, facts.kind
    event.starts_at, event.ends_at, event.venue = facts.starts_at, facts.ends_at, facts.venue
    event.grade_from, event.grade_to, event.capacity = lowest, highest, facts.capacity
    event.minimum, event.led_by = facts.minimum, facts.led_by
    event.programme, event.bring = facts.programme, facts.bring
    trial = facts.kind == Event.Kind.PROFESSIONAL_TRIAL
    event.level, event.task = (facts.level, facts.task) if trial else ("", "")
    event.hours, event.direction = hours, direction
