"""Events: occasions with a day, a place, grades and seats."""

from datetime import UTC, datetime, timedelta
from typing import ClassVar, Self
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zveno.codes.models.careers import career_directions
from zveno.events.models.kinds import (
    EVENT_FACES,
    EventKind,
    EventState,
    TrialLevel,
    grades,
)
from zveno.events.models.registration import Registration
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.finding import Said
from zveno.kernel.models import Data, Questions
from zveno.network.models import Cluster
from zveno.organisations.models import Organisation
from zveno.plan.models import PlanItem
from zveno.ui.faces import Face

CLOCK = len("2026-11-28T10:00:00.000000Z")
KEPT_AFTER = timedelta(days=365)


class EventQuerySet(Questions["Event"]):
    """Questions about events; they chain."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep announced events, and drafts of the organisations in the scope."""
        return self.filter(~_unseen() | Q(host__in=actor.scope))

    def public(self) -> Self:
        """Keep what anybody may see."""
        return self.exclude(_unseen())

    def with_room_for(self, seats: int) -> Self:
        """Keep open events that still have ``seats`` seats free for anybody."""
        return self.filter(state=EventState.OPEN, taken__lte=F("capacity") - F("kept") - seats)

    def coming(self) -> Self:
        """Keep announced ones that are not over, soonest first."""
        ahead = self.filter(state=EventState.OPEN, ends_at__gte=clock.now())
        return ahead.order_by("starts_at", "public_id")

    def drafts(self) -> Self:
        """Keep those not announced yet, soonest first."""
        return self.filter(state=EventState.DRAFT).order_by("starts_at", "public_id")

    def over(self) -> Self:
        """Keep those that are over, latest first, and those called off."""
        past = Q(state=EventState.OPEN, ends_at__lt=clock.now())
        past |= Q(state__in=[EventState.HELD, EventState.CANCELLED])
        return self.filter(past).order_by("-starts_at", "-public_id")

    def section(self, state: str, after: str = "") -> Self:
        """Keep coming ones, drafts ("draft") or those over ("held"), from a cursor on.

        A cursor nobody gave out counts as none.
        """
        rows = {"draft": self.drafts, "held": self.over}.get(state, self.coming)()
        try:
            moment, key = datetime.fromisoformat(after[:CLOCK]), UUID(after[CLOCK:])
        except ValueError:
            return rows
        if moment.tzinfo is None:
            return rows
        way = "lt" if state == "held" else "gt"
        beyond = Q(**{f"starts_at__{way}": moment})
        return rows.filter(beyond | Q(**{"starts_at": moment, f"public_id__{way}": key}))

    def for_grades(self, lowest: int, highest: int) -> Self:
        """Keep those that children of some of these grades may come to."""
        return self.filter(grade_from__lte=highest, grade_to__gte=lowest)

    def with_group_of(self, actor: Actor) -> Self:
        """Keep those to which an organisation of the scope sends, or sent, a group."""
        return self.filter(groups__sender__in=actor.scope).distinct()

    def about(self, words: str) -> Self:
        """Keep those whose title has these words; all for none."""
        return self.filter(title__icontains=words) if words else self


def _unseen() -> Q:
    """Say what was never announced."""
    return Q(state=EventState.DRAFT) | Q(state=EventState.CANCELLED, announced_at=None)


