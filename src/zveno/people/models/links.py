"""Links: keys to a few records for somebody without an account."""

import hashlib
import secrets
from typing import ClassVar, Self

from django.db import models

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.organisations.models import Organisation


class LinkQuerySet(Questions["Link"]):
    """Questions about links."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those given out by the organisations of the scope."""
        return self.filter(issuer__in=actor.scope)

    def live(self) -> Self:
        """Keep links that still open something."""
        return self.filter(ended_at=None, until__gt=clock.now())

    def opened_by(self, token: str) -> Self:
        """Keep the link with this token; only its hash is stored."""
        return self.filter(token_hash=hashed(token))


class Link(Record):
    """A key to a few records for somebody without an account: the actor of ``/s/<token>/``.

    ``opens`` lists ``[kind, key]`` pairs. It ends by itself, when it has served, or when the
    issuer ends it.
    """

    DATA: ClassVar = {"token_hash": Data.SEALED}

    issuer = models.ForeignKey(Organisation, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    opens = models.JSONField(default=list)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    objects = LinkQuerySet.as_manager()

    def __str__(self) -> str:
        """Name it by its public id."""
        return str(self.public_id)

    def home(self) -> int | None:
        """Return the organisation that gave it out."""
        return self.issuer_id


def new_token() -> str:
    """Make a token of 160 random bits for an address."""
    return secrets.token_urlsafe(20)


def hashed(token: str) -> str:
    """Hash a token as it is stored; it is random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
