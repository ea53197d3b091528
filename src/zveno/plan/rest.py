"""Plans for programs."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query
from pydantic import Field, StrictInt

from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Endpoints, Given, Named, OneOf, Shown
from zveno.plan import actions
from zveno.plan.models import Plan, PlanItem
from zveno.ui.rest import Line200, Maybe200

router = Endpoints(tags=["plan"])
ITEM = ("plan__cluster", "host", "obligation")


class PlanShown(Shown):
    """What a cluster means to do in the academic year that begins in September of ``year``."""

    cluster: Named
    year: int


class ItemShown(Shown):
    """A line of a plan; ``original_day`` stays when the item moves."""

    plan: PlanShown
    obligation: Shown | None
    host: Named
    title: str
    audience: str
    month: int
    original_day: date | None
    day: date | None
    state: Annotated[str, OneOf(PlanItem.State)]
    done_note: str


class PlansAsked(Asked):
    """Which plans."""

    LOOKUPS: ClassVar = {"cluster": "cluster__public_id", "year": "year"}
    cluster: UUID | None = None
    year: Annotated[int, Field(ge=2000, le=2100)] | None = None


class ItemsAsked(Asked):
    """Which items."""

    LOOKUPS: ClassVar = {
        "cluster": "plan__cluster__public_id",
        "year": "plan__year",
        "state": "state",
        "obligation": "obligation__public_id",
    }
    cluster: UUID | None = None
    year: Annotated[int, Field(ge=2000, le=2100)] | None = None
    state: Annotated[str, OneOf(PlanItem.State)] | None = None
    obligation: UUID | None = None


class ItemGiven(Given):
    """A line of the plan in a month of this academic year."""

    title: Line200
    month: Annotated[StrictInt, Field(ge=1, le=12)]
    audience: Maybe200 = ""


@router.lists("/plans", PlanShown)
def plans(request: Request, asked: Query[PlansAsked]) -> object:
    """List the plans of the clusters you belong to."""
    rows = Plan.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("cluster"), asked.after, asked.limit)


@router.lists("/plan-items", ItemShown)
def plan_items(request: Request, asked: Query[ItemsAsked]) -> object:
    """List the items of the plans you see."""
    rows = PlanItem.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related(*ITEM), asked.after, asked.limit)


@router.shows("/plan-items/{uuid:key}", ItemShown)
def plan_item(request: Request, key: UUID) -> object:
    """Show one item."""
    return PlanItem.objects.visible_to(request.actor).select_related(*ITEM).pick(key)


@router.does(
    "/obligations/{uuid:key}",
    actions.plan_obligation,
    makes=True,
    refuses=[actions.NotInForce, actions.NoSuchMonth, actions.AlreadyInPlan],
)
def plan_obligation(request: Request, key: UUID, body: ItemGiven) -> object:
    """Put an obligation into this academic year's plan of its cluster."""
    return actions.plan_obligation(request.actor, key, **body.model_dump())


routers = (router,)
