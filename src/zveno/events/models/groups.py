"""Groups registered for events and the places of their children."""

from datetime import datetime, timedelta
from typing import ClassVar, Self, cast
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from zveno.events.models.events import Event
from zveno.kernel import clock, questions
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotFound
from zveno.kernel.models import Data, Questions, Record
from zveno.learners.models import READABLE, Learner, readable_by, readable_values
from zveno.organisations.models import Organisation, name_key
from zveno.ui.faces import Face

TIME_FOR_LIST = timedelta(days=1)
"""How long a group that comes late has for its list at least."""


class GroupQuerySet(Questions["Group"]):
    """Questions about groups."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep groups from and to the organisations in the scope."""
        return self.filter(Q(sender__in=actor.scope) | Q(event__host__in=actor.scope))

    def live(self) -> Self:
        """Keep those that hold seats or wait, in the order they came."""
        return self.exclude(state=Group.State.RELEASED).order_by("pk")

    def sent_by(self, actor: Actor) -> Self:
        """Keep those of the organisations in the scope."""
        return self.filter(sender__in=actor.scope)

    def without_list(self) -> Self:
        """Keep those whose seats are held for children not all of whom the host may see."""
        return self.filter(state__in=Group.TAKEN, consented__lt=F("seats")).order_by("pk")

    def waiting(self) -> Self:
        """Keep the waiting list: arrival order."""
        return self.filter(state=Group.State.WAITING).order_by("pk")

    def unanswered(self) -> Self:
        """Keep those whose offer is over."""
        over = Q(offered_until__lte=clock.now())
        return self.filter(over, state=Group.State.OFFERED).order_by("pk")

    def owing_list(self, before: datetime) -> Self:
        """Keep those without a list that is due before a moment, of events that are ahead."""
        ahead = self.filter(event__state=Event.State.OPEN, event__starts_at__gt=clock.now())
        asked = before - TIME_FOR_LIST
        owing = ahead.filter(state=Group.State.RESERVED, asked_at__lte=asked)
        return owing.filter(event__list_by__lte=before).order_by("pk")


class Group(Record):
    """Children that one organisation sends to an event; names may come later.

    ``seats`` are held from the moment of reservation; ``listed``, ``consented`` and ``came`` count
    children. They stay right when a child's row is no longer shown to the host. ``agreed_at`` is
    when the sender said that it comes though the event was moved. A group that ``travels`` goes
    together with adults of its sender: each child needs a consent to the trip, too.

    Seats that come free are ``offered`` to a group that waits, until ``offered_until``; one that
    would come with ``least`` children may be offered fewer than it asked for. ``reminded_at`` is
    when the sender was told that its list is due. ``adults`` counts those who go along; the times
    of the way are told by the clock of the event, of its day. One that was ``called_off`` lost its
    seats because the event was cancelled.
    """

    class State(models.TextChoices):
        RESERVED = "reserved", _("seats reserved, waiting for the list")
        LISTED = "listed", _("list received")
        WAITING = "waiting", _("on the waiting list")
        OFFERED = "offered", _("seats offered, waiting for an answer")
        RELEASED = "released", _("seats released")

    HOLDING = ("reserved", "listed", "offered")
    TAKEN = ("reserved", "listed")
    BUSES = ("own", "hired")

    class Way(models.TextChoices):
        FOOT = "foot", _("on foot")
        PUBLIC = "public", _("by public transport")
        OWN = "own", _("by a bus of the organisation")
        HIRED = "hired", _("by a hired bus")

    event = models.ForeignKey(Event, models.CASCADE, related_name="groups")
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="groups")
    seats = models.PositiveSmallIntegerField()
    listed = models.PositiveSmallIntegerField(default=0)
    consented = models.PositiveSmallIntegerField(default=0)
    came = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, choices=State, default=State.RESERVED)
    asked_at = models.DateTimeField(default=clock.now)
    agreed_at = models.DateTimeField(null=True)
    travels = models.BooleanField(default=True, db_default=True)
    offered_until = models.DateTimeField(null=True)
    least = models.PositiveSmallIntegerField(null=True)
    reminded_at = models.DateTimeField(null=True)
    adults = models.PositiveSmallIntegerField(default=0, db_default=0)
    way = models.CharField(max_length=10, choices=Way, blank=True, db_default="")
    gathers_where = models.CharField(max_length=200, blank=True, db_default="")
    gathers_at = models.TimeField(null=True)
    back_at = models.TimeField(null=True)
    carrier = models.CharField(max_length=200, blank=True, db_default="")
    called_off = models.BooleanField(default=False, db_default=False)
    objects = GroupQuerySet.as_manager()
    leader = ""
    """Who leads it, where a page has asked."""

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
            models.CheckConstraint(
                condition=Q(state="offered", offered_until__isnull=False)
                | ~Q(state="offered") & Q(offered_until=None),
                name="an_offer_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(least=None) | Q(least__gte=1, least__lte=F("seats")),
                name="least_is_not_more",
            ),
            models.CheckConstraint(
                condition=Q(way__in=["", "foot", "public", "own", "hired"]),
                name="way_is_known",
            ),
        ]

    def __str__(self) -> str:
        """Name the sender and the size of the group."""
        return f"{self.sender_id}: {self.seats}"

    def home(self) -> int | None:
        """Return the organisation that sends it."""
        return self.sender_id

    @property
    def list_due(self) -> datetime | None:
        """When the seats pass to others if there is no list; never for none."""
        due = self.event.list_by
        return max(due, self.asked_at + TIME_FOR_LIST) if due else None

    @property
    def missing(self) -> int:
        """Children on the list without a consent."""
        return self.listed - self.consented

    @property
    def unseen(self) -> int:
        """Seats whose children the host does not see: no list yet, or no consent."""
        return self.seats - self.consented

    @property
    def answers_move(self) -> bool:
        """Whether its sender is still to say if it comes at the new time."""
        moved = self.event.moved_at
        asked = moved is not None and self.asked_at < moved and self.agreed_at is None
        return asked and self.state != self.State.RELEASED

    @property
    def face(self) -> Face:
        """How far it is: seats, list, consents."""
        if self.state == self.State.WAITING:
            return Face(_("On the waiting list"), "brass", "clock")
        if self.state == self.State.RELEASED:
            return Face(_("Seats released"))
        if self.state == self.State.OFFERED:
            return Face(_("Seats are offered"), "warn", "clock")
        if self.state == self.State.RESERVED:
            return Face(_("Waiting for the list"), "warn", "clock")
        if self.missing:
            words = ngettext("%(count)s is missing", "%(count)s are missing", self.missing)
            return Face(words % {"count": self.missing}, "warn", "clock")
        return Face(_("All received"), "ok", "check")


