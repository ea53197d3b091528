"""Review of a draft before it is sent: a colleague of the base reads it, agrees or returns it."""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models.agreements import Agreement
from zveno.organisations.models import Organisation
from zveno.people.models import Person, Post
from zveno.people.models.persons import PostQuerySet

REVIEWING = (Post.Role.HEAD, Post.Role.COORDINATOR)
WITHIN = timedelta(days=3)
"""By when whoever is asked is to answer."""
LONGEST_REMARK = 1000


class ReviewQuerySet(Questions["Review"]):
    """Questions about reviews of drafts."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those inside the houses of the scope: the parties do not read them."""
        return self.filter(house__in=actor.scope)

    def waiting(self) -> Self:
        """Keep those that wait for an answer."""
        return self.filter(state=Review.State.WAITING)

    def with_people(self) -> Self:
        """Bring along who was asked by whom, the newest first."""
        people = self.select_related("post__person", "asked_by", "answered_by")
        return people.order_by("-pk")


class Review(Record):
    """That somebody of the base (``post``) was asked to read a draft, and what they answered.

    Agreed, it holds for the words that were read: ``mark`` is the mark of the draft then. Whoever
    stands in for the post may answer; ``answered_by`` tells who did.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("review", "waiting for an answer")
        AGREED = "agreed", pgettext_lazy("review", "agreed")
        RETURNED = "returned", pgettext_lazy("review", "returned with a remark")
        WITHDRAWN = "withdrawn", pgettext_lazy("review", "taken back")

    DATA: ClassVar = {"remark": Data.PERSONAL}

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="reviews")
    house = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=LONGEST_REMARK, blank=True)
    mark = models.CharField(max_length=64, blank=True)
    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state="waiting"),
                name="draft_waits_for_one_reader",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(remark=""), name="returned_with_a_remark"
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed") | ~Q(mark=""), name="agreed_to_some_words"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at=None)
                | ~Q(state="waiting") & Q(answered_at__isnull=False),
                name="review_ends_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        """Say what became of it: names are shown by pages."""
        return str(self.get_state_display())

    def home(self) -> int | None:
        """Return the house in which the draft is read."""
        return self.house_id

    @property
    def origin(self) -> str:
        """Name it as what a task came of."""
        return f"network.Review:{self.pk}"

    @property
    def about(self) -> str:
        """Name it in notices."""
        return f"review:{self.public_id}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == self.State.WAITING

    @property
    def holds(self) -> bool:
        """Whether the draft may be sent by it: agreed, here, to the words as they read now."""
        agreement = self.agreement
        words = (self.mark, self.house_id) == (agreement.mark, agreement.cluster.base_id)
        return words and self.state == self.State.AGREED


class ReviewRuleQuerySet(Questions["ReviewRule"]):
    """Questions about houses that send agreements after a review only."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the scope."""
        return self.filter(organisation__in=actor.scope)

    def live(self) -> Self:
        """Keep those that hold now."""
        return self.filter(until=None)


class ReviewRule(Record):
    """That an organisation sends agreements after a review only, until it is switched off."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="review_rules")
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)
    objects = ReviewRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(until=None), name="review_is_switched_on_once"
            )
        ]

    def __str__(self) -> str:
        """Name it by its key."""
        return str(self.pk)

    def home(self) -> int | None:
        """Return the organisation whose rule it is."""
        return self.organisation_id


def reviewers(house: Organisation, asker: int | None) -> PostQuerySet:
    """Return who may be asked: heads and coordinators there who sign in, but not who asks."""
    posts = Post.objects.live().filter(
        organisation=house,
        role__in=REVIEWING,
        stands_in_for=None,
        person__account__is_active=True,
    )
    return posts.exclude(person=asker or 0).select_related("person").order_by("pk")
