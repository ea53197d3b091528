"""Setting up an installation in which nobody works yet: by a link, once."""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.people.models.links import hashed


class SetupQuerySet(Questions["Setup"]):
    """Questions about setting up."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the one whose link the actor came by."""
        return self.filter(pk__in=actor.listed("people.Setup"))

    def live(self) -> Self:
        """Keep what can still be done."""
        return self.filter(done_at=None, until__gt=clock.now())

    def opened_by(self, token: str) -> Self:
        """Keep the one whose link has this token; only its hash is stored."""
        return self.filter(token_hash=hashed(token))

    def zone(self) -> str:
        """Return the time zone chosen when Zveno was set up; empty if none was."""
        chosen = self.exclude(done_at=None).exclude(zone="").order_by("-done_at")
        return chosen.values_list("zone", flat=True).first() or ""


class Setup(Record):
    """A link that lets whoever started an empty Zveno say whose it is, once.

    ``answers`` is what was typed so far, field by field; ``zone`` the time zone of the house,
    when it is done.
    """

    LASTS: ClassVar = timedelta(days=3)
    DATA: ClassVar = {"token_hash": Data.SEALED}

    token_hash = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()
    answers = models.JSONField(default=dict)
    zone = models.CharField(max_length=40, blank=True)
    done_at = models.DateTimeField(null=True)
    objects = SetupQuerySet.as_manager()

    def __str__(self) -> str:
        """Name it by its public id."""
        return str(self.public_id)
