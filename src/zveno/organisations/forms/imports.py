"""Forms of an import: the table, what its columns hold, its rows mended in place."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.organisations.facts import FIELDS
from zveno.organisations.models import Import, ImportRow, Organisation
from zveno.ui import held
from zveno.ui.held import Said
from zveno.ui.tables import TableForm, column_choice, column_header, column_name

TAKEN = ("name", "inn", "kpp", "ogrn", "kind", "email", "phone")
MOST_HEADINGS = 3


class BringForm(TableForm):
    """A table, pasted or as a file, and who answers for what is in it."""

    megabytes = 20

    owner: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        None,
        to_field_name="public_id",
        empty_label=None,
        label=_("Who is responsible for these organisations"),
        help_text=_("Until they have people of their own"),
    )
    field_order = ("owner", "text", "file")

    def __init__(self, owners: Any, *args: Any) -> None:
        super().__init__(*args)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        self.fields["owner"].initial = next(iter(owners[:1]), None)
        self.fields["file"].help_text = _("XLSX, ODS, DOCX or CSV, up to 20,000 rows and 20 MB")


class ColumnsForm(forms.Form):
    """What each column holds, where the headings stand, and what of the hidden is taken."""

    top = forms.IntegerField(
        label=_("Headings from line"), required=False, min_value=1, max_value=100
    )
    bottom = forms.IntegerField(label=_("to line"), required=False, min_value=1, max_value=100)
    rows = forms.BooleanField(label=_("Include hidden rows"), required=False)
    remember = forms.BooleanField(
        label=_("Remember for tables with the same headings"), required=False, initial=True
    )

    def __init__(self, brought: Import, data: Mapping[str, Any] | None = None) -> None:
        self.brought = brought
        chosen = brought.choices
        first, last = chosen.get("headings") or ("", "")
        hidden = chosen.get("hidden", {})
        initial = {"top": first, "bottom": last, "rows": hidden.get("rows", False)}
        super().__init__(data, initial=initial)
        fields = [(name, FIELDS[name]) for name in TAKEN]
        for column in brought.columns:
            self.fields[column_name(column)] = column_choice(column, fields)
        self.sheets = _hidden_sheets(brought)
        for number, sheet in enumerate(self.sheets):
            label = _("Include the hidden sheet “%(sheet)s”") % {"sheet": sheet}
            taken = sheet in hidden.get("sheets", ())
            self.fields[f"sheet-{number}"] = forms.BooleanField(
                label=label, required=False, initial=taken
            )

    def clean(self) -> dict[str, Any]:
        """Ask for headings on lines that follow each other."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("top"), given.get("bottom")
        if first and not self.errors and not 0 <= (last or first) - first < MOST_HEADINGS:
            self.add_error("bottom", _("Headings take one to three consecutive lines."))
        return given

    def choices(self) -> dict[str, Any]:
        """Return what was said, as the verb takes it."""
        given = self.cleaned_data
        sheets = [name for number, name in enumerate(self.sheets) if given[f"sheet-{number}"]]
        said: dict[str, Any] = {
            "mapping": {
                str(one["index"]): given[column_name(one)] or None
                for one in self.brought.columns
                if column_name(one) in self.changed_data or str(one["index"]) in self._before()
            },
            "hidden": {"sheets": sheets, "rows": given["rows"]},
        }
        if given["top"]:
            said["headings"] = [given["top"], given["bottom"] or given["top"]]
        return said

    def _before(self) -> Mapping[str, Any]:
        before: Mapping[str, Any] = self.brought.choices.get("mapping", {})
        return before

    def remembered(self) -> dict[str, str | None]:
        """Return what the headings mean, if this is to be remembered."""
        if not self.cleaned_data["remember"]:
            return {}
        return {
            one["header"]: self.cleaned_data[column_name(one)] or None
            for one in self.brought.columns
            if one["header"] and column_name(one) in self.changed_data
        }

    def columns(self) -> list[tuple[str, list[str], forms.BoundField, bool]]:
        """Name each column, a few of its values, its choice, and whether its heading told it."""
        return [
            (column_header(one), one["samples"], self[column_name(one)], one["sure"])
            for one in self.brought.columns
        ]

    def hidden(self) -> list[forms.BoundField]:
        """Return the questions about hidden sheets."""
        return [self[f"sheet-{number}"] for number in range(len(self.sheets))]


def _hidden_sheets(brought: Import) -> list[str]:
    asked = [r["facts"]["sheet"] for r in brought.remarks if r["code"] == "sheet_hidden"]
    before = brought.choices.get("hidden", {}).get("sheets", [])
    return sorted({*asked, *before})


def said(brought: Import, rows: Iterable[ImportRow], data: Mapping[str, str]) -> Said:
    """Read what was said of held rows, and of those that repeat another."""
    rows = list(rows)
    back = [row for row in rows if row.fate == ImportRow.Fate.HELD]
    twins = [row for row in rows if row.fate != ImportRow.Fate.HELD]
    return held.said(held.held_cells(back, brought.mends), twins, data)
