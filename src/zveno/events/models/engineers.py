"""People of employers at an event: a slot that is offered, the engineers named for it, hours."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zveno.events.models.events import Event
from zveno.kernel import clock, outbox
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.learners.models import kept
from zveno.network.models import Agreement, Cluster, Obligation
from zveno.organisations.models import Organisation

ENGINEER = "events.Engineer"
"""What the link of an engineer opens."""
MOST_PEOPLE, MOST_HOURS = 20, 24
CLOCK_HOUR, ACADEMIC_HOUR = 60, 45


class EngineerSlotQuerySet(Questions["Slot"]):
    """Questions about slots."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those at events the scope hosts, and those its organisations are offered."""
        return self.filter(Q(event__host__in=actor.scope) | Q(employer__in=actor.scope))

    def on_offer(self) -> Self:
        """Keep those neither declined nor withdrawn."""
        return self.filter(state=Slot.State.OFFERED)

    def in_order(self) -> Self:
        """Order: by the clock, then as they were offered."""
        return self.order_by("starts_at", "pk")


class Slot(Record):
    """So many people of an employer are asked to an event, for a part of it, in a role.

    Where the employer owes hours by an agreement of the cluster, ``obligation`` counts them.
    ``why`` is what was said by whoever declined.
    """

    class Role(models.TextChoices):
        TELL = "tell", _("tell about the profession")
        JUDGE = "judge", _("assess the work of the trial")
        LEAD = "lead", _("lead a part of the event")
        SHOW = "show", _("show equipment at work")

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    event = models.ForeignKey(Event, models.CASCADE, related_name="slots")
    employer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role)
    topic = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    people = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    why = models.CharField(max_length=400, blank=True)
    obligation = models.ForeignKey(Obligation, models.SET_NULL, null=True, related_name="+")
    offered_at = models.DateTimeField(default=clock.now)
    named: "list[Engineer]"
    objects = EngineerSlotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_has_length"),
            models.CheckConstraint(
                condition=Q(people__range=(1, MOST_PEOPLE)), name="slot_is_for_somebody"
            ),
            models.CheckConstraint(
                condition=Q(state="declined") & ~Q(why="") | ~Q(state="declined") & Q(why=""),
                name="declined_slot_says_why",
            ),
            models.UniqueConstraint(
                fields=["event", "employer", "role", "starts_at"],
                condition=Q(state="offered"),
                name="employer_is_offered_once",
            ),
        ]

    def __str__(self) -> str:
        """Name it by its key."""
        return str(self.pk)

    def home(self) -> int | None:
        """Return the host of the event."""
        return self.event.host_id

    @property
    def origin(self) -> str:
        """Name it where the employer is given a task."""
        return f"{self._meta.label}:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether people may be named for it."""
        return self.state == self.State.OFFERED and self.event.is_open

    @property
    def hours(self) -> int:
        """How many whole hours somebody gives here: academic ones where those are owed."""
        academic = self.obligation is not None and "академ" in self.obligation.text.casefold()
        hour = timedelta(minutes=ACADEMIC_HOUR if academic else CLOCK_HOUR)
        return min(MOST_HOURS, max(1, round((self.ends_at - self.starts_at) / hour)))


class EngineerQuerySet(Questions["Engineer"]):
    """Questions about engineers."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep who comes from or to the scope, and whom a link lists."""
        ours = Q(slot__employer__in=actor.scope) | Q(slot__event__host__in=actor.scope)
        return self.filter(ours | Q(pk__in=actor.listed(ENGINEER)))

    def awaited(self) -> Self:
        """Keep those asked and those who said that they come."""
        return self.filter(state__in=[Engineer.State.ASKED, Engineer.State.CONFIRMED])


class Engineer(Record):
    """Somebody an employer sends: name, post and work email are kept for 30 days, hours stay.

    ``asked`` counts how often they were asked: again after each move of the event, and an answer
    to an earlier question is none. ``hours`` are counted on the day.
    """

    DATA: ClassVar = dict.fromkeys(["name", "job", "email"], Data.PERSONAL)

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        CONFIRMED = "confirmed", _("comes")
        DECLINED = "declined", _("does not come")
        OFF = "off", _("not awaited any more")

    slot = models.ForeignKey(Slot, models.CASCADE, related_name="engineers")
    name = models.CharField(max_length=200)
    job = models.CharField(max_length=200)
    email = models.EmailField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    hours = models.PositiveSmallIntegerField(null=True)
    thanked_at = models.DateTimeField(null=True)
    objects = EngineerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "email"], condition=~Q(email=""), name="engineer_is_named_once"
            ),
            models.CheckConstraint(
                condition=Q(hours=None) | Q(hours__range=(1, MOST_HOURS)),
                name="engineer_has_hours",
            ),
            models.CheckConstraint(
                condition=Q(thanked_at=None) | Q(hours__isnull=False), name="thanks_for_hours"
            ),
        ]

    def __str__(self) -> str:
        """Say nothing of the person: this may reach a log."""
        return "engineer"

    def home(self) -> int | None:
        """Return the employer."""
        return self.slot.employer_id

    @property
    def source(self) -> str:
        """Name the engineer where the hours are counted."""
        return f"{self._meta.label}:{self.pk}"

    @property
    def about(self) -> str:
        """Name the engineer in letters, for taking them back."""
        return f"{self._meta.label}:{self.public_id}"


def owed_hours(employer: Organisation, cluster: Cluster) -> Obligation | None:
    """Return the obligation of hours in force that an employer has in a cluster, its own first."""
    agreement = {
        "agreement__cluster": cluster,
        "agreement__state": Agreement.State.IN_FORCE,
        "unit": Obligation.Unit.HOURS,
    }
    its = Q(party__organisation=employer) | Q(
        party=None,
        agreement__parties__organisation=employer,
        agreement__parties__role=F("role"),
    )
    owed = Obligation.objects.filter(its, **agreement)
    return owed.order_by(F("party").asc(nulls_last=True), "agreement", "place").first()


def _forget_contacts(rows: "models.QuerySet[Engineer]") -> tuple[int, dict[str, int]]:
    """Erase who it was; that somebody came, and for how long, stays."""
    for one in rows:
        outbox.forget(one.about)
    number = rows.update(name="", job="", email="")
    return number, {Engineer._meta.label: number}


@kept("engineers", owner="slot__employer", erase=_forget_contacts)
def engineers_over(before: datetime) -> "models.QuerySet[Engineer]":
    """Find those still known by name whose event was over before a moment."""
    return Engineer.objects.filter(slot__event__ends_at__lt=before).exclude(name="", email="")