class Event(Registration):
    """An occasion held at one organisation.

    ``capacity``, ``taken``, ``queued`` (on the waiting list), ``came`` and ``certified`` (with a
    valid certificate) count children; ``taken`` never exceeds ``capacity``. Times are aware, stored
    in UTC and told in ``time_zone``. What was called off says why and holds no seats;
    what was moved tells from which start, when and why the last time. Who comes has had so many
    academic ``hours`` in a ``direction`` of the career guidance minimum; 0 counts for nothing.
    Grade 0 is the kindergarten. Sessions of one ``series`` are the same occasion several times.

    It takes place with ``minimum`` children at least (empty: with any).
    """

    DATA: ClassVar = dict.fromkeys(
        [
            *("kind", "title", "lede", "starts_at", "ends_at", "venue", "capacity", "taken"),
            *("grade_from", "grade_to", "host", "cluster", "state", "queued", "announced_at"),
            *("cancelled_why", "cancelled_at", "moved_from", "moved_at", "moved_why"),
            *("minimum", "led_by", "programme", "bring", "level", "task"),
            *("kept", "most", "opens_at", "closes_at", "members_until", "list_by"),
            *("hours", "direction", "series"),
            *("for_families", "families_seats", "families"),
        ],
        Data.PUBLIC,
    )

    Kind, State, Level = EventKind, EventState, TrialLevel

    host = models.ForeignKey(Organisation, models.PROTECT, related_name="events")
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="events")
    plan_item = models.ForeignKey(PlanItem, models.PROTECT, null=True, related_name="events")
    kind = models.CharField(max_length=30, choices=Kind)
    title = models.CharField(max_length=200)
    lede = models.CharField(max_length=400, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    venue = models.CharField(max_length=200)
    grade_from = models.PositiveSmallIntegerField()
    grade_to = models.PositiveSmallIntegerField()
    came = models.PositiveSmallIntegerField(default=0)
    certified = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    announced_at = models.DateTimeField(null=True)
    cancelled_why = models.CharField(max_length=400, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    moved_from = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(null=True)
    moved_why = models.CharField(max_length=400, blank=True)
    minimum = models.PositiveSmallIntegerField(null=True)
    led_by = models.CharField(max_length=200, blank=True, db_default="")
    programme = models.TextField(max_length=4000, blank=True, db_default="")
    bring = models.CharField(max_length=400, blank=True, db_default="")
    level = models.CharField(max_length=20, choices=TrialLevel, blank=True, db_default="")
    task = models.CharField(max_length=400, blank=True, db_default="")
    hours = models.DecimalField(max_digits=4, decimal_places=1, default=0, db_default=0)
    direction = models.CharField(max_length=30, default="practice", db_default="practice")
    series = models.UUIDField(null=True, db_index=True)
    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            *Registration.CONSTRAINTS,
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="event_has_length"
            ),
            models.CheckConstraint(condition=Q(came__lte=F("taken")), name="came_those_expected"),
            models.CheckConstraint(
                condition=Q(grade_from__lte=F("grade_to"), grade_to__lte=11),
                name="event_has_grades",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", taken=0, queued=0, cancelled_at__isnull=False)
                & ~Q(cancelled_why="")
                | ~Q(state="cancelled") & Q(cancelled_why="", cancelled_at=None),
                name="cancelled_event_says_why",
            ),
            models.CheckConstraint(
                condition=Q(moved_from=None, moved_at=None, moved_why="")
                | Q(moved_from__isnull=False, moved_at__isnull=False) & ~Q(moved_why=""),
                name="moved_event_says_why",
            ),
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(minimum__gte=1, minimum__lte=F("capacity")),
                name="minimum_fits_in",
            ),
            models.CheckConstraint(
                condition=Q(level="") | Q(kind="professional_trial"), name="a_level_is_of_a_trial"
            ),
            models.CheckConstraint(condition=Q(hours__range=(0, 100)), name="event_has_hours"),
            models.UniqueConstraint(
                fields=["host", "title", "starts_at"],
                condition=~Q(state="cancelled"),
                name="event_stands_once",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "starts_at"]),
            GinIndex(Said("title"), name="event_said"),
            GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="event_alike"),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def home(self) -> int | None:
        """Return the host."""
        return self.host_id

    @property
    def source(self) -> str:
        """Name the event where a lower room keeps what it caused."""
        return f"{self._meta.label}:{self.pk}"

    def is_for(self, grade: int) -> bool:
        """Whether children of ``grade`` may come."""
        return self.grade_from <= grade <= self.grade_to

    @property
    def is_open(self) -> bool:
        """Whether groups may still come."""
        return self.state == self.State.OPEN and clock.now() < self.ends_at

    @property
    def takes_groups(self) -> bool:
        """Whether groups may register now."""
        return self.is_open and not self.begins_later and not self.is_closed

    @property
    def expects_groups(self) -> bool:
        """Whether groups may register now or later."""
        return self.is_open and not self.is_closed

    @property
    def is_ahead(self) -> bool:
        """Whether it was announced and has not begun."""
        return self.state == self.State.OPEN and clock.now() < self.starts_at

    @property
    def takes_families(self) -> bool:
        """Whether families may register now, if there are seats."""
        on_time = self.is_ahead and not self.begins_later and not self.is_closed
        return self.for_families and on_time

    @property
    def is_to_come(self) -> bool:
        """Whether people may still be invited, once it is announced."""
        expected = self.state in {self.State.DRAFT, self.State.OPEN}
        return expected and clock.now() < self.ends_at

    @property
    def has_come(self) -> bool:
        """Whether anybody is there: a child of a group, or a family."""
        return bool(self.came or self.families_came)

    @property
    def may_be_cancelled(self) -> bool:
        """Whether it may still be called off: it is not over, and nobody has come."""
        return self.state in {self.State.DRAFT, self.State.OPEN} and not self.has_come

    @property
    def may_be_moved(self) -> bool:
        """Whether it may get another time: schools know of it, and nobody has come."""
        return self.state == self.State.OPEN and not self.has_come

    @property
    def has_news(self) -> bool:
        """Whether groups were told that it is cancelled, or moved and still to come."""
        moved = self.moved_at is not None and self.state == self.State.OPEN
        return moved or self.state == self.State.CANCELLED

    @property
    def cursor(self) -> str:
        """Name its place in a list: the moment, then the public id."""
        moment = self.starts_at.astimezone(UTC).replace(tzinfo=None)
        return f"{moment.isoformat(timespec='microseconds')}Z{self.public_id}"

    @property
    def grades(self) -> str:
        """Say for whom it is: «5–8 классы»."""
        return grades(self.grade_from, self.grade_to)

    @property
    def direction_name(self) -> str:
        """Name the direction its hours count in, in the reader's language."""
        return career_directions().name(self.direction)

    @property
    def face(self) -> Face:
        """How its state looks."""
        if self.state == self.State.OPEN and not self.is_open:
            return Face(_("Over, not closed"), "warn", "clock")
        if self.state == self.State.OPEN and self.starts_at <= clock.now():
            return Face(_("Going on now"), "brand", "clock")
        return EVENT_FACES[self.State(self.state)]

    @property
    def kept_until(self) -> datetime:
        """Until when the host may read the names of those who came."""
        return self.ends_at + KEPT_AFTER
