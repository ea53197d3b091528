"""Events for programs: from a draft to the day."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field, StrictInt

from zveno.events import actions
from zveno.events.forms.facts import FARTHEST
from zveno.events.models import Event
from zveno.events.rest.hours import Code, HoursSaid
from zveno.kernel import clock
from zveno.kernel.errors import BadInput
from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Endpoints, Given, Moment, Named, OneOf, Shown
from zveno.plan import actions as plan
from zveno.ui.rest import Line200, Line400, Maybe200, Maybe400, MaybeText

router = Endpoints(tags=["events"])
EVENT = ("host", "cluster", "plan_item")
NAMES = ("host__public_id", "host__name", "cluster__public_id", "cluster__name")
READ = [field.name for field in Event._meta.concrete_fields] + [*NAMES, "plan_item__public_id"]
"""An event whole, and of what it points at only what it is named by."""
Grade = Annotated[StrictInt, Field(ge=0, le=11)]


class EventShown(Shown):
    """An event; ``capacity``, ``taken``, ``queued`` and ``came`` count children.

    ``families_seats``, ``families`` (taken) and ``families_came`` count people of families.
    Grade 0 is the kindergarten; ``hours`` are academic ones, of career guidance in a direction.
    """

    host: Named
    cluster: Named
    plan_item: Shown | None
    kind: Annotated[str, OneOf(Event.Kind)]
    title: str
    lede: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    venue: str
    grade_from: int
    grade_to: int
    capacity: int
    minimum: int | None
    led_by: str
    programme: str
    bring: str
    level: str
    task: str
    kept: int
    most: int | None
    opens_at: datetime | None
    closes_at: datetime | None
    members_until: datetime | None
    list_by: datetime | None
    taken: int
    queued: int
    came: int
    for_families: bool
    families_seats: int
    families: int
    families_came: int
    state: Annotated[str, OneOf(Event.State)]
    announced_at: datetime | None
    cancelled_at: datetime | None
    cancelled_why: str
    moved_from: datetime | None
    moved_at: datetime | None
    moved_why: str
    hours: Decimal
    direction: str
    series: UUID | None


class EventsAsked(Asked):
    """Which events; ``since`` and ``before`` are compared with the beginning."""

    LOOKUPS: ClassVar = {
        "cluster": "cluster__public_id",
        "host": "host__public_id",
        "state": "state",
        "since": "starts_at__gte",
        "before": "starts_at__lt",
    }
    cluster: UUID | None = None
    host: UUID | None = None
    state: Annotated[str, OneOf(Event.State)] | None = None
    since: Moment | None = None
    before: Moment | None = None


class FactsGiven(Given):
    """What schools want to know of an event; ``hours`` are by its length if they are not told."""

    title: Line200
    kind: Annotated[str, OneOf(Event.Kind)]
    starts_at: Moment
    ends_at: Moment
    venue: Line200
    grade_from: Grade
    grade_to: Grade
    capacity: Annotated[StrictInt, Field(ge=1, le=5000)]
    lede: Maybe400 = ""
    minimum: Annotated[StrictInt, Field(ge=1, le=5000)] | None = None
    led_by: Maybe200 = ""
    programme: MaybeText = ""
    bring: Maybe400 = ""
    level: Annotated[str, OneOf(Event.Level, blank=True)] = ""
    task: Maybe400 = ""
    hours: HoursSaid | None = None
    direction: Code = ""

    def facts(self) -> actions.Facts:
        """Return them as the verbs take them; raises ``BadDay``."""
        ahead = self.starts_at - clock.now()
        if not -ONE_DAY < ahead < FARTHEST:
            raise BadDay
        given = self.model_dump(exclude={"grade_from", "grade_to"})
        given["hours"] = Decimal(self.hours) if self.hours else None
        return actions.Facts(**given, grades=(self.grade_from, self.grade_to))


ONE_DAY = timedelta(days=1)


class BadDay(BadInput):
    """An event is ahead, and not years ahead."""

    code = "bad_day"
    message = _("This day is in the past or too far ahead. Check the year.")
    field = "starts_at"


FACTS = [
    *(BadDay, actions.BadTimes, actions.BadGrades),
    *(actions.BadCapacity, actions.BadMinimum, actions.SameEvent),
    *(actions.BadHours, actions.NoSuchDirection),
]


@router.lists("/events", EventShown)
def events(request: Request, asked: Query[EventsAsked]) -> object:
    """List announced events, and drafts of your own."""
    rows = Event.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related(*EVENT).only(*READ), asked.after, asked.limit)


@router.shows("/events/{uuid:key}", EventShown)
def event(request: Request, key: UUID) -> object:
    """Show one event."""
    return Event.objects.visible_to(request.actor).select_related(*EVENT).pick(key)


@router.does(
    "/plan-items/{uuid:key}", actions.make_event, makes=True, refuses=[*FACTS, plan.ItemOver]
)
def make_event(request: Request, key: UUID, body: FactsGiven) -> object:
    """Make a draft of an event out of a plan item, which gets its day."""
    return actions.make_event(request.actor, key, facts=body.facts())


@router.does(
    "/events/{uuid:key}",
    actions.change_event,
    refuses=[*FACTS, actions.NoDraft, actions.IsCancelled],
)
def change_event(request: Request, key: UUID, body: FactsGiven) -> object:
    """Change a draft."""
    return actions.change_event(request.actor, key, facts=body.facts())


@router.does("/events/{uuid:key}", actions.announce, refuses=[actions.NoDraft, actions.IsCancelled])
def announce(request: Request, key: UUID) -> object:
    """Open the registration: from now on everybody sees the event."""
    return actions.announce(request.actor, key)


class SessionsGiven(Given):
    """When else an event is held."""

    starts: Annotated[list[Moment], Field(min_length=1, max_length=40)]


@router.does(
    "/events/{uuid:key}",
    actions.add_sessions,
    refuses=[actions.BadSessions, actions.IsCancelled],
)
def add_sessions(request: Request, key: UUID, body: SessionsGiven) -> object:
    """Make drafts like an event, one for each beginning; together they are a series."""
    return actions.add_sessions(request.actor, key, starts=body.starts)


@router.does(
    "/plan-items/{uuid:key}",
    actions.repeat_event,
    makes=True,
    refuses=[actions.NoDay, actions.NothingBefore, actions.SameEvent, plan.ItemOver],
)
def repeat_event(request: Request, key: UUID) -> object:
    """Make a draft on the day of a plan item, like the last event of its name at its host."""
    return actions.repeat_event(request.actor, key)


@router.does(
    "/events/{uuid:key}",
    actions.hold_event,
    refuses=[
        *(actions.NotAnnounced, actions.IsCancelled),
        *(actions.AlreadyHeld, actions.NotBegun),
    ],
)
def hold_event(request: Request, key: UUID) -> object:
    """Close the event: its plan item is done and the obligation counts who came."""
    return actions.hold_event(request.actor, key)


class WhyGiven(Given):
    """Why an event is called off."""

    why: Line400


@router.does(
    "/events/{uuid:key}",
    actions.cancel_event,
    refuses=[actions.AlreadyHeld, actions.IsCancelled, actions.SomeAreHere],
)
def cancel_event(request: Request, key: UUID, body: WhyGiven) -> object:
    """Call an event off for good: groups get a letter, their seats are released."""
    return actions.cancel_event(request.actor, key, why=body.why)


class NewTimeGiven(Given):
    """When and where an event takes place instead, and why."""

    starts_at: Moment
    ends_at: Moment
    venue: Line200
    why: Line400


@router.does(
    "/events/{uuid:key}",
    actions.move_event,
    refuses=[
        *(actions.StillDraft, actions.AlreadyHeld, actions.IsCancelled, actions.SomeAreHere),
        *(actions.BadTimes, actions.MovedToThePast, actions.SameEvent),
    ],
)
def move_event(request: Request, key: UUID, body: NewTimeGiven) -> object:
    """Move an announced event: groups keep their seats, get a letter and are asked."""
    return actions.move_event(request.actor, key, new=actions.NewTime(**body.model_dump()))
