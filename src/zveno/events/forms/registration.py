"""The form by which a host says how groups get seats."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.events.actions import Terms
from zveno.organisations.models import Organisation
from zveno.ui.inputs import YEARS, ClockField, DayField

KEPT = "kept-"


class RegistrationForm(forms.Form):
    """Seats, moments, and how many seats are kept for which of ``houses``."""

    capacity = forms.IntegerField(label=_("Number of seats"), min_value=1, max_value=5000)
    most = forms.IntegerField(
        label=_("At most from one organisation"),
        min_value=1,
        max_value=5000,
        required=False,
        help_text=_("Children. Empty: as many as there are seats"),
    )
    opens = DayField(label=_("Opens on"), validators=YEARS, required=False)
    opens_at = ClockField(label=_("At"), required=False)
    closes = DayField(label=_("Closes on"), validators=YEARS, required=False)
    closes_at = ClockField(label=_("At"), required=False)
    list = DayField(
        label=_("Lists are due by the end of"),
        validators=YEARS,
        required=False,
        help_text=_("Seats without a list then pass to those who wait"),
    )
    members = DayField(
        label=_("Members of the cluster register first, until the end of"),
        validators=YEARS,
        required=False,
    )

    def __init__(self, houses: Iterable[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.houses = list(houses)
        for house in self.houses:
            self.fields[f"{KEPT}{house.public_id}"] = forms.IntegerField(
                label=str(house), min_value=0, max_value=5000, required=False
            )

    @property
    def kept(self) -> "Iterable[forms.BoundField]":
        """Return the fields of kept seats."""
        return [self[name] for name in self.fields if name.startswith(KEPT)]

    def clean(self) -> dict[str, Any]:
        """Refuse an hour without its day."""
        given = super().clean() or self.cleaned_data
        for name in ("opens", "closes"):
            if given.get(f"{name}_at") and name not in self.errors and not given.get(name):
                self.add_error(name, _("Enter the day as well."))
        return given

    def terms(self, zone: str) -> Terms:
        """Return what was typed as the verb takes it, moments told in ``zone``."""
        given, there = self.cleaned_data, ZoneInfo(zone)
        kept = {UUID(n.removeprefix(KEPT)): v for n, v in given.items() if n.startswith(KEPT) and v}
        return Terms(
            capacity=given["capacity"],
            most=given["most"],
            opens_at=_moment(given["opens"], given["opens_at"], there),
            closes_at=_moment(given["closes"], given["closes_at"], there),
            members_until=_end(given["members"], there),
            list_by=_end(given["list"], there),
            kept=kept,
        )


def at_first(words: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form shows of ``terms_words``: days and hours as people write them."""
    days, clocks = ("opens", "closes", "members", "list"), ("opens_at", "closes_at")
    told: dict[str, Any] = {n: date.fromisoformat(words[n]) for n in days if words[n]}
    told |= {name: time.fromisoformat(words[name]) for name in clocks if words[name]}
    return {**words, **told}


def _moment(day: date | None, clock: time | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, clock or time.min, zone) if day else None


def _end(day: date | None, zone: ZoneInfo) -> datetime | None:
    """Return the midnight at which a day is over."""
    return datetime.combine(day + timedelta(days=1), time.min, zone) if day else None