class PlaceQuerySet(Questions["Place"]):
    """Questions about places."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep places of the children the actor may read."""
        return self.filter(readable_by(actor, "learner__"))

    def by_name(self) -> Self:
        """Order as a register is read."""
        return self.order_by("learner__name_key", "pk")

    def met_at(self, event: Event) -> Self:
        """Keep the children whom the host of ``event`` meets, as a register is read."""
        expected = self.filter(event=event, consented=True).by_name()
        return expected.select_related("learner", "group__sender")

    def named(self, words: str) -> Self:
        """Keep the children with these words in their names; all for none."""
        return self.filter(learner__name_key__contains=name_key(words)) if words else self

    def pick(self, public_id: UUID) -> "Place":
        """Find a place with all that rules, the journal and its row on a page ask for."""
        whole = self.select_related("event", "group__sender", "learner")
        return Questions.pick(whole, public_id)

    def pick_visible(self, actor: Actor, public_id: UUID) -> "Place":
        """Find it as ``pick`` does, if ``actor`` may see it; without a lock."""
        for place, event, group, sender, learner in _PICKED(public_id, *readable_values(actor)):
            group.event, group.sender = event, sender
            place.event, place.group, place.learner = event, group, learner
            return cast("Place", place)
        raise NotFound


class Place(Record):
    """A child's place in a group; ``came_at`` when the host met it, ``left_at`` when it left early.

    Row-level security shows it to whoever may read the child.
    """

    DATA: ClassVar = dict.fromkeys(["learner", "came_at", "left_at"], Data.PERSONAL)

    event = models.ForeignKey(Event, models.CASCADE, related_name="places")
    group = models.ForeignKey(Group, models.CASCADE, related_name="places")
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="places")
    consented = models.BooleanField(default=False)
    came_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    elsewhere: Event | None = None
    """Where else the child is expected at that time, where a page has asked."""
    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "learner"], name="child_comes_once"),
            models.CheckConstraint(
                condition=Q(came_at=None) | Q(consented=True), name="nobody_comes_without_consent"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(came_at__isnull=False), name="who_left_had_come"
            ),
        ]

    def __str__(self) -> str:
        """Say nothing of the child."""
        return "place"

    def home(self) -> int | None:
        """Return the organisation that sends the child."""
        return self.group.sender_id

    @property
    def next_mark(self) -> UUID:
        """Give the next tap a key of its own: sent twice, it is the same tap."""
        return uuid4()


_PICKED = questions.Records(
    f"""
    SELECT {{columns}} FROM events_place p
    JOIN events_event e ON e.id = p.event_id
    JOIN events_group g ON g.id = p.group_id
    JOIN organisations_organisation s ON s.id = g.sender_id
    JOIN learners_learner l ON l.id = p.learner_id
    WHERE p.public_id = %s AND {READABLE.format(child="l")}
    """,  # noqa: S608 - our own text
    p=Place,
    e=Event,
    g=Group,
    s=Organisation,
    l=Learner,
)
