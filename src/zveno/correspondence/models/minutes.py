"""Minutes of meetings: versions of one paper, and decisions that somebody carries out."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Protocol, Self

from django.db import models
from django.db.models import Q

from zveno.correspondence.models.meetings import Item, Meeting, invited_to
from zveno.documents.models import Number, Paper
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.people.models import Post, Task


class MinutesQuerySet(Questions["Minutes"]):
    """Questions about minutes."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the meetings the actor sees."""
        return self.all() if actor.is_system() else self.filter(invited_to(actor, "meeting__"))


class Minutes(Record):
    """The minutes of a meeting as they were written once; a correction is the next ``version``.

    All versions bear one number of the book of minutes; ``reason`` says why it was corrected.
    """

    DATA: ClassVar = {"content": Data.PERSONAL}

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="minutes")
    version = models.PositiveSmallIntegerField()
    number = models.ForeignKey(Number, models.PROTECT, related_name="+")
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="+")
    content = models.JSONField()
    reason = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(default=clock.now)
    objects = MinutesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="minutes_have_versions"),
            models.CheckConstraint(
                condition=Q(version=1, reason="") | (Q(version__gt=1) & ~Q(reason="")),
                name="minutes_are_corrected_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        """Return the number."""
        return self.number.printed

    def home(self) -> int | None:
        """Return the base organisation of the cluster."""
        return self.meeting.home()


class DecisionQuerySet(Questions["Decision"]):
    """Questions about decisions."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the meetings the actor sees."""
        return self.all() if actor.is_system() else self.filter(invited_to(actor, "meeting__"))

    def standing(self) -> Self:
        """Keep those no later version of the minutes has withdrawn, in their order."""
        return self.filter(withdrawn_at=None).order_by("item__place", "place", "pk")


class Decision(Record):
    """What was decided on an item; who holds the ``post`` carries it out by the day ``due``."""

    DATA: ClassVar = {"text": Data.PERSONAL}

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    item = models.ForeignKey(Item, models.PROTECT, related_name="decisions")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    due = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post=None) | ~Q(due=None), name="decision_is_carried_out_by_a_day"
            ),
        ]

    def __str__(self) -> str:
        """Return the text."""
        return self.text

    def home(self) -> int | None:
        """Return the base organisation of the cluster."""
        return self.meeting.home()

    @property
    def origin(self) -> str:
        """Name it as what its task comes of."""
        return f"correspondence.Decision:{self.pk}"


class Original(Protocol):
    """What a task may come of."""

    @property
    def origin(self) -> str:
        """Name it."""


def tasks_of(actor: Actor, records: Iterable[Original]) -> Mapping[str, Task]:
    """Return the newest task the actor sees that comes of each of ``records``, by origin."""
    origins = [one.origin for one in records]
    if not origins:
        return {}
    rows = Task.objects.visible_to(actor).filter(origin__in=origins).order_by("pk")
    return {task.origin: task for task in rows}


def written_before(meeting: Meeting) -> dict[str, Any]:
    """Return what the newest minutes of a meeting say; nothing before there are any."""
    newest = meeting.minutes.order_by("-version").first()
    return newest.content if newest else {}
