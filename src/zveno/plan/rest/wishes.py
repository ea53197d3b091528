"""Wishes of members for programs."""

from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query

from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Endpoints, Given, Named, OneOf, Shown
from zveno.network.models import ClusterClosed
from zveno.plan import actions
from zveno.plan.models import Wish
from zveno.plan.rest.plans import Year
from zveno.ui.rest import Line400

router = Endpoints(tags=["plan"])


class WishShown(Shown):
    """What a member wishes for a year's plan, and what became of it; ``item``: it is planned."""

    cluster: Named
    year: int
    member: Named
    title: str
    audience: str
    month: int
    hosts: bool
    note: str
    state: Annotated[str, OneOf(Wish.State)]
    item: Shown | None
    declined_why: str


class WishesAsked(Asked):
    """Which wishes."""

    LOOKUPS: ClassVar = {
        "cluster": "wisher__round__cluster__public_id",
        "year": "wisher__round__year",
    }
    cluster: UUID | None = None
    year: Year | None = None


class WishDeclineGiven(Given):
    """Why a wish is declined."""

    reason: Line400


@router.lists("/plan-wishes", WishShown)
def plan_wishes(request: Request, asked: Query[WishesAsked]) -> object:
    """List the wishes for plans you make, and those of your organisation."""
    rows = Wish.objects.visible_to(request.actor).filter(**asked.chosen())
    rows = rows.select_related("wisher__organisation", "wisher__round__cluster", "item")
    return part_of(rows, asked.after, asked.limit)


@router.does(
    "/plan-wishes/{uuid:key}",
    actions.plan_wish,
    makes=True,
    refuses=[ClusterClosed, actions.WishDecided, actions.HostOutside, actions.AlreadyInPlan],
)
def plan_wish(request: Request, key: UUID) -> object:
    """Make an item of the plan of a wish."""
    return actions.plan_wish(request.actor, key)


@router.does("/plan-wishes/{uuid:key}", actions.decline_wish, refuses=[actions.WishDecided])
def decline_wish(request: Request, key: UUID, body: WishDeclineGiven) -> object:
    """Decline a wish with a reason, which the member reads."""
    return actions.decline_wish(request.actor, key, reason=body.reason)
