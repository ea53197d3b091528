"""Whose installation this is, and where it stands."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zveno.kernel import engines
from zveno.organisations.facts import sentence
from zveno.organisations.models import Organisation, regions
from zveno.ui.inputs import LineField, ZoneField, offer


class HouseForm(forms.Form):
    """Whose installation this is."""

    kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        choices=Organisation.Kind.choices,
        initial=Organisation.Kind.COLLEGE,
    )
    name = LineField(
        label=_("Full name of the organisation"),
        max_length=300,
        help_text=_("As in the charter, with the legal form"),
    )
    inn = forms.CharField(
        label=_("INN"),
        max_length=40,
        required=False,
        help_text=_("10 digits. You can add it later."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_inn(self) -> str:
        """Judge it as the INN of a table is judged; return its digits."""
        typed: str = self.cleaned_data["inn"]
        if not typed:
            return ""
        judged = engines.run("tables", {"check": {"field": "inn", "value": typed}})
        if judged["values"]["inn"] is None:
            raise forms.ValidationError(sentence(judged["problems"][0]))
        return str(judged["values"]["inn"])


class PlaceForm(forms.Form):
    """A region of the list, a district that is in the list or not yet, and the time there."""

    region = forms.ChoiceField(label=_("Region"))
    district = LineField(
        label=_("District or city"),
        max_length=200,
        required=False,
        help_text=_(
            "The official name, such as «Петроградский район». Leave blank for the whole region"
        ),
        widget=forms.TextInput({"list": "districts", "autocomplete": "off"}),
    )

    zone = ZoneField(
        initial=settings.TIME_ZONE, help_text=_("Takes effect when Zveno is restarted")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted(one.name for one in regions())
        offer(
            self,
            "region",
            [
                ("", _("Choose")),
                *((name, name) for name in names),
            ],
        )
