"""Invitations: how somebody who got a post gets an account."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.people.models.links import Link
from zveno.people.models.persons import Post


class InvitationQuerySet(Questions["Invitation"]):
    """Questions about invitations."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those into the organisations of the scope or of its stewardship, and a link's."""
        return self.filter(
            Q(pk__in=actor.listed("people.Invitation"))
            | Q(post__organisation__in=actor.scope)
            | Q(post__organisation__steward__in=actor.scope)
        )

    def acceptable(self) -> Self:
        """Keep those that can be accepted."""
        return self.filter(accepted_at=None, link__ended_at=None, link__until__gt=clock.now())


class Invitation(Record):
    """A link that lets the holder of ``post`` choose a sign-in name and a password, once."""

    PSEUDONYMOUS: ClassVar = True

    post = models.ForeignKey(Post, models.CASCADE, related_name="invitations")
    link = models.OneToOneField(Link, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    accepted_at = models.DateTimeField(null=True)
    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        """Name it by its public id."""
        return str(self.public_id)

    def home(self) -> int | None:
        """Return the organisation of the post."""
        return self.post.organisation_id
