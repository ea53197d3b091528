"""What families ask the catalogue for: it stands in the address, nonsense asks for nothing."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.codes.models import sectors
from zveno.events.models.catalogue import AGES, Sought, Stage
from zveno.ui.inputs import YEARS, DayField, offer

LONGEST = 80
ALL = ("", pgettext_lazy("events", "All"))
STAGES = {
    "kg": _("5–7 years"),
    "primary": _("Grades 1–4"),
    "basic": _("Grades 5–9"),
    "senior": _("Grades 10–11"),
}


class CatalogueForm(forms.Form):
    """Filters of the catalogue; places and sectors are those of events to come."""

    filters = True
    q = forms.CharField(widget=forms.HiddenInput, required=False)
    age = forms.ChoiceField(label=_("Age"), choices=[ALL, *STAGES.items()], required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    place = forms.ChoiceField(label=_("Region or district"), required=False)
    since = DayField(label=_("From which day"), required=False, validators=YEARS)
    until = DayField(label=_("Until which day"), required=False, validators=YEARS)
    weekend = forms.BooleanField(label=_("On Saturdays and Sundays"), required=False)
    free = forms.BooleanField(label=_("With free seats"), required=False)

    def __init__(self, stages: list[Stage], asked: Mapping[str, Any]) -> None:
        super().__init__(asked)
        used = {stage.sector for stage in stages}
        known = [(code, name) for code, name in sectors().choices() if code in used]
        offer(self, "sector", [ALL, *known])
        places = {str(key): name for stage in stages for key, name in stage.places}
        offer(self, "place", [ALL, *sorted(places.items(), key=lambda one: one[1])])
        self.is_valid()

    def chosen(self) -> Iterator[tuple[str, str, str]]:
        """Yield what is chosen besides words: how it is said, its name and value in the address."""
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if not value or name == "q":
                continue
            if isinstance(field, forms.ChoiceField):
                yield str(dict(field.choices)[value]), name, value  # type: ignore[arg-type]
            elif isinstance(field, forms.BooleanField):
                yield str(field.label), name, self.data[name]
            else:
                day = date_format(value, "j E Y")
                yield f"{field.label}: {day}", name, self.data[name]

    def sought(self) -> Sought:
        """Return what is asked for."""
        given = self.cleaned_data
        return Sought(
            words=given.get("q", "")[:LONGEST],
            grades=AGES.get(given.get("age", ""), AGES[""]),
            sector=given.get("sector", ""),
            place=UUID(given["place"]) if given.get("place") else None,
            since=given.get("since"),
            until=given.get("until"),
            weekend=given.get("weekend", False),
            free=given.get("free", False),
        )
