"""What a host must do for a child on the day: a closed list, never why, never a diagnosis."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from zveno.events.models.events import Event
from zveno.events.models.groups import Place
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.learners.models import kept


class CareNoteQuerySet(Questions["CareNote"]):
    """Questions about care notes."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those about the scope's own children, and at its own events."""
        sent = models.Q(place__group__sender__in=actor.scope)
        return self.filter(sent | models.Q(place__event__host__in=actor.scope))

    def for_door(self, event: Event) -> Self:
        """Keep those the host of ``event`` meets; the database lets it read them that day."""
        rows = self.filter(place__event=event, place__consented=True)
        return rows.select_related("place__learner").order_by(
            "place__learner__name_key", "place", "need"
        )


class CareNote(Record):
    """One thing that a child at one event needs; it stands on the registration, not on the child.

    The school reads it while it is kept, the host on the day alone; 30 days later it is gone.
    """

    DATA: ClassVar = {"place": Data.PERSONAL, "need": Data.SEALED}

    class Need(models.TextChoices):
        ESCORT = "escort", _("an escort all the time")
        STEPS = "steps", _("a room without steps")
        FLASH = "flash", _("no flashing light")
        NOISE = "noise", _("no loud noise")
        REST = "rest", _("a quiet place to rest")
        FRONT = "front", _("a seat in front")
        SIGNS = "signs", _("a sign language interpreter")
        PRINT = "print", _("large print")
        FOOD = "food", _("own food only")

    place = models.ForeignKey(Place, models.CASCADE, related_name="cares")
    need = models.CharField(max_length=10, choices=Need)
    objects = CareNoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "need"], name="a_need_is_noted_once"),
            models.CheckConstraint(
                condition=models.Q(
                    need__in=[
                        *("escort", "steps", "flash", "noise", "rest"),
                        *("front", "signs", "print", "food"),
                    ]
                ),
                name="need_is_of_the_list",
            ),
        ]

    def __str__(self) -> str:
        """Say nothing of the child: this may reach a log."""
        return "care note"

    def home(self) -> int | None:
        """Return the organisation that sends the child."""
        return self.place.group.sender_id


@kept("care_notes", owner="place__group__sender", child="place__learner")
def care_over(before: datetime) -> models.QuerySet[CareNote]:
    """Find notes of events that were over before a moment."""
    return CareNote.objects.filter(place__event__ends_at__lt=before)
