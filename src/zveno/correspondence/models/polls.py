"""Polls of dates: what is offered to members, what suits whom, what was chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import pgettext_lazy

from zveno.correspondence.models.sides import coordinated, spoken_for
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models import Cluster
from zveno.organisations.models import Organisation
from zveno.people.models import Person


class PollQuerySet(Questions["Poll"]):
    """Questions about polls."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the organisations one coordinates at, and those one was asked in."""
        if actor.is_system():
            return self.all()
        asked = Voter.objects.visible_to(actor).values("poll")
        return self.filter(Q(sender__in=coordinated(actor)) | Q(pk__in=asked))

    def counted(self) -> Self:
        """Tell as ``sent_to`` and ``answered`` how many were asked and have answered."""
        answered = Q(voters__answered_at__isnull=False)
        return self.annotate(sent_to=Count("voters"), answered=Count("voters", filter=answered))

    def newest(self) -> Self:
        """Order: open ones first, then what was asked last."""
        return self.order_by(F("closed_at").desc(nulls_first=True), "-made_at", "-pk")


class Poll(Record):
    """Moments that ``sender`` offers members of a cluster; closed, one of them or none is chosen.

    What it is about lasts ``minutes``; answers are awaited until the day ``due``.
    """

    DATA: ClassVar = {"title": Data.PERSONAL, "text": Data.PERSONAL}

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="polls")
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=150)
    text = models.CharField(max_length=1000, blank=True)
    minutes = models.PositiveSmallIntegerField()
    due = models.DateField()
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    chosen = models.ForeignKey("Slot", models.RESTRICT, null=True, related_name="+")
    sent_to: int
    answered: int
    objects = PollQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="poll_has_a_title"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="poll_is_of_some_time"),
            models.CheckConstraint(
                condition=Q(chosen=None) | Q(closed_at__isnull=False), name="a_choice_closes"
            ),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def home(self) -> int | None:
        """Return whose poll it is."""
        return self.sender_id

    @property
    def is_open(self) -> bool:
        """Whether it can be answered."""
        return self.closed_at is None


class SlotQuerySet(Questions["Slot"]):
    """Questions about moments on offer."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the polls one sees."""
        return self.filter(poll__in=Poll.objects.visible_to(actor).values("pk"))


class Slot(Record):
    """A moment on offer."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    objects = SlotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "starts_at"], name="slot_is_offered_once"),
        ]

    def __str__(self) -> str:
        """Name it by its key."""
        return str(self.pk)

    @property
    def ends_at(self) -> datetime:
        """When it would end."""
        return self.starts_at + timedelta(minutes=self.poll.minutes)


class VoterQuerySet(Questions["Voter"]):
    """Questions about who was asked."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the one a link lists, all of one's own polls, one's own place among others."""
        if actor.is_system():
            return self.all()
        if actor.keys:
            return self.filter(pk__in=actor.listed("correspondence.Voter"))
        own = Q(organisation__in=spoken_for(actor)) | Q(sender__in=coordinated(actor))
        return self.filter(own)


class Voter(Record):
    """A member that is asked; ``mailed`` is how many addresses it was mailed to."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="voters")
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    mailed = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    objects = VoterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "organisation"], name="member_is_asked_once"),
        ]

    def __str__(self) -> str:
        """Name the organisation."""
        return str(self.organisation)

    def home(self) -> int | None:
        """Return who is asked."""
        return self.organisation_id

    @property
    def about(self) -> str:
        """Name it for letters, so that they can be taken back."""
        return f"voter:{self.public_id}"

    @property
    def origin(self) -> str:
        """Name it as what the task to answer comes of."""
        return f"correspondence.Voter:{self.pk}"


class VoteQuerySet(Questions["Vote"]):
    """Questions about votes."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of whom one sees."""
        return self.filter(voter__in=Voter.objects.visible_to(actor).values("pk"))


class Vote(Record):
    """Whether a moment suits a member: one answer to each."""

    class Value(models.TextChoices):
        YES = "yes", pgettext_lazy("vote", "yes")
        MAYBE = "maybe", pgettext_lazy("vote", "if needed")
        NO = "no", pgettext_lazy("vote", "no")

    voter = models.ForeignKey(Voter, models.CASCADE, related_name="votes")
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="votes")
    value = models.CharField(max_length=5, choices=Value)
    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voter", "slot"], name="member_votes_once"),
        ]

    def __str__(self) -> str:
        """Say what suits."""
        return str(self.get_value_display())


@dataclass(frozen=True, slots=True)
class Tally:
    """How many members a moment suits; ``best`` if it suits no fewer than any other."""

    slot: Slot
    yes: int
    maybe: int
    no: int
    best: bool = False

    @property
    def rank(self) -> tuple[int, int]:
        """Return more for what suits more: those who can, then those who could."""
        return self.yes, self.maybe


def tallied(slots: Iterable[Slot], votes: Iterable[Vote]) -> list[Tally]:
    """Count votes by moment, in the order of the moments; the best ones are marked."""
    said = [(vote.slot_id, vote.value) for vote in votes]
    counted = [
        Tally(slot, yes, maybe, no)
        for slot in slots
        for yes, maybe, no in [[said.count((slot.pk, value)) for value in Vote.Value.values]]
    ]
    most = max((one.rank for one in counted), default=(0, 0))
    return [
        Tally(one.slot, one.yes, one.maybe, one.no, best=one.rank == most > (0, 0))
        for one in counted
    ]
