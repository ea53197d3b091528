"""Forms of a list of children: the list, what its columns hold, its rows mended in place."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.learners.facts import FIELDS
from zveno.learners.models import ChildList, ChildListRow, class_of
from zveno.organisations.models import Organisation
from zveno.ui import held
from zveno.ui.held import Said
from zveno.ui.inputs import LineField
from zveno.ui.tables import TableForm, column_choice, column_header, column_name

ROWS = _("Name and class, one child per line, columns in any order")
NO_CLASS = _("There is no such class. Write it like this: 7А.")


class BringForm(TableForm):
    """A list, pasted or as a file, and the class of those who have none in it."""

    megabytes = 20

    label = LineField(
        label=_("Class, if the list does not give it"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "size": "8"}),
    )
    field_order = ("text", "file", "label")

    def __init__(self, owner: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_groups = owner.kind == Organisation.Kind.PRESCHOOL
        if self.has_groups:
            self.fields["label"].label = _("Group, if the list does not give it")
        self.fields["text"].label = _("Paste the list from a table, a document or a message")
        self.fields["text"].help_text = _(
            "Name and class, one child per line, columns in any order"
        )
        self.fields["file"].help_text = _("XLSX, ODS, DOCX or CSV, up to 20,000 rows and 20 MB")

    def clean_label(self) -> str:
        """Take a class as it is written, or the name of a group."""
        label: str = self.cleaned_data["label"]
        if not label or self.has_groups:
            return label
        found = class_of(label)
        if found is None:
            raise forms.ValidationError(NO_CLASS)
        return f"{found[0]}{found[1]}"


class ColumnsForm(forms.Form):
    """What each column of a list holds."""

    def __init__(self, brought: ChildList, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.list_columns = brought.columns
        for column in brought.columns:
            self.fields[column_name(column)] = column_choice(column, FIELDS.items())

    def mapping(self) -> dict[int, str | None]:
        """Return the choices as the verb takes them."""
        given = self.cleaned_data
        return {one["index"]: given[column_name(one)] or None for one in self.list_columns}

    def columns(self) -> list[tuple[str, list[str], forms.BoundField, bool]]:
        """Name each column, a few of its values, its choice, and whether its heading told it."""
        return [
            (column_header(one), one["samples"], self[column_name(one)], one["sure"])
            for one in self.list_columns
        ]


def said(brought: ChildList, rows: Iterable[ChildListRow], data: Mapping[str, str]) -> Said:
    """Read what was said of held rows, and of those that repeat another."""
    rows = list(rows)
    back = [row for row in rows if row.fate == ChildListRow.Fate.HELD]
    twins = [row for row in rows if row.fate != ChildListRow.Fate.HELD]
    # What is to stay as it came is not mended by what was proposed for it.
    kept = f"cell-{data.get('keep')}"
    typed = {name: value for name, value in data.items() if name != kept}
    return held.said(held.held_cells(back, brought.mends), twins, typed)
