"""Forms of a plan that comes as a table: the table, its columns, its rows mended in place."""

from collections.abc import Mapping
from typing import Any

from django import forms

from zveno.plan.facts import FIELDS
from zveno.plan.models import Fate, PlanTable
from zveno.ui import held
from zveno.ui.held import HeldCell
from zveno.ui.tables import TableForm, column_choice, column_header, column_name


class BringForm(TableForm):
    """A plan of a year."""


class ColumnsForm(forms.Form):
    """What each column of a table holds."""

    def __init__(self, table: PlanTable, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.columns = list({one["index"]: one for one in table.verdicts["columns"]}.values())
        for column in self.columns:
            self.fields[column_name(column)] = column_choice(column, FIELDS.items(), form="columns")

    def mapping(self) -> dict[int, str | None]:
        """Return the choices as the verb takes them."""
        return {one["index"]: self.cleaned_data[column_name(one)] or None for one in self.columns}

    def rows(self) -> list[tuple[str, forms.BoundField, bool]]:
        """Name each column, its choice, and whether it was told by its heading."""
        return [(column_header(one), self[column_name(one)], one["sure"]) for one in self.columns]


def held_cells(table: PlanTable, fate: Fate) -> list[HeldCell]:
    """List what keeps rows of a fate from being entered, in the order of the table."""
    return held.held_cells([row for row in table.rows() if row.fate is fate], table.mends)


def said(table: PlanTable, data: Mapping[str, str]) -> held.Said:
    """Read what was said of held rows and of twins; ``keep_all`` keeps all that is asked alike."""
    cells = [*held_cells(table, Fate.HELD), *held_cells(table, Fate.TWIN)]
    heard = held.said(cells, [], data)
    for cell in cells:
        if data.get("keep_all") in codes_of(cell):
            heard.kept.setdefault(cell.row.number, []).append(cell.field)
    return heard


def codes_of(cell: HeldCell) -> set[str]:
    """Return what a cell is asked about, if it may stay and nothing else is asked of it."""
    codes = {one["code"] for one in cell.findings}
    return codes if cell.may_stay and len(codes) == 1 else set()
