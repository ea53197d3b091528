"""Tokens: how a program acts for somebody in one post of theirs."""

import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import ClassVar, Self, cast
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock, questions
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.people.models.links import hashed
from zveno.people.models.persons import Account, Post

PREFIX = "zveno_"
LONGEST = timedelta(days=366)


class TokenQuerySet(Questions["Token"]):
    """Questions about tokens."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the actor's own."""
        return self.none() if actor.person is None else self.filter(post__person=actor.person)

    def live(self) -> Self:
        """Keep those that open something: their post is held, the account of its holder works.

        Asked before an actor is known, when the wall shows no person: no join with them.
        """
        moment = clock.now()
        works = Account.objects.filter(person=OuterRef("post__person"), is_active=True)
        held = Q(post__until=None) | Q(post__until__gt=moment)
        return self.filter(
            held,
            Exists(works),
            post__since__lte=moment,
            ended_at=None,
            until__gt=moment,
        )

    def with_post(self) -> Self:
        """Read the post along, and the organisation it is in."""
        return self.select_related("post__organisation")


class Token(Record):
    """A key for a program: it may what the holder of ``post`` may there, or only read it.

    It ends with the post, at ``until``, or when its owner ends it. ``secret`` is its text, known
    only in the moment it is made.
    """

    DATA: ClassVar = {"token_hash": Data.SEALED}

    class May(models.TextChoices):
        READ = "read", _("read only")
        WRITE = "write", _("read and change")

    secret = ""
    post = models.ForeignKey(Post, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    may = models.CharField(max_length=10, choices=May)
    made_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    objects = TokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("made_at")), name="token_lasts"),
            models.CheckConstraint(
                condition=Q(until__lte=F("made_at") + LONGEST), name="token_ends_within_a_year"
            ),
        ]

    def __str__(self) -> str:
        """Return the name its owner gave it."""
        return self.name

    def home(self) -> int | None:
        """Return the organisation of the post."""
        return self.post.organisation_id

    @property
    def is_live(self) -> bool:
        """Whether neither it nor its post has ended."""
        last = min(filter(None, (self.until, self.post.until)))
        return self.ended_at is None and clock.now() < last


_SHOWN = questions.Records(
    """
    SELECT {columns} FROM people_token t JOIN people_post p ON p.id = t.post_id
    WHERE t.token_hash = %s AND t.ended_at IS NULL AND t.until > %s
        AND p.since <= %s AND (p.until IS NULL OR p.until > %s)
        AND EXISTS (SELECT FROM people_account a WHERE a.person_id = p.person_id AND a.is_active)
    """,
    t=Token,
    p=Post,
)


def shown(secret: str) -> Token | None:
    """Return the one of ``Token.objects.live()`` with this text, with its post.

    Only the hash of the text is stored.
    """
    moment = clock.now()
    for token, post in _SHOWN(hashed(secret), moment, moment, moment):
        token.post = post
        return cast("Token", token)
    return None


def end_tokens(person: int | None, spared: Collection[UUID] = ()) -> list[str]:
    """End the live tokens of a person but the ``spared`` ones; return the names they had."""
    own = Token.objects.live().filter(post__person=person).exclude(public_id__in=spared)
    ended = dict(own.order_by("pk").values_list("pk", "name"))
    Token.objects.filter(pk__in=ended).update(ended_at=clock.now())
    return [*ended.values()]


def new_secret() -> str:
    """Make the text of a token: 256 random bits after a mark that scanners of secrets find."""
    return PREFIX + secrets.token_urlsafe(32)
