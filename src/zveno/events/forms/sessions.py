"""Forms: on which days an event is held again, which plan items become events."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.events.models import Event, day_of
from zveno.ui.inputs import YEARS, ClockField, DayField, LineField

MOST_DAYS, MOST_TIMES = 40, 6
EVERY = {
    "week": (timedelta(weeks=1), pgettext_lazy("how often", "every week")),
    "fortnight": (timedelta(weeks=2), pgettext_lazy("how often", "every two weeks")),
    "day": (timedelta(days=1), pgettext_lazy("how often", "every day")),
}
_MOMENT = "%Y-%m-%dT%H:%M"


class TimesForm(forms.Form):
    """When an event is held again: from a day on, so often, at these times of the day."""

    since = DayField(label=_("First day"), validators=YEARS)
    every = forms.ChoiceField(
        label=_("How often"), choices=[(key, words) for key, (_step, words) in EVERY.items()]
    )
    days = forms.IntegerField(label=_("How many days"), min_value=1, max_value=MOST_DAYS)
    times = LineField(
        label=_("Starts at"),
        max_length=60,
        help_text=_("Several times a day by commas: 10:00, 12:00"),
    )

    @staticmethod
    def at_first(event: Event) -> dict[str, Any]:
        """Propose the same time for four weeks."""
        start = localtime(event.starts_at, ZoneInfo(event.time_zone))
        first = day_of(event) + timedelta(weeks=1)
        return {"since": f"{first:%d.%m.%Y}", "every": "week", "days": "4"} | {
            "times": f"{start:%H:%M}"
        }

    def clean_times(self) -> list[time]:
        """Read the times of the day."""
        clock = ClockField()
        said = [one for one in self.cleaned_data["times"].replace(";", ",").split(",") if one]
        if len(said) > MOST_TIMES:
            raise ValidationError(_("Name at most 6 times a day."))
        # An empty one is refused in the words of the field.
        return sorted({clock.clean(one.strip()) for one in said or [""]})

    def proposed(self, zone: ZoneInfo) -> Iterator[datetime]:
        """Yield when it would begin, by the clock of the place."""
        given = self.cleaned_data
        step, _words = EVERY[given["every"]]
        for number in range(given["days"]):
            day: date = given["since"] + number * step
            for at in given["times"]:
                yield datetime.combine(day, at, zone)


class ChosenTimesForm(forms.Form):
    """The chosen of the proposed times."""

    starts = forms.MultipleChoiceField(
        error_messages={
            "required": _("Choose at least one time."),
            "invalid_choice": _("Choose from the times on the page."),
        }
    )

    def __init__(self, zone: ZoneInfo, proposed: Iterable[datetime], *args: Any) -> None:
        super().__init__(*args)
        self.zone = zone
        field = self.fields["starts"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(said(one), said(one)) for one in proposed]

    def times(self) -> list[datetime]:
        """Return them, aware."""
        return [
            datetime.strptime(one, _MOMENT).replace(tzinfo=self.zone)
            for one in self.cleaned_data["starts"]
        ]


class ChosenItemsForm(forms.Form):
    """The chosen items of the plan."""

    items = forms.MultipleChoiceField(
        error_messages={
            "required": _("Choose at least one event."),
            "invalid_choice": _("Choose from the events on the page."),
        }
    )

    def __init__(self, keys: Iterable[str], *args: Any) -> None:
        super().__init__(*args)
        field = self.fields["items"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(key, key) for key in keys]


def said(moment: datetime) -> str:
    """Write a moment as the page carries it."""
    return moment.strftime(_MOMENT)
