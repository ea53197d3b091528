"""A district that is not in the list yet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.organisations.models import Territory
from zveno.ui.inputs import LineField


class DistrictForm(forms.Form):
    """The region a district belongs to, its name, and how papers write it."""

    region: "forms.ModelChoiceField[Territory]" = forms.ModelChoiceField(
        None, to_field_name="public_id", empty_label=_("Choose"), label=_("Region")
    )
    name = LineField(
        label=_("District or city"),
        max_length=200,
        help_text=_("The official name, such as «Гдовский район»"),
    )
    genitive = LineField(
        label=_("How agreements write it"),
        max_length=200,
        required=False,
        help_text=_("The name in the genitive: «Гдовского района». Leave blank to have it formed"),
    )

    def __init__(self, regions: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]
