"""Items of plans for programs."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query
from pydantic import Field, StrictInt

from zveno.kernel.http import Request
from zveno.kernel.meanwhile import ChangedMeanwhile
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Day, Endpoints, Given, Named, OneOf, Shown
from zveno.network.models import ClusterClosed
from zveno.plan import actions
from zveno.plan.models import PlanItem
from zveno.plan.rest.plans import PlanShown, Year
from zveno.ui.rest import Line200, Line400, Maybe200, Maybe400

router = Endpoints(tags=["plan"])
ITEM = ("plan__cluster", "section", "host", "obligation")
REFUSES = [
    ClusterClosed,
    actions.NoSuchMonth,
    actions.DayOutside,
    actions.HostOutside,
    actions.NoSuchSection,
    actions.AlreadyInPlan,
]


class ItemShown(Shown):
    """A line of a plan; ``original_day`` stays when the item moves.

    ``moves`` counts how often; ``by_event``: an event made of it sets the day.
    """

    plan: PlanShown
    section: Named | None
    obligation: Shown | None
    host: Named
    kind: Annotated[str, OneOf(PlanItem.Kind)]
    title: str
    audience: str
    venue: str
    responsible: str
    note: str
    month: int
    original_day: date | None
    day: date | None
    moves: int
    by_event: bool
    state: Annotated[str, OneOf(PlanItem.State)]
    done_note: str
    report: str
    cancelled_why: str


class ItemsAsked(Asked):
    """Which items."""

    LOOKUPS: ClassVar = {
        "cluster": "plan__cluster__public_id",
        "year": "plan__year",
        "state": "state",
        "obligation": "obligation__public_id",
    }
    cluster: UUID | None = None
    year: Year | None = None
    state: Annotated[str, OneOf(PlanItem.State)] | None = None
    obligation: UUID | None = None


class PlanItemGiven(Given):
    """What is planned: on a day, or in the course of a month."""

    title: Line200
    host: UUID
    month: Annotated[StrictInt, Field(ge=1, le=12)] | None = None
    day: Day | None = None
    section: UUID | None = None
    audience: Maybe200 = ""
    venue: Maybe200 = ""
    responsible: Maybe200 = ""
    note: Maybe400 = ""
    kind: Annotated[str, OneOf(PlanItem.Kind)] = PlanItem.Kind.EVENT.value

    def facts(self) -> actions.ItemFacts:
        """Return it as the verbs take it."""
        return actions.ItemFacts(**self.model_dump(include=set(PlanItemGiven.model_fields)))


class NewItemGiven(PlanItemGiven):
    """An item of the academic year that begins in ``year``."""

    year: Year


class ChangedItemGiven(PlanItemGiven):
    """An item put right or moved; ``seen``: what you read, so that nobody's change is lost."""

    seen: PlanItemGiven | None = None


class ItemCancelGiven(Given):
    """Why an item is cancelled."""

    reason: Line400


class ItemReportGiven(Given):
    """How an item was carried out, and when."""

    day: Day
    report: Line400


class ItemGiven(Given):
    """A line of the plan in a month of this academic year."""

    title: Line200
    month: Annotated[StrictInt, Field(ge=1, le=12)]
    audience: Maybe200 = ""


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


@router.does("/clusters/{uuid:key}", actions.add_item, makes=True, refuses=REFUSES)
def add_item(request: Request, key: UUID, body: NewItemGiven) -> object:
    """Add an item to a year's plan of a cluster."""
    return actions.add_item(request.actor, key, year=body.year, facts=body.facts())


@router.does(
    "/plan-items/{uuid:key}",
    actions.change_item,
    refuses=[*REFUSES, actions.ItemOver, actions.HasEvent, ChangedMeanwhile],
)
def change_item(request: Request, key: UUID, body: ChangedItemGiven) -> object:
    """Put an item right or move it."""
    seen = body.seen.told() if body.seen else {}
    return actions.change_item(request.actor, key, facts=body.facts(), seen=seen)


class ItemTakenGiven(Given):
    """Into which cluster an item is copied, and who hosts it there."""

    cluster: UUID
    host: UUID


@router.does(
    "/plan-items/{uuid:key}",
    actions.take_item,
    makes=True,
    refuses=[ClusterClosed, actions.HostOutside, actions.AlreadyInPlan],
)
def take_item(request: Request, key: UUID, body: ItemTakenGiven) -> object:
    """Copy an item into the plan of another cluster, which you make as well."""
    return actions.take_item(request.actor, key, **body.model_dump())


@router.does(
    "/plan-items/{uuid:key}",
    actions.cancel_item,
    refuses=[ClusterClosed, actions.ItemOver, actions.HasEvent],
)
def cancel_item(request: Request, key: UUID, body: ItemCancelGiven) -> object:
    """Cancel an item; it stays in the plan with the reason."""
    return actions.cancel_item(request.actor, key, reason=body.reason)


@router.does(
    "/plan-items/{uuid:key}", actions.restore_item, refuses=[ClusterClosed, actions.NotCancelled]
)
def restore_item(request: Request, key: UUID) -> object:
    """Take a cancellation back."""
    return actions.restore_item(request.actor, key)


@router.does(
    "/plan-items/{uuid:key}",
    actions.report_item,
    refuses=[actions.ItemOver, actions.HasEvent, actions.DayOutside, actions.NotYet],
)
def report_item(request: Request, key: UUID, body: ItemReportGiven) -> object:
    """Note how an item was carried out; said again, it is corrected."""
    return actions.report_item(request.actor, key, report=body.report, day=body.day)
