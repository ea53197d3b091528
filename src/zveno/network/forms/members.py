"""Forms of a list of members: the table, its columns, its rows mended in place."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.kernel.actor import Actor
from zveno.network.models import Fate, MemberList
from zveno.organisations.facts import FIELDS
from zveno.organisations.forms.choosing import OrganisationField
from zveno.ui import held
from zveno.ui.held import HeldCell
from zveno.ui.tables import TableForm, column_choice, column_header, column_name


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
            self.fields[column_name(column)] = column_choice(column, FIELDS.items(), form="columns")

    def mapping(self) -> dict[int, str | None]:
        """Return the choices as the verb takes them."""
        return {one["index"]: self.cleaned_data[column_name(one)] or None for one in self.columns}

    def rows(self) -> list[tuple[str, forms.BoundField, bool]]:
        """Name each column, its choice, and whether it was told by its heading."""
        return [(column_header(one), self[column_name(one)], one["sure"]) for one in self.columns]


def held_cells(members: MemberList) -> list[HeldCell]:
    """List what keeps rows from being accepted, in the order of the table."""
    return held.held_cells([row for row in members.rows() if row.fate is Fate.HELD], members.mends)


def said(members: MemberList, data: Mapping[str, str]) -> held.Said:
    """Read what was said of held rows, and of those that repeat another."""
    twins = [row for row in members.rows() if row.fate is Fate.DUPLICATE]
    return held.said(held_cells(members), twins, data)
