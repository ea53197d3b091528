"""A draft is read by a colleague before it goes out; a house may send nothing without it."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.network import rules
from zveno.network.actions.agreements import _redraw, _require_draft
from zveno.network.actions.reviews import _close
from zveno.network.models import (
    REVIEWING,
    Agreement,
    Review,
    ReviewRule,
    require_open,
    reviewers,
)
from zveno.network.models.reviewed import has_agreed, is_returned, is_switched
from zveno.network.models.reviews import WITHIN
from zveno.organisations.models import Organisation
from zveno.people.actions import Assignment, give_task
from zveno.people.models import Post, notify, tell_person
from zveno.people.models.notices import Telling

State = Review.State
LONGEST = 400


class NoReviewer(BadInput):
    """A colleague reads a draft, never who asks for it."""

    code = "no_reviewer"
    message = _(
        "Choose a colleague who heads your organisation or coordinates there and can sign in."
    )
    field = "reviewer"


class NoRemark(BadInput):
    """Who returns a draft says what is wrong with it."""

    code = "no_remark"
    message = _("Say what to put right: whoever asked will read it.")
    field = "remark"


class ReviewOver(DomainError):
    """A review is answered or taken back once."""

    code = "review_over"
    message = _("This review is over: it was answered or taken back.")


class DraftChanged(DomainError):
    """One agrees to what one has read."""

    code = "draft_changed"
    message = _("The draft has changed since you opened it. Read it again, then answer.")


@action(rules.coordinates_agreement, on=Agreement, lock=True)
def ask_review(actor: Actor, agreement: Agreement, *, reviewer: UUID) -> Review:
    """Ask the holder of a post (``reviewer``) of the base to read a draft; they get a task.

    Asked once more, it is the same review; another one asked takes the place of who has not
    answered yet. Raises ``AgreementNotDraft``, ``ClusterClosed`` and ``NoReviewer``.
    """
    _require_draft(agreement)
    require_open(agreement.cluster)
    house = agreement.cluster.base
    post = reviewers(house, actor.person).filter(public_id=reviewer).first()
    if post is None:
        raise NoReviewer
    waiting = agreement.reviews.waiting().select_related("house").first()
    if waiting and waiting.post_id == post.pk:
        return waiting
    if waiting:
        _close(actor, waiting, State.WITHDRAWN)
    if not agreement.mark:  # Drawn before drafts had marks.
        _redraw(agreement)
    review = Review.objects.create(
        agreement=agreement, house=house, post=post, asked_by_id=actor.person
    )
    give_task(actor, house.public_id, task=_task(review, post))
    return review


@action(rules.reviews, on=Review)
def agree_review(actor: Actor, review: Review, *, seen: str) -> None:
    """Agree to a draft whose mark was ``seen``: until it changes it may be sent.

    Raises ``ReviewOver`` and ``DraftChanged``.
    """
    agreement = _awaited(review)
    _require_seen(agreement, seen)
    _close(actor, review, State.AGREED, mark=agreement.mark)
    _answer(review, has_agreed(review))


@action(rules.reviews, on=Review)
def return_review(actor: Actor, review: Review, *, remark: str) -> None:
    """Return a draft with a remark. Raises ``NoRemark`` and ``ReviewOver``."""
    if not remark.strip():
        raise NoRemark
    _awaited(review)
    review.remark = remark.strip()
    _close(actor, review, State.RETURNED, remark=review.remark)
    _answer(review, is_returned(review))


@action(rules.asks_reviews, on=Review)
def take_review_back(actor: Actor, review: Review) -> None:
    """Ask for a review no more. Raises ``ReviewOver``."""
    _awaited(review)
    _close(actor, review, State.WITHDRAWN)


@action(rules.orders_signing, on=Organisation, lock=True)
def switch_review_on(actor: Actor, organisation: Organisation) -> ReviewRule:
    """Let an organisation send agreements after a review only; switched on it stays as it is."""
    rule, new = ReviewRule.objects.get_or_create(organisation=organisation, until=None)
    if new:
        notify(actor, is_switched(organisation, on=True), [organisation.pk], REVIEWING)
    return rule


@action(rules.ends_review, on=ReviewRule, lock=True)
def switch_review_off(actor: Actor, rule: ReviewRule) -> None:
    """Let an organisation send agreements without a review again; who leads it is told."""
    if ReviewRule.objects.live().filter(pk=rule.pk).update(until=clock.now()):
        telling = is_switched(rule.organisation, on=False)
        notify(actor, telling, [rule.organisation_id], REVIEWING)


def _task(review: Review, post: Post) -> Assignment:
    text = gettext("Read the draft and agree to it or return it: %(title)s")
    return Assignment(
        text=(text % {"title": review.agreement.title})[:LONGEST],
        due=clock.today() + WITHIN,
        post=post,
        origin=review.origin,
        url=reverse("network:review", args=[review.public_id]),
    )


def _awaited(review: Review) -> Agreement:
    """Lock the draft, so that nobody edits or sends it meanwhile; the review still waits."""
    drafts = Agreement.objects.select_for_update(of=("self",)).select_related("cluster")
    agreement = drafts.get(pk=review.agreement_id)
    review.refresh_from_db()
    if not review.is_open:
        raise ReviewOver
    return agreement


def _require_seen(agreement: Agreement, seen: str) -> None:
    if agreement.mark != seen:
        raise DraftChanged


def _answer(review: Review, telling: Telling) -> None:
    if review.asked_by_id:
        tell_person(review.asked_by_id, telling)
