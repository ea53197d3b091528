"""Forms of an import: the table, what its columns hold, its rows mended in place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.organisations.facts import FIELDS
from zveno.organisations.models import Import, ImportRow, Organisation
from zveno.ui.tables import HeldCell, TableForm, column_header, column_name

LONGEST = 1000
WHOLE_ROW = "row"
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
        for column in brought.columns:
            self.fields[column_name(column)] = self._choice(column)
        self.sheets = _hidden_sheets(brought)
        for number, sheet in enumerate(self.sheets):
            label = _("Include the hidden sheet “%(sheet)s”") % {"sheet": sheet}
            taken = sheet in hidden.get("sheets", ())
            self.fields[f"sheet-{number}"] = forms.BooleanField(
                label=label, required=False, initial=taken
            )

    def _choice(self, column: Mapping[str, Any]) -> forms.ChoiceField:
        label = _("What the column “%(header)s” holds") % {"header": column_header(column)}
        fields = [(name, FIELDS[name]) for name in TAKEN]
        return forms.ChoiceField(
            label=label,
            required=False,
            initial=column["field"] or "",
            choices=[("", _("Ignore")), ("number", _("Number")), *fields],
            widget=forms.Select({"class": "sel sel--s", "aria-label": label}),
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


def held_cells(brought: Import, rows: Iterable[ImportRow]) -> list[HeldCell]:
    """List what keeps rows from being entered, in the order of the table."""
    return [
        HeldCell(row, field, _shown(brought, row, field, findings), findings)
        for row in rows
        for field, findings in row.doubts().items()
    ]


def _shown(brought: Import, row: ImportRow, field: str, findings: list[Mapping[str, Any]]) -> str:
    mended = brought.mends.get(str(row.number), {}).get(field)
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


def said(brought: Import, rows: Iterable[ImportRow], data: Mapping[str, str]) -> Said:
    """Read what was typed into cells (``cell-6-inn``) and which button was pressed.

    ``take`` names a cell to take the suggestion for, ``keep`` one to leave as it came; a row
    that repeats another is kept as ``<number>-row``.
    """
    heard, rows = Said(), list(rows)
    for row in rows:
        if row.fate != ImportRow.Fate.HELD and data.get("keep") == f"{row.number}-{WHOLE_ROW}":
            heard.kept[row.number] = [WHOLE_ROW]
    held = [row for row in rows if row.fate == ImportRow.Fate.HELD]
    for cell in held_cells(brought, held):
        typed = data.get(f"cell-{cell.key}", cell.value).replace("\0", "")[:LONGEST]
        if data.get("take") == cell.key:
            typed = cell.suggestion or typed
        if typed != cell.value and cell.field != WHOLE_ROW:
            heard.mends.setdefault(cell.row.number, {})[cell.field] = typed
        if data.get("keep") == cell.key and cell.may_stay:
            heard.kept.setdefault(cell.row.number, []).append(cell.field)
    return heard
