"""The form of a unit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.organisations.actions import UnitFacts
from zveno.organisations.models import Unit
from zveno.ui.inputs import LineField


class UnitForm(forms.Form):
    """What is told of a unit; a new one may lie in another."""

    kind = forms.ChoiceField(label=_("What it is"), choices=Unit.Kind.choices)
    name = LineField(label=_("Name of the unit"), max_length=200)
    address = LineField(
        label=_("Address"),
        max_length=400,
        required=False,
        help_text=_("If it differs from that of the organisation"),
    )

    def __init__(self, others: list[Unit] | None, data: Any = None, **given: Any) -> None:
        super().__init__(data, **given)
        if others:
            self.fields["above"] = forms.ChoiceField(
                label=_("Where it belongs"),
                required=False,
                choices=[
                    ("", _("The organisation itself")),
                    *((str(one.public_id), one.name) for one in others),
                ],
            )

    def facts(self) -> UnitFacts:
        """Return it as the verbs take it."""
        given = self.cleaned_data
        return UnitFacts(given["kind"], given["name"], given["address"])
