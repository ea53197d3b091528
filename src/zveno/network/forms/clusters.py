"""What the pages of a cluster ask for: its facts, its calendar."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.codes.models import sectors
from zveno.network.actions import ClusterPassport
from zveno.network.models import Cluster, Season, Span, places_of
from zveno.organisations.models import Organisation
from zveno.ui.inputs import YEARS, DayField, LineField, offer

if TYPE_CHECKING:
    _RowsOfForms = forms.BaseFormSet["SeasonForm"]
else:
    _RowsOfForms = forms.BaseFormSet


class FactsForm(forms.Form):
    """What is known of a cluster led by one of ``bases``."""

    name = LineField(
        label=_("Name of the cluster"),
        max_length=200,
        help_text=_("As people call it, without the word “cluster”"),
    )
    sector = forms.ChoiceField(label=_("Sector"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Cluster.Kind.choices)
    territory = forms.ChoiceField(label=_("Where it works"))
    aim = LineField(
        label=_("Aim of the cluster"),
        max_length=400,
        required=False,
        help_text=_("One sentence for families, shown on the public page"),
    )
    founded_on = DayField(label=_("Founded"), validators=YEARS)

    def __init__(self, bases: Sequence[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bases = bases
        places = {str(one.public_id): one.name for base in bases for one in places_of(base)}
        offer(self, "territory", places.items())
        offer(self, "sector", {"": _("Choose the sector"), **dict(self._sectors())}.items())

    def _sectors(self) -> Iterable[tuple[str, str]]:
        """Offer the sectors of today, and the one the cluster has by now."""
        code = self.initial.get("sector")
        return [*sectors().choices(), *([(code, sectors().name(code))] if code else [])]

    def passport(self) -> ClusterPassport:
        """Return what was given."""
        given = {name: self.cleaned_data[name] for name in FactsForm.base_fields}
        return ClusterPassport(**given | {"territory": UUID(given["territory"])})


class FoundForm(FactsForm):
    """A new cluster."""

    base = forms.ChoiceField(label=_("Base organisation"))
    field_order = ("name", "sector", "base")

    def __init__(self, bases: Sequence[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(bases, *args, **kwargs)
        offer(self, "base", {str(base.public_id): base.name for base in bases}.items())


def _day() -> forms.DateInput:
    return forms.DateInput({"class": "inp", "size": "10"}, format="%d.%m.%Y")


class SeasonForm(forms.Form):
    """A term or holidays; without a name it is left out."""

    name = LineField(
        label=pgettext_lazy("of a term", "Name"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"class": "inp"}),
    )
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=Season.Kind.choices,
        widget=forms.Select({"class": "sel"}),
    )
    begins = DayField(
        label=pgettext_lazy("a day", "From"), required=False, validators=YEARS, widget=_day()
    )
    ends = DayField(
        label=pgettext_lazy("a day", "To"), required=False, validators=YEARS, widget=_day()
    )

    def clean(self) -> dict[str, Any]:
        """Ask for both days of what has a name."""
        given: dict[str, Any] = super().clean() or {}
        for day in ("begins", "ends"):
            if given.get("name") and day not in self.errors and not given.get(day):
                self.add_error(day, _("Enter the day like this: 28.11.2026."))
        return given


class WholeCalendar(_RowsOfForms):
    """The rows as a whole: what is missing was not emptied."""

    def clean(self) -> None:
        """Refuse a form that was cut off."""
        if any(row.add_prefix("name") not in self.data for row in self.forms):
            raise forms.ValidationError(_("Part of the form was lost. Reload the page."))


CalendarForm = forms.formset_factory(
    SeasonForm, formset=WholeCalendar, extra=2, max_num=24, absolute_max=24
)
"""The terms and holidays of an academic year, and places for two more."""


def seasons_in(forms_given: Iterable[SeasonForm]) -> list[Span]:
    """Return what was given; rows without a name are left out."""
    given = [row.cleaned_data for row in forms_given if row.cleaned_data.get("name")]
    return [Span(one["kind"], one["name"], one["begins"], one["ends"]) for one in given]
