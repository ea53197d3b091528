"""What the list of clusters asks for: which of them, and in which order."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.codes.models import sectors
from zveno.network.models import Cluster
from zveno.network.models.listing import Order, Standing, Which, Whose
from zveno.organisations.models import Territory
from zveno.ui.inputs import YEARS, DayField, offer

LONGEST = 200
ANY_STANDING = "any"
ALL = ("", pgettext_lazy("clusters", "All"))


class ClustersForm(forms.Form):
    """Filters of the list; they stand in the address, and what they cannot mean asks nothing."""

    filters = True
    q = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[ALL, *Cluster.Kind.choices], required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    territory = forms.ChoiceField(label=_("Region or district"), required=False)
    whose = forms.ChoiceField(
        label=_("Whose clusters"), choices=[ALL, *Whose.choices], required=False
    )
    standing = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", Standing.AT_WORK.label),
            (Standing.CLOSED.value, Standing.CLOSED.label),
            (ANY_STANDING, pgettext_lazy("clusters", "at work and closed")),
        ],
        required=False,
    )
    day = DayField(
        label=_("On which day"), help_text=_("Today if empty"), required=False, validators=YEARS
    )
    sort = forms.ChoiceField(label=_("Order"), choices=Order.choices, required=False)
    CHOICES = ("kind", "sector", "territory", "whose", "standing")

    def __init__(self, places: Iterable[Territory], *args: Any) -> None:
        super().__init__(*args)
        offer(self, "sector", [ALL, *sectors().choices()])
        offer(self, "territory", [ALL, *((str(one.public_id), _named(one)) for one in places)])
        self.is_valid()

    def chosen(self) -> Iterator[tuple[str, str, str]]:
        """Yield what is chosen besides words: how it is said, its name and value in the address."""
        for name in self.CHOICES:
            field: Any = self.fields[name]
            if value := self.cleaned_data.get(name):
                yield str(dict(field.choices)[value]), name, value
        if day := self.cleaned_data.get("day"):
            yield date_format(day, "j E Y"), "day", self.data["day"]

    @property
    def order(self) -> str:
        """What the list is sorted by."""
        return self.cleaned_data.get("sort") or Order.NAME

    def which(self) -> Which:
        """Return what is asked for."""
        given = self.cleaned_data
        standing, place = given.get("standing", ""), given.get("territory", "")
        return Which(
            words=given.get("q", "")[:LONGEST],
            kind=given.get("kind", ""),
            sector=given.get("sector", ""),
            territory=UUID(place) if place else None,
            whose=given.get("whose", ""),
            standing="" if standing == ANY_STANDING else standing or Standing.AT_WORK,
            day=given.get("day"),
        )


def _named(place: Territory) -> str:
    """Name a district with its region, so that it stands behind it and is told from others."""
    return ", ".join(one.name for one in place.path() if one.above_id)
