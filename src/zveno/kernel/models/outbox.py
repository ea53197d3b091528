"""The outbox; what has been erased and must stay so."""

from datetime import timedelta
from typing import ClassVar, Self
from uuid import uuid4

from django.db import models

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models.records import Data, Questions

TRIES = 12
AHEAD = timedelta(minutes=1)
"""By how much the clocks of two machines may differ."""
"""How often a letter is tried; each wait is twice the last, so it takes over five days."""


class LetterQuerySet(Questions["Letter"]):
    """Questions about letters."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep none, but all for Zveno itself: letters hold links that open things."""
        return self.all() if actor.is_system() else self.none()

    def due(self) -> Self:
        """Keep letters to send now that no worker holds, oldest first.

        A letter written in the future (the clock has been set back since) does not wait for it.
        """
        moment = clock.now()
        return self.filter(
            models.Q(held_until=None) | models.Q(held_until__lt=moment),
            models.Q(not_before__lte=moment) | models.Q(written_at__gt=moment + AHEAD),
            sent_at=None,
            tries__lt=TRIES,
        ).order_by("written_at")


class Letter(models.Model):
    """A letter in the outbox: written in the transaction that causes it, sent by the worker.

    The public id is the primary key (nothing has to be read back after adding) and makes the
    Message-ID, so that a letter sent twice is seen as one. ``about`` names the record it is
    about, for taking unsent letters back.
    """

    DATA: ClassVar[dict[str, Data]] = {
        "to": Data.PERSONAL,
        "subject": Data.PERSONAL,
        "text": Data.SEALED,
    }

    public_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    about = models.CharField(max_length=80, blank=True, db_index=True)
    written_at = models.DateTimeField(default=clock.now)
    not_before = models.DateTimeField(default=clock.now)
    held_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["written_at"],
                condition=models.Q(sent_at=None),
                name="letters_to_send",
            ),
        ]

    def __str__(self) -> str:
        """Name the letter without its reader."""
        return str(self.public_id)


class ErasureQuerySet(Questions["Erasure"]):
    """Questions about what was erased."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep none, but all for Zveno itself."""
        return self.all() if actor.is_system() else self.none()

    def to_note(self) -> Self:
        """Keep those the list beside the backups does not name yet."""
        return self.filter(noted=False).order_by("pk")


class Erasure(models.Model):
    """A row about a person that was deleted: its table and its random key, nothing of what it said.

    Written by a trigger of the database, so that nothing gets past it. The list of them is kept
    beside the backups: a restore erases again what was erased after the backup.
    """

    table = models.CharField(max_length=63)
    key = models.UUIDField()
    at = models.DateTimeField(default=clock.now)
    noted = models.BooleanField(default=False)
    objects = ErasureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=models.Q(noted=False), name="erasures_to_note")
        ]

    def __str__(self) -> str:
        """Name the table."""
        return self.table
