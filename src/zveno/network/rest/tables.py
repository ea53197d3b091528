"""Lists of members for programs: a table is brought, mended and accepted."""

from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from ninja import Query, Schema

from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Computed, Endpoints, Given, Named, OneOf
from zveno.network import actions
from zveno.network.models import ClusterClosed, Fate, MemberList
from zveno.ui.rest import Cell, Column, MendsGiven, OneOfTheTwo, TableGiven

router = Endpoints(tags=["member lists"])


class ListShown(Computed):
    """A table of future members: how many of its rows have which fate."""

    cluster: Named
    brought_at: datetime
    accepted_at: datetime | None
    counts: dict[str, int]


class RowShown(Schema):
    """A row of a table: what was understood, what has become of it, what waits to be mended."""

    number: int
    fate: Annotated[str, OneOf(Fate)]
    organisation: str
    values: dict[str, Any]
    doubts: dict[str, list[str]]

    @staticmethod
    def resolve_doubts(row: Any) -> dict[str, list[str]]:
        """Return the codes of what keeps the row from being accepted, by field."""
        return {field: [one["code"] for one in found] for field, found in row.doubts().items()}


class WholeList(ListShown):
    """A table of future members with its rows."""

    rows: list[RowShown]


class ListsAsked(Asked):
    """Which lists."""

    LOOKUPS: ClassVar = {"cluster": "cluster__public_id"}
    cluster: UUID | None = None


class ColumnsGiven(Given):
    """Which field each column holds; null for a column not to take."""

    mapping: dict[Column, Cell | None]


@router.lists("/member-lists", ListShown)
def member_lists(request: Request, asked: Query[ListsAsked]) -> object:
    """List the tables your organisation has brought."""
    rows = MemberList.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("cluster"), asked.after, asked.limit)


@router.shows("/member-lists/{uuid:key}", WholeList)
def member_list(request: Request, key: UUID) -> object:
    """Show one table with its rows."""
    return MemberList.objects.visible_to(request.actor).select_related("cluster").pick(key)


@router.does(
    "/clusters/{uuid:key}",
    actions.bring_members,
    makes=True,
    refuses=[ClusterClosed, OneOfTheTwo, actions.TableUnreadable, actions.NoRows],
)
def bring_members(request: Request, key: UUID, body: TableGiven) -> object:
    """Read a table of future members; nobody is added yet."""
    source = body.source()
    return actions.bring_members(request.actor, key, source=source)


@router.does("/member-lists/{uuid:key}", actions.mend_rows, refuses=[actions.TableUnreadable])
def mend_rows(request: Request, key: UUID, body: MendsGiven) -> object:
    """Put values of a table right, or say that they stay as they came."""
    said = body.said()
    return actions.mend_rows(request.actor, key, **said)


@router.does("/member-lists/{uuid:key}", actions.map_columns, refuses=[actions.TableUnreadable])
def map_columns(request: Request, key: UUID, body: ColumnsGiven) -> object:
    """Say which field each column of a table holds."""
    mapping = {int(column): field for column, field in body.mapping.items()}
    return actions.map_columns(request.actor, key, mapping=mapping)


@router.does(
    "/member-lists/{uuid:key}",
    actions.accept_members,
    refuses=[ClusterClosed, actions.TableUnreadable],
)
def accept_members(request: Request, key: UUID) -> object:
    """Make members of the rows that are ready; the others stay on the list."""
    return actions.accept_members(request.actor, key)
