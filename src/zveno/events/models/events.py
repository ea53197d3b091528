"""Events, the groups registered for them and the places of children."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.learners.models import Learner
from zveno.network.models import Cluster
from zveno.organisations.models import Organisation
from zveno.plan.models import PlanItem

KEPT_AFTER = timedelta(days=365)


class EventQuerySet(Questions["Event"]):
    """Questions about events; they chain."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep announced events, and drafts of the organisations in the scope."""
        return self.filter(~Q(state=Event.State.DRAFT) | Q(host__in=actor.scope))

    def public(self) -> Self:
        """Keep what anybody may see."""
        return self.exclude(state=Event.State.DRAFT)

    def with_room_for(self, seats: int) -> Self:
        """Keep open events that still have ``seats`` free seats."""
        return self.filter(state=Event.State.OPEN, taken__lte=F("capacity") - seats)

    def coming(self) -> Self:
        """Keep those not over, soonest first."""
        return self.filter(ends_at__gte=clock.now()).order_by("starts_at", "pk")


class Event(Record):
    """An occasion held at one organisation.

    ``capacity``, ``taken`` and ``came`` count children; ``taken`` never exceeds ``capacity``.
    Times are aware, stored in UTC and told in ``time_zone``. Grade 0 is the kindergarten.
    """

    DATA: ClassVar = dict.fromkeys(
        [
            *("kind", "title", "lede", "starts_at", "ends_at", "venue", "capacity", "taken"),
            *("grade_from", "grade_to", "host", "cluster", "state"),
        ],
        Data.PUBLIC,
    )

    class Kind(models.TextChoices):
        EXCURSION = "excursion", _("guided visit")
        MASTERCLASS = "masterclass", _("masterclass")
        PROFESSIONAL_TRIAL = "professional_trial", _("professional trial")
        CONTEST = "contest", _("contest")
        OPEN_DAY = "open_day", _("open day")
        LESSON_SERIES = "lesson_series", _("series of lessons")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("registration is open")
        HELD = "held", _("held")

    host = models.ForeignKey(Organisation, models.PROTECT, related_name="events")
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="events")
    plan_item = models.ForeignKey(PlanItem, models.PROTECT, null=True, related_name="events")
    kind = models.CharField(max_length=30, choices=Kind)
    title = models.CharField(max_length=200)
    lede = models.CharField(max_length=400, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=40, default="Europe/Moscow")
    venue = models.CharField(max_length=200)
    grade_from = models.PositiveSmallIntegerField()
    grade_to = models.PositiveSmallIntegerField()
    capacity = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    came = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="event_has_length"
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="event_has_seats"),
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="event_not_over"),
            models.CheckConstraint(condition=Q(came__lte=F("taken")), name="came_those_expected"),
            models.CheckConstraint(
                condition=Q(grade_from__lte=F("grade_to"), grade_to__lte=11),
                name="event_has_grades",
            ),
            models.UniqueConstraint(fields=["host", "title", "starts_at"], name="event_is_unique"),
        ]
        indexes = [models.Index(fields=["state", "starts_at"])]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def home(self) -> int | None:
        """Return the host."""
        return self.host_id

    @property
    def free(self) -> int:
        """Seats nobody has taken."""
        return self.capacity - self.taken

    @property
    def kept_until(self) -> datetime:
        """Until when the host may read the names of those who came."""
        return self.ends_at + KEPT_AFTER


class GroupQuerySet(Questions["Group"]):
    """Questions about groups."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep groups from and to the organisations in the scope."""
        return self.filter(Q(sender__in=actor.scope) | Q(event__host__in=actor.scope))

    def coming(self) -> Self:
        """Keep those that hold seats, in the order they came."""
        return self.filter(state__in=Group.HOLDING).order_by("pk")

    def waiting(self) -> Self:
        """Keep the waiting list: arrival order."""
        return self.filter(state=Group.State.WAITING).order_by("pk")


class Group(Record):
    """Children that one organisation sends to an event; names may come later.

    ``seats`` are held from the moment of reservation; ``listed``, ``consented`` and ``came`` count
    children. They stay right when a child's row is no longer shown to the host.
    """

    class State(models.TextChoices):
        RESERVED = "reserved", _("seats reserved, the list is awaited")
        LISTED = "listed", _("the list is in")
        WAITING = "waiting", _("on the waiting list")
        RELEASED = "released", _("seats given back")

    HOLDING = ("reserved", "listed")

    event = models.ForeignKey(Event, models.CASCADE, related_name="groups")
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="groups")
    seats = models.PositiveSmallIntegerField()
    listed = models.PositiveSmallIntegerField(default=0)
    consented = models.PositiveSmallIntegerField(default=0)
    came = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, choices=State, default=State.RESERVED)
    asked_at = models.DateTimeField(default=clock.now)
    objects = GroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "sender"],
                condition=~Q(state="released"),
                name="one_group_per_sender",
            ),
            models.CheckConstraint(condition=Q(seats__gte=1), name="group_has_children"),
            models.CheckConstraint(
                condition=Q(listed__lte=F("seats"), consented__lte=F("listed")),
                name="listed_within_seats",
            ),
            models.CheckConstraint(condition=Q(came__lte=F("listed")), name="came_those_listed"),
        ]

    def __str__(self) -> str:
        """Name the sender and the size of the group."""
        return f"{self.sender_id}: {self.seats}"

    def home(self) -> int | None:
        """Return the organisation that sends it."""
        return self.sender_id


class PlaceQuerySet(Questions["Place"]):
    """Questions about places."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep places of the children the actor sees."""
        return self.filter(learner__in=Learner.objects.visible_to(actor))

    def by_name(self) -> Self:
        """Order as a register is read."""
        return self.order_by("learner__name_key", "pk")


class Place(Record):
    """A child's place in a group; ``came_at`` when the host met the child.

    Row-level security shows it to whoever may read the child.
    """

    DATA: ClassVar = dict.fromkeys(["learner", "came_at"], Data.PERSONAL)

    event = models.ForeignKey(Event, models.CASCADE, related_name="places")
    group = models.ForeignKey(Group, models.CASCADE, related_name="places")
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="places")
    consented = models.BooleanField(default=False)
    came_at = models.DateTimeField(null=True)
    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "learner"], name="child_comes_once"),
            models.CheckConstraint(
                condition=Q(came_at=None) | Q(consented=True), name="nobody_comes_without_consent"
            ),
        ]

    def __str__(self) -> str:
        """Say nothing of the child."""
        return "place"

    def home(self) -> int | None:
        """Return the organisation that sends the child."""
        return self.group.sender_id
