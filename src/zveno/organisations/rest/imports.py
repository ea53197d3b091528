"""Tables of organisations for programs: brought, read by the worker, mended, entered, undone."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Schema
from pydantic import Field

from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Computed, Endpoints, Given, Named, OneOf, Shown
from zveno.organisations import actions
from zveno.organisations.models import Import, ImportRow
from zveno.ui.rest import Cell, Column, MendsGiven, OneOfTheTwo, TableGiven

router = Endpoints(tags=["imports of organisations"])
HIGHEST = 100_000
Held = Literal["number", "name", "inn", "kpp", "ogrn", "kind", "email", "phone"]
Line = Annotated[int, Field(strict=True, ge=1, le=100)]


class ImportShown(Computed):
    """A table of organisations: how far it is; while the worker is at it, ``done`` of ``total``."""

    owner: Named
    state: Annotated[str, OneOf(Import.State)]
    brought_at: datetime
    done: int
    total: int


class ImportColumnShown(Schema):
    """A column of the table: its heading and what it is taken for."""

    index: int
    header: str | None
    field: str | None


class WholeImport(ImportShown):
    """A table of organisations with its columns and how many of its rows have which fate."""

    columns: list[ImportColumnShown]
    refusal: dict[str, Any]
    counts: dict[str, int]


class ImportRowShown(Schema):
    """A row: what was understood, what has become of it, what keeps it from being entered."""

    number: int
    fate: Annotated[str, OneOf(ImportRow.Fate)]
    organisation: Shown | None
    values: dict[str, Any]
    doubts: dict[str, list[str]]

    @staticmethod
    def resolve_values(row: ImportRow) -> Any:
        """Return what was understood of each field."""
        return row.verdict["values"]

    @staticmethod
    def resolve_doubts(row: ImportRow) -> dict[str, list[str]]:
        """Return the codes of what keeps the row from being entered, by field."""
        return {field: [one["code"] for one in found] for field, found in row.doubts().items()}


class ImportRowsShown(Schema):
    """A part of the rows; ``next`` goes into ``after`` for the following one, null at the end."""

    items: list[ImportRowShown]
    next: int | None


class RowsAsked(Schema):
    """Which rows: those after a number, of one fate or of all."""

    fate: Annotated[str, OneOf(ImportRow.Fate)] | None = None
    after: int = Field(0, ge=0, le=HIGHEST, description="`next` of the part before")
    limit: int = Field(50, ge=1, le=200)


class ChoicesGiven(Given):
    """Which field each column holds (null: do not take it), the lines of headings, hidden parts.

    ``remember`` says, for tables to come, what headings mean.
    """

    mapping: dict[Column, Held | None] = {}
    headings: tuple[Line, Line] | None = None
    hidden_sheets: Annotated[list[Cell], Field(max_length=100)] = []
    hidden_rows: Annotated[bool, Field(strict=True)] = False
    remember: dict[Cell, Held | None] = {}

    def choices(self) -> dict[str, Any]:
        """Return them as the verb takes them."""
        hidden = {"sheets": self.hidden_sheets, "rows": self.hidden_rows}
        headings = {"headings": [*self.headings]} if self.headings else {}
        return {"mapping": self.mapping, "hidden": hidden} | headings


@router.lists("/organisation-imports", ImportShown)
def organisation_imports(request: Request, asked: Query[Asked]) -> object:
    """List the tables of organisations that your organisation has brought."""
    rows = Import.objects.visible_to(request.actor).select_related("owner")
    return part_of(rows.defer("source", "asides"), asked.after, asked.limit)


@router.shows("/organisation-imports/{uuid:key}", WholeImport)
def organisation_import(request: Request, key: UUID) -> object:
    """Show how far one table is."""
    rows = Import.objects.visible_to(request.actor).select_related("owner")
    return rows.defer("source", "asides").pick(key)


@router.shows("/organisation-imports/{uuid:key}/rows", ImportRowsShown)
def organisation_import_rows(request: Request, key: UUID, asked: Query[RowsAsked]) -> object:
    """Show rows of one table in its order."""
    brought = Import.objects.visible_to(request.actor).defer("source").pick(key)
    fates = [asked.fate] if asked.fate else ImportRow.Fate.values
    rows = ImportRow.objects.visible_to(request.actor).filter(of=brought, number__gt=asked.after)
    found = list(rows.fated(*fates).select_related("organisation")[: asked.limit + 1])
    more = len(found) > asked.limit
    return {"items": found[: asked.limit], "next": found[asked.limit - 1].number if more else None}


@router.does(
    "/organisations/{uuid:key}", actions.bring_organisations, makes=True, refuses=[OneOfTheTwo]
)
def bring_organisations(request: Request, key: UUID, body: TableGiven) -> object:
    """Let a table of organisations be read, for which this one will answer; none is entered yet."""
    source = body.source()
    return actions.bring_organisations(request.actor, key, source=source)


@router.does("/organisation-imports/{uuid:key}", actions.choose_columns, refuses=[actions.AtWork])
def choose_columns(request: Request, key: UUID, body: ChoicesGiven) -> object:
    """Say what the columns, headings and hidden parts of a table are; it is read anew."""
    choices = body.choices()
    return actions.choose_columns(request.actor, key, choices=choices, remember=body.remember)


@router.does(
    "/organisation-imports/{uuid:key}", actions.mend_organisations, refuses=[actions.AtWork]
)
def mend_organisations(request: Request, key: UUID, body: MendsGiven) -> object:
    """Put values of a table right, or say that they stay as they came; it is read anew."""
    said = body.said()
    return actions.mend_organisations(request.actor, key, **said)


@router.does(
    "/organisation-imports/{uuid:key}", actions.enter_organisations, refuses=[actions.AtWork]
)
def enter_organisations(request: Request, key: UUID) -> object:
    """Let the rows that are ready become organisations; the worker does it, part by part."""
    return actions.enter_organisations(request.actor, key)


@router.does("/organisation-imports/{uuid:key}", actions.undo_import, refuses=[actions.AtWork])
def undo_import(request: Request, key: UUID) -> object:
    """Take back the organisations that a table entered; what is in use stays."""
    return actions.undo_import(request.actor, key)
