"""What sending asks of a review, and how one that waits is ended."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.network.models import Agreement, Review, ReviewRule
from zveno.people.actions import settle_origin


class NotReviewed(DomainError):
    """Where a house has said so, a colleague has agreed to what is sent."""

    code = "not_reviewed"
    message = _(
        "Your organisation sends an agreement once a colleague has agreed to its text. "
        "Ask one to review “%(title)s”."
    )


def _require_review(draft: Agreement) -> None:
    """Look whether somebody has agreed to the words of a draft, if its house asks for it."""
    rules = ReviewRule.objects.live().filter(organisation=draft.cluster.base_id)
    if rules.exists() and not any(one.holds for one in draft.reviews.all()):
        raise NotReviewed(title=draft.title)


def _end_review(actor: Actor, draft: Agreement) -> None:
    """Let nobody read a draft any more that goes out or away."""
    for review in draft.reviews.waiting().select_related("house"):
        _close(actor, review, Review.State.WITHDRAWN)


def _close(actor: Actor, review: Review, state: Review.State, **answer: Any) -> None:
    """End a review that waits, and the task it is."""
    ended = {"state": state, "answered_at": clock.now(), "answered_by_id": actor.person}
    Review.objects.filter(pk=review.pk).update(**ended, **answer)
    withdrawn = state == Review.State.WITHDRAWN
    settle_origin(actor, review.house.public_id, origin=review.origin, dropped=withdrawn)
