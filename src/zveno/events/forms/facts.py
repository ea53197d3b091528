"""Forms: a draft of an event, seats of a group."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.events.actions import Facts
from zveno.events.forms.hours import HoursField, directions, plain
from zveno.events.models import Event, proposed
from zveno.kernel import clock
from zveno.organisations.models import Organisation
from zveno.plan.models import PlanItem
from zveno.ui.inputs import ClockField, DayField, LineField, TextField

FARTHEST = timedelta(days=3 * 365)
STEPS = [
    pgettext_lazy("step", "Seats"),
    pgettext_lazy("step", "List"),
    pgettext_lazy("step", "Consents"),
    pgettext_lazy("step", "Done"),
]
MORE = ("minimum", "led_by", "programme", "bring", "level", "task")
"""What need not be said of an event."""
GRADES = [(0, _("kindergarten")), *((n, str(n)) for n in range(1, 12))]


def _kinds() -> list[tuple[str, str]]:
    return [(value, capfirst(str(label))) for value, label in Event.Kind.choices]


def _levels() -> list[tuple[str, str]]:
    return [("", "—"), *((value, capfirst(str(label))) for value, label in Event.Level.choices)]


def _directions() -> list[tuple[str, str]]:
    return [("", str(_("by the kind of event"))), *directions()]


class EventForm(forms.Form):
    """What schools want to know."""

    title = LineField(label=_("Name of the event"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of event"), choices=_kinds)
    lede = LineField(
        label=_("In one sentence"),
        max_length=400,
        required=False,
        help_text=_("What the children will do: “Build a robot in two hours”"),
    )
    day = DayField(label=_("Day"), help_text=_("For example 28.11.2026"))
    starts = ClockField(label=_("Starts at"))
    ends = ClockField(label=_("Ends at"))
    venue = LineField(label=_("Place"), max_length=200)
    grade_from = forms.TypedChoiceField(label=_("From grade"), choices=GRADES, coerce=int)
    grade_to = forms.TypedChoiceField(label=_("To grade"), choices=GRADES, coerce=int)
    capacity = forms.IntegerField(label=_("Number of seats"), min_value=1, max_value=5000)
    minimum = forms.IntegerField(
        label=_("Takes place with at least"),
        min_value=1,
        max_value=5000,
        required=False,
        help_text=_("Children. Empty: with any number"),
    )
    led_by = LineField(
        label=_("Who leads it"),
        max_length=200,
        required=False,
        help_text=_("Name and post, as families will read it"),
    )
    programme = TextField(
        label=_("Programme"),
        max_length=4000,
        rows=5,
        required=False,
        help_text=_("A line for each part: “10:00 Meeting at the entrance”"),
    )
    bring = LineField(
        label=_("What to bring"),
        max_length=400,
        required=False,
        help_text=_("For example: a change of shoes, water"),
    )
    level = forms.ChoiceField(label=_("Level of the trial"), choices=_levels, required=False)
    task = LineField(
        label=_("Task of the trial"),
        max_length=400,
        required=False,
        help_text=_("What each child makes. At the end the expert says how it went"),
    )
    hours = HoursField(
        label=_("Academic hours"),
        required=False,
        help_text=_("Empty: by the length, 45 minutes each"),
    )
    direction = forms.ChoiceField(
        label=_("Direction of career guidance"), choices=_directions, required=False
    )

    def clean_day(self) -> Any:
        """Refuse a day that is over or years ahead: most likely a slip in the year."""
        day = self.cleaned_data["day"]
        if day < clock.today():
            raise forms.ValidationError(_("This day is in the past. Check the year."))
        if day > clock.today() + FARTHEST:
            raise forms.ValidationError(_("This day is too far ahead. Check the year."))
        return day

    def facts(self, zone: str) -> Facts:
        """Return what was typed, the times told in ``zone``."""
        data, tz = self.cleaned_data, ZoneInfo(zone)
        return Facts(
            title=data["title"],
            kind=data["kind"],
            lede=data["lede"],
            starts_at=datetime.combine(data["day"], data["starts"], tz),
            ends_at=datetime.combine(data["day"], data["ends"], tz),
            venue=data["venue"],
            grades=(data["grade_from"], data["grade_to"]),
            capacity=data["capacity"],
            **{name: data[name] for name in MORE},
            hours=data["hours"],
            direction=data["direction"],
        )


def of_item(item: PlanItem) -> dict[str, object]:
    """Return what a plan item already says of its event."""
    return {"title": item.title, "kind": Event.Kind.PROFESSIONAL_TRIAL, "capacity": 12} | {
        "grade_from": 5,
        "grade_to": 8,
        "day": item.day,
    }


def of_event(event: Event) -> dict[str, object]:
    """Return what a draft says, as the form asks it."""
    start = localtime(event.starts_at, ZoneInfo(event.time_zone))
    end = localtime(event.ends_at, ZoneInfo(event.time_zone))
    times = {"day": start.date(), "starts": start.time(), "ends": end.time()}
    names = ("title", "kind", "lede", "venue", "grade_from", "grade_to", "capacity", *MORE)
    by_length = event.hours == proposed(event.starts_at, event.ends_at)
    counted = {"hours": "" if by_length else plain(event.hours), "direction": event.direction}
    return times | counted | {name: getattr(event, name) for name in names}


class SeatsWish(forms.Form):
    """What comes in for seats: the verb itself knows which organisations may come."""

    sender = forms.UUIDField()
    seats = forms.IntegerField(min_value=1, max_value=5000)
    least = forms.IntegerField(min_value=1, max_value=5000, required=False)


class SeatsForm(forms.Form):
    """How many children of which organisation."""

    sender = forms.TypedChoiceField(label=_("Organisation"))
    seats = forms.IntegerField(
        label=_("How many children"),
        min_value=1,
        max_value=5000,
        help_text=_("Names come later: for now you only reserve seats"),
        widget=forms.NumberInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    least = forms.IntegerField(
        label=_("We would come with fewer, but not under"),
        min_value=1,
        max_value=5000,
        required=False,
        help_text=_("Empty: only the whole group"),
    )

    def __init__(self, senders: list[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(sender.public_id), str(sender)) for sender in senders]
        sender = self.fields["sender"]
        if isinstance(sender, forms.TypedChoiceField):
            sender.choices = choices
        if len(choices) == 1:
            sender.widget = forms.HiddenInput()
            sender.initial = choices[0][0]
