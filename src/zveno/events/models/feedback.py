"""How an event was, said in one tap by those who came: nobody is known by an answer."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Avg, Count, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.events.models.events import Event
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record

FEEDBACK = "events.Event:feedback"
"""What the link of an event opens."""
ASKED_FOR = timedelta(days=7)
"""How long after an event it may be said how it was."""
FEWEST = 5
"""Of fewer answers nothing is told."""
BEST, WORST = 5, 1
PLEASED = 4


def feedback_token(event: Event) -> str:
    """Return the token of the address of an event: the same whenever it is shown or printed."""
    return salted_hmac("zveno.feedback", str(event.public_id), algorithm="sha256").hexdigest()[:32]


class ReplyQuerySet(Questions["Reply"]):
    """Questions about answers."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep answers about events that the scope hosts or has sent a group to."""
        sent = Event.objects.filter(groups__sender__in=actor.scope)
        return self.filter(Q(event__host__in=actor.scope) | Q(event__in=sent))


class Reply(Record):
    """What somebody who came says of an event, from 1 to 5; no name, no hour, no address of it.

    ``curious``: would like to know more about such work; ``again``: would come again. Both may be
    left out.
    """

    DATA: ClassVar = {}

    class Liked(models.IntegerChoices):
        GREAT = 5, pgettext_lazy("feedback", "great")
        GOOD = 4, pgettext_lazy("feedback", "good")
        SO_SO = 3, pgettext_lazy("feedback", "so-so")
        BORING = 2, pgettext_lazy("feedback", "boring")
        BAD = 1, pgettext_lazy("feedback", "bad")

    class Word(models.TextChoices):
        YES = "yes", _("yes")
        UNSURE = "unsure", _("not sure")
        NO = "no", _("no")

    event = models.ForeignKey(Event, models.CASCADE, related_name="replies")
    liked = models.PositiveSmallIntegerField(choices=Liked)
    curious = models.CharField(max_length=10, choices=Word, blank=True)
    again = models.CharField(max_length=10, choices=Word, blank=True)
    on = models.DateField(default=clock.today)
    objects = ReplyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(liked__range=(WORST, BEST)), name="liked_from_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        """Say how it was liked."""
        return str(self.liked)

    def home(self) -> int | None:
        """Return the host."""
        return self.event.host_id


@dataclass(frozen=True, slots=True)
class Opinion:
    """What answers come to: how many of those who came, the mean, and how many say what.

    A number under five is not told: it is None.
    """

    answered: int | None
    came: int
    mean: float | None = None
    pleased: int | None = None
    curious: int | None = None
    again: int | None = None

    @property
    def is_told(self) -> bool:
        """Whether there are enough answers."""
        return self.answered is not None


def opinion_of(actor: Actor, event: Event) -> Opinion:
    """Return what those who came say of an event, for its host and for who sent a group."""
    yes = Reply.Word.YES
    told = Reply.objects.visible_to(actor).filter(event=event).aggregate(
        answered=Count("pk"),
        mean=Avg("liked"),
        pleased=Count("pk", filter=Q(liked__gte=PLEASED)),
        curious=Count("pk", filter=Q(curious=yes)),
        again=Count("pk", filter=Q(again=yes)),
    )  # fmt: skip
    if told["answered"] < FEWEST:
        return Opinion(None, event.came)
    parts = {name: _enough(told[name]) for name in ("pleased", "curious", "again")}
    return Opinion(told["answered"], event.came, round(told["mean"], 1), **parts)


def _enough(number: int) -> int | None:
    return number if number >= FEWEST else None


def asks_now(event: Event) -> bool:
    """Whether it may be said now how the event was."""
    begun = event.state in {Event.State.OPEN, Event.State.HELD} and event.starts_at <= clock.now()
    return begun and clock.now() < event.ends_at + ASKED_FOR
