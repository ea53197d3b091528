"""Forms of a table of children of many schools: the table, and whose its unclear rows are."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.organisations.models import Organisation
from zveno.ui.tables import TableForm


class TableOfManyForm(TableForm):
    """A table, pasted or as a file."""

    megabytes = 20

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["text"].help_text = _("School or its INN, name and class, one child per row")
        self.fields["file"].help_text = _("XLSX, ODS, DOCX or CSV, up to 20,000 rows and 20 MB")


class HousesForm(forms.Form):
    """A school for each row shown; left open it stays unclear."""

    def __init__(
        self,
        numbers: Iterable[int],
        houses: Sequence[Organisation],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data)
        choices = [("", _("Not chosen")), *((str(one.public_id), str(one)) for one in houses)]
        for number in numbers:
            label = _("School of row %(number)s") % {"number": number}
            self.fields[f"house-{number}"] = forms.ChoiceField(
                label=label,
                required=False,
                choices=choices,
                widget=forms.Select({"class": "sel sel--s", "aria-label": label}),
            )

    def houses(self) -> dict[int, UUID]:
        """Return the choices as the verb takes them."""
        given = self.cleaned_data.items()
        return {int(name.partition("-")[2]): UUID(key) for name, key in given if key}
