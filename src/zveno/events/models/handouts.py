"""Files for the teachers who come: a memo, a task to prepare, a plan of the way."""

from typing import Self

from django.db import models
from django.db.models import Q

from zveno.documents.models import StoredFile
from zveno.events.models.events import Event
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.models import Questions, Record
from zveno.kernel.walls import scoped

MOST = 10


class HandoutQuerySet(Questions["Handout"]):
    """Questions about files for teachers."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of events the actor sees; what was taken away, for its host alone."""
        seen = self.filter(event__in=Event.objects.visible_to(actor).values("pk"))
        return seen.filter(Q(removed_at=None) | Q(event__host__in=actor.scope))

    def at_hand(self) -> Self:
        """Keep what was not taken away, as it came."""
        return self.filter(removed_at=None).order_by("pk")


class Handout(Record):
    """A file that goes with an event; whoever works in the network and sees the event reads it.

    Its ``name`` and ``size`` (bytes) stand here: the stored file itself is read by its host alone.
    ``sha256`` tells the same file attached twice.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="handouts")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    removed_at = models.DateTimeField(null=True)
    attached_at = models.DateTimeField(default=clock.now)
    objects = HandoutQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "sha256"], name="a_file_is_attached_once"),
        ]

    def __str__(self) -> str:
        """Return the name of the file."""
        return self.name

    def home(self) -> int | None:
        """Return the host."""
        return self.event.host_id

    def stored(self) -> StoredFile:
        """Return the file with its bytes; ask only for what the actor sees."""
        with scoped(SYSTEM):
            return StoredFile.objects.get(pk=self.file_id)
