"""Who is told of what, and where."""

from typing import ClassVar, Self
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Exists, OuterRef, Q

from zveno.kernel import clock
from zveno.kernel.actor import Actor, Means
from zveno.kernel.models import Data, Questions, Record
from zveno.people.models import Account, Post, Token, rights_of
from zveno.webhooks.models.happenings import Kind

LONGEST = 500


class SubscriptionQuerySet(Questions["Subscription"]):
    """Questions about subscriptions."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the posts that the actor holds now."""
        own = self.filter(post__person=actor.person, post__organisation__in=actor.scope)
        return own if actor.person else self.none()

    def live(self) -> Self:
        """Keep those whose post is held, whose token lasts and that nobody has ended.

        With a recovery of the account ends what was made before it: a stranger may have made it.
        """
        moment = clock.now()
        works = Account.objects.filter(
            Q(recovered_at=None) | Q(recovered_at__lt=OuterRef("made_at")),
            person=OuterRef("post__person"),
            is_active=True,
        )
        return self.filter(
            Q(post__until=None) | Q(post__until__gt=moment),
            Q(token=None) | Q(token__ended_at=None, token__until__gt=moment),
            Exists(works),
            post__since__lte=moment,
            ended_at=None,
        )

    def hearing(self) -> Self:
        """Keep those that are told: live ones that nobody has switched off."""
        return self.live().filter(off_at=None).select_related("post").order_by("pk")

    def newest(self) -> Self:
        """Order the newest first, each with its post."""
        return self.select_related("post__organisation").order_by("-pk")


class Subscription(Record):
    """An address told of ``kinds`` of happenings, as far as the holder of ``post`` sees them.

    It ends with the post, and with the ``token`` of the program that made it. ``shown`` is its
    secret, known only in the moment it is made. ``failing_at`` is since when its owner knows that
    the address does not answer.
    """

    DATA: ClassVar = {"address": Data.PERSONAL, "secret": Data.SEALED}

    shown = ""
    post = models.ForeignKey(Post, models.CASCADE, related_name="subscriptions")
    token = models.ForeignKey(Token, models.CASCADE, null=True, related_name="subscriptions")
    address = models.CharField(max_length=LONGEST)
    kinds = models.JSONField()
    secret = models.TextField()
    made_at = models.DateTimeField(default=clock.now)
    off_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    failing_at = models.DateTimeField(null=True)
    objects = SubscriptionQuerySet.as_manager()

    def __str__(self) -> str:
        """Say nothing of the address: it may hold a secret of its own."""
        return "subscription"

    def home(self) -> int | None:
        """Return the organisation of the post."""
        return self.post.organisation_id

    @property
    def host(self) -> str:
        """Return the host of the address."""
        return urlsplit(self.address).hostname or ""

    @property
    def told_of(self) -> list[str]:
        """Return in words what it is told of."""
        return [str(Kind(kind).label) for kind in self.kinds if kind in Kind.values]

    @property
    def about(self) -> str:
        """Name it for notices."""
        return f"webhooks.Subscription:{self.pk}"

    def reader(self) -> Actor:
        """Return who reads what it is told of: its post, changing nothing."""
        post = self.post
        return Actor(
            person=post.person_id,
            means=Means.TOKEN,
            scope=frozenset([post.organisation_id]),
            roles=frozenset((post.organisation_id, role) for role in rights_of(post.role)),
            until=post.until,
            only_reads=True,
        )
