"""Reviews of drafts for programs: a person reads and answers, so programs only ask."""

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query

from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Endpoints, Given, OneOf, Shown
from zveno.network import actions
from zveno.network.models import ClusterClosed, Review

router = Endpoints(tags=["agreements"])


class ReviewShown(Shown):
    """That a colleague was asked to read a draft; `holds` while the draft may be sent by it."""

    agreement: Shown
    post: Shown
    state: Annotated[str, OneOf(Review.State)]
    asked_at: datetime
    answered_at: datetime | None
    remark: str
    holds: bool


class ReviewsAsked(Asked):
    """Which reviews."""

    LOOKUPS: ClassVar = {"agreement": "agreement__public_id", "state": "state"}
    agreement: UUID | None = None
    state: Annotated[str, OneOf(Review.State)] | None = None


class ReviewGiven(Given):
    """The key of the post whose holder is asked."""

    reviewer: UUID


@router.lists("/reviews", ReviewShown)
def reviews(request: Request, asked: Query[ReviewsAsked]) -> object:
    """List the reviews of drafts inside your organisation."""
    rows = Review.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("agreement__cluster", "post"), asked.after, asked.limit)


@router.does(
    "/agreements/{uuid:key}",
    actions.ask_review,
    makes=True,
    refuses=[actions.AgreementNotDraft, ClusterClosed, actions.NoReviewer],
)
def ask_review(request: Request, key: UUID, body: ReviewGiven) -> object:
    """Ask a colleague to read a draft before it is sent: they get a task."""
    return actions.ask_review(request.actor, key, reviewer=body.reviewer)


@router.does("/reviews/{uuid:key}", actions.take_review_back, refuses=[actions.ReviewOver])
def take_review_back(request: Request, key: UUID) -> object:
    """Ask for a review no more."""
    return actions.take_review_back(request.actor, key)
