"""The form by which an event gets another time."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from zveno.events.actions import NewTime
from zveno.events.models import Event
from zveno.ui.inputs import YEARS, ClockField, DayField, LineField


class MoveForm(forms.Form):
    """When and where an event takes place instead, and why."""

    day = DayField(label=_("Day"), validators=YEARS)
    starts = ClockField(label=_("Starts at"))
    ends = ClockField(label=_("Ends at"))
    venue = LineField(label=_("Place"), max_length=200)
    why = LineField(
        label=_("Why"),
        max_length=400,
        widget=forms.Textarea({"rows": "3"}),
        help_text=_("One or two sentences. Schools get them in a letter; everybody reads them."),
    )

    @staticmethod
    def at_first(event: Event) -> dict[str, Any]:
        """Return what the event says by now."""
        zone = ZoneInfo(event.time_zone)
        start, end = localtime(event.starts_at, zone), localtime(event.ends_at, zone)
        times = {"day": start.date(), "starts": start.time(), "ends": end.time()}
        return times | {"venue": event.venue}

    def new_time(self, zone: str) -> NewTime:
        """Return it as the verb takes it, times told in ``zone``."""
        given, place = self.cleaned_data, ZoneInfo(zone)
        return NewTime(
            starts_at=datetime.combine(given["day"], given["starts"], place),
            ends_at=datetime.combine(given["day"], given["ends"], place),
            venue=given["venue"],
            why=given["why"],
        )
