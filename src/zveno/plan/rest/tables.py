"""Plans that come as tables, for programs: brought, mended, entered."""

from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from ninja import Query, Schema

from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Computed, Endpoints, Given, Named, OneOf
from zveno.network.models import ClusterClosed
from zveno.plan import actions
from zveno.plan.models import Fate, PlanTable
from zveno.plan.rest.plans import Year
from zveno.ui.rest import Cell, Column, MendsGiven, OneOfTheTwo, TableGiven

router = Endpoints(tags=["plan tables"])


class PlanTableShown(Computed):
    """A plan brought as a table: how many of its rows have which fate."""

    cluster: Named
    year: int
    brought_at: datetime
    counts: dict[str, int]


class PlanRowShown(Schema):
    """A row of a plan: its fate, the item it became, what will be entered, what waits."""

    number: int
    fate: Annotated[str, OneOf(Fate)]
    item: str
    title: str
    values: dict[str, Any]
    doubts: dict[str, list[str]]

    @staticmethod
    def resolve_values(row: Any) -> dict[str, Any]:
        """Return what will be entered; nothing for a row that is left out."""
        values: dict[str, Any] = row.verdict.get("item", {})
        return values

    @staticmethod
    def resolve_doubts(row: Any) -> dict[str, list[str]]:
        """Return the codes of what keeps the row from being entered, by field."""
        return {field: [one["code"] for one in found] for field, found in row.doubts().items()}


class WholePlanTable(PlanTableShown):
    """A plan brought as a table, with its rows."""

    rows: list[PlanRowShown]


class PlanTablesAsked(Asked):
    """Which tables."""

    LOOKUPS: ClassVar = {"cluster": "cluster__public_id", "year": "year"}
    cluster: UUID | None = None
    year: Year | None = None


class PlanTableGiven(TableGiven):
    """A plan of the academic year that begins in ``year``, as a table."""

    year: Year


class PlanColumnsGiven(Given):
    """Which field each column holds; null for a column not to take."""

    mapping: dict[Column, Cell | None]


@router.lists("/plan-tables", PlanTableShown)
def plan_tables(request: Request, asked: Query[PlanTablesAsked]) -> object:
    """List the plans your organisation has brought as tables."""
    rows = PlanTable.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("cluster"), asked.after, asked.limit)


@router.shows("/plan-tables/{uuid:key}", WholePlanTable)
def plan_table(request: Request, key: UUID) -> object:
    """Show one with its rows."""
    return PlanTable.objects.visible_to(request.actor).select_related("cluster").pick(key)


@router.does(
    "/clusters/{uuid:key}",
    actions.bring_plan,
    makes=True,
    refuses=[ClusterClosed, OneOfTheTwo, actions.PlanUnreadable, actions.NothingPlanned],
)
def bring_plan(request: Request, key: UUID, body: PlanTableGiven) -> object:
    """Read a year's plan from a table; nothing is planned yet."""
    source = body.source()
    return actions.bring_plan(request.actor, key, year=body.year, source=source)


@router.does("/plan-tables/{uuid:key}", actions.mend_plan, refuses=[actions.PlanUnreadable])
def mend_plan(request: Request, key: UUID, body: MendsGiven) -> object:
    """Put values of a plan right, or say that they stay as they came."""
    said = body.said()
    return actions.mend_plan(request.actor, key, **said)


@router.does("/plan-tables/{uuid:key}", actions.map_plan_columns, refuses=[actions.PlanUnreadable])
def map_plan_columns(request: Request, key: UUID, body: PlanColumnsGiven) -> object:
    """Say which field each column of a plan holds."""
    mapping = {int(column): field for column, field in body.mapping.items()}
    return actions.map_plan_columns(request.actor, key, mapping=mapping)


@router.does(
    "/plan-tables/{uuid:key}",
    actions.enter_plan,
    refuses=[ClusterClosed, actions.PlanUnreadable],
)
def enter_plan(request: Request, key: UUID) -> object:
    """Make items of the rows that are ready; the others stay in the table."""
    return actions.enter_plan(request.actor, key)
