"""The sections of a plan, as they are named and ordered."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.plan.actions import KeptSection
from zveno.ui.inputs import LineField

if TYPE_CHECKING:
    _RowsOfForms = forms.BaseFormSet["SectionForm"]
else:
    _RowsOfForms = forms.BaseFormSet

MOST = 30


class SectionForm(forms.Form):
    """A section; one that is known has a key, one without a name goes."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    place = forms.IntegerField(
        label=_("No."),
        required=False,
        min_value=1,
        max_value=MOST,
        widget=forms.NumberInput({"class": "inp", "size": "3"}),
    )
    name = LineField(
        label=_("Name of the section"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"class": "inp"}),
    )


class WholeSections(_RowsOfForms):
    """The rows as a whole: what is missing was not emptied."""

    def clean(self) -> None:
        """Refuse a form that was cut off."""
        if any(row.add_prefix("name") not in self.data for row in self.forms):
            raise forms.ValidationError(_("Part of the form was lost. Reload the page."))


SectionsForm = forms.formset_factory(
    SectionForm, formset=WholeSections, extra=2, max_num=MOST, absolute_max=MOST
)
"""The sections of a plan, and places for two more."""


def sections_in(rows: Iterable[SectionForm]) -> list[KeptSection]:
    """Return what was given, by number; what has none comes last."""
    given = [row.cleaned_data for row in rows]
    ordered = sorted(given, key=lambda one: one.get("place") or MOST + 1)
    return [
        KeptSection(one.get("name", ""), one.get("key"))
        for one in ordered
        if one.get("name") or one.get("key")
    ]
