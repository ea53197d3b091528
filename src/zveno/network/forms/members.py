"""Forms of a list of members: the table, its columns, its rows mended in place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.kernel.actor import Actor
from zveno.network.models import Fate, ListRow, MemberList
from zveno.organisations.facts import FIELDS
from zveno.organisations.forms.choosing import OrganisationField
from zveno.ui.tables import HeldCell, TableForm, column_header, column_name

LONGEST = 1000
WHOLE_ROW = "row"


class BringForm(TableForm):
    """A table of the members of a cluster."""


class ChooseForm(forms.Form):
    """One organisation of the register that joins a cluster."""

    organisation: OrganisationField

    def __init__(self, actor: Actor, *args: Any) -> None:
        super().__init__(*args)
        self.fields["organisation"] = OrganisationField(
            actor,
            label=_("Organisation"),
            help_text=_("Name, number or INN: «47» finds «Школа № 47»"),
        )

    def source(self) -> dict[str, str]:
        """Return it as a table of one row."""
        chosen = self.cleaned_data["organisation"]
        return {"text": f"Наименование\tИНН\n{chosen.name}\t{chosen.inn}\n"}


class ColumnsForm(forms.Form):
    """What each column of a table holds."""

    def __init__(self, members: MemberList, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.columns = list({one["index"]: one for one in members.verdicts["columns"]}.values())
        for column in self.columns:
            label = _("What the column “%(header)s” holds") % {"header": column_header(column)}
            self.fields[column_name(column)] = forms.ChoiceField(
                label=label,
                required=False,
                initial=column["field"] or "",
                choices=[("", _("Ignore")), ("number", _("Number")), *FIELDS.items()],
                widget=forms.Select(
                    {"class": "sel sel--s", "aria-label": label, "form": "columns"}
                ),
            )

    def mapping(self) -> dict[int, str | None]:
        """Return the choices as the verb takes them."""
        return {one["index"]: self.cleaned_data[column_name(one)] or None for one in self.columns}

    def rows(self) -> list[tuple[str, forms.BoundField, bool]]:
        """Name each column, its choice, and whether it was told by its heading."""
        return [(column_header(one), self[column_name(one)], one["sure"]) for one in self.columns]


def held_cells(members: MemberList) -> list[HeldCell]:
    """List what keeps rows from being accepted, in the order of the table."""
    return [
        HeldCell(row, field, _shown(members, row, field, findings), findings)
        for row in members.rows()
        if row.fate is Fate.HELD
        for field, findings in row.doubts().items()
    ]


def _shown(
    members: MemberList, row: ListRow, field: str, findings: Sequence[Mapping[str, Any]]
) -> str:
    mended = members.mends.get(str(row.number), {}).get(field)
    came = next((one["before"] for one in findings if one["before"]), "")
    return str(came if mended is None else mended)


@dataclass(slots=True)
class Said:
    """What a person said about held rows, as the verb takes it."""

    mends: dict[int, dict[str, str]] = made(default_factory=dict)
    kept: dict[int, list[str]] = made(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return bool(self.mends or self.kept)


def said(members: MemberList, data: Mapping[str, str]) -> Said:
    """Read what was typed into cells (``cell-6-email``) and which buttons were pressed.

    ``take`` names a cell to take the suggestion for, ``keep`` one to leave as it came. What
    belongs to no held cell is not looked at.
    """
    heard = Said()
    for row in members.rows():
        if row.fate is Fate.DUPLICATE and data.get("keep") == f"{row.number}-{WHOLE_ROW}":
            heard.kept[row.number] = [WHOLE_ROW]
    for cell in held_cells(members):
        typed = data.get(f"cell-{cell.key}", cell.value).replace("\0", "")[:LONGEST]
        if data.get("take") == cell.key:
            typed = cell.suggestion or typed
        if typed != cell.value and cell.field != WHOLE_ROW:
            heard.mends.setdefault(cell.row.number, {})[cell.field] = typed
        if data.get("keep") == cell.key and cell.may_stay:
            heard.kept.setdefault(cell.row.number, []).append(cell.field)
    return heard
