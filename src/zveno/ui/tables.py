"""The form of a table, pasted or as a file."""

import base64
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from zveno.ui.inputs import PastedField

MEGABYTE = 1024 * 1024


class PastedOrNot(PastedField):
    """Rows of a table, unless there is a file: the form asks for one of the two."""

    def validate(self, value: str) -> None:
        """Let it be empty."""


class FileOrNot(forms.FileField):
    """A file, unless there are rows: the form asks for one of the two."""

    def validate(self, value: object) -> None:
        """Let it be missing."""


class TableForm(forms.Form):
    """A table, pasted into the field ``pasted`` or as a file of at most ``megabytes``."""

    use_required_attribute = False
    megabytes: ClassVar = 5
    pasted: ClassVar = "text"

    text = PastedOrNot(
        label=_("Paste from Excel, Word or an email"),
        help_text=_("Columns in any order. Headings and totals can stay."),
    )
    file = FileOrNot(
        label=_("Or a file"),
        help_text=_("XLSX, ODS, DOCX or CSV, up to 5 MB"),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xlsx,.xlsm,.ods,.docx,.docm,.csv,.txt,.tsv"}),
    )

    def clean_file(self) -> "UploadedFile[Any] | None":
        """Refuse what is too large."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > self.megabytes * MEGABYTE:
            words = _("The file is larger than %(size)s MB. Keep only the list.")
            raise forms.ValidationError(words, params={"size": self.megabytes})
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        given = super().clean() or self.cleaned_data
        pasted, file = given.get(self.pasted, "").strip(), given.get("file")
        if not self.errors and pasted and file:
            self.add_error("file", _("Keep only one: the pasted rows or the file."))
        if not self.errors and not pasted and not file:
            self.add_error(self.pasted, _("Paste the rows of the table or choose a file."))
        return given

    def source(self) -> dict[str, str]:
        """Return the table as verbs take it."""
        file = self.cleaned_data["file"]
        if not file:
            return {"text": self.cleaned_data[self.pasted]}
        return {"file": base64.b64encode(file.read()).decode(), "name": file.name[-200:]}


def column_name(column: Mapping[str, Any]) -> str:
    """Name the choice of what a column holds, in a form."""
    return f"column-{column['index']}"


def column_header(column: Mapping[str, Any]) -> str:
    """Name a column as its table does, else by its number."""
    number: int = column["index"] + 1
    return column["header"] or str(_("Column %(number)s") % {"number": number})


def column_choice(
    column: Mapping[str, Any], fields: Iterable[tuple[str, Any]], **attributes: str
) -> forms.ChoiceField:
    """Ask what a column holds: one of ``fields``, or nothing that is taken."""
    label = _("What the column “%(header)s” holds") % {"header": column_header(column)}
    return forms.ChoiceField(
        label=label,
        required=False,
        initial=column["field"] or "",
        choices=[("", _("Ignore")), ("number", _("Number")), *fields],
        widget=forms.Select({"class": "sel sel--s", "aria-label": label, **attributes}),
    )
