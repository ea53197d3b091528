"""Forms about engineers of employers: what is offered, whom is sent, for how many hours."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.events.actions import Person, Wanted
from zveno.events.models import MOST_HOURS, MOST_PEOPLE, Event, Slot
from zveno.network.models import Membership
from zveno.ui.inputs import YEARS, ClockField, DayField, LineField, offer


class OfferForm(forms.Form):
    """Whom an employer is asked for."""

    employer = forms.ChoiceField(label=_("Employer"))
    role = forms.ChoiceField(label=_("Role at the event"), choices=Slot.Role.choices)
    topic = LineField(
        label=_("Topic and group"),
        max_length=200,
        required=False,
        help_text=_("As in “Robots in a workshop, grade 7”. No names of children."),
    )
    day = DayField(label=_("Day"), validators=YEARS)
    starts = ClockField(label=_("Starts at"))
    ends = ClockField(label=_("Ends at"))
    people = forms.IntegerField(
        label=_("How many people"), min_value=1, max_value=MOST_PEOPLE, initial=1
    )

    def __init__(self, employers: Iterable[Membership], *args: Any, **kwargs: Any) -> None:
        """Offer the ``employers`` of the cluster."""
        super().__init__(*args, **kwargs)
        offer(
            self,
            "employer",
            [(str(one.organisation.public_id), str(one.organisation)) for one in employers],
        )

    @staticmethod
    def at_first(event: Event) -> dict[str, Any]:
        """Propose the whole time of the event."""
        zone = ZoneInfo(event.time_zone)
        start, end = localtime(event.starts_at, zone), localtime(event.ends_at, zone)
        return {"day": start.date(), "starts": start.time(), "ends": end.time()}

    def wanted(self, zone: str) -> Wanted:
        """Return it as the verb takes it, times told in ``zone``."""
        given, place = self.cleaned_data, ZoneInfo(zone)
        return Wanted(
            employer=UUID(given["employer"]),
            role=given["role"],
            starts_at=datetime.combine(given["day"], given["starts"], place),
            ends_at=datetime.combine(given["day"], given["ends"], place),
            people=given["people"],
            topic=given["topic"],
        )


class PersonForm(forms.Form):
    """Whom the employer sends."""

    name = LineField(
        label=_("Full name"), max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )
    job = LineField(
        label=pgettext_lazy("engineer", "Post"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("Work email"),
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text=_("A letter with a link goes there: no account is needed."),
    )

    def person(self) -> Person:
        """Return it as the verb takes it."""
        return Person(**self.cleaned_data)


class DeclineForm(forms.Form):
    """Why the employer sends nobody."""

    why = LineField(label=_("Why"), max_length=400, widget=forms.Textarea({"rows": "2"}))


class HoursGivenForm(forms.Form):
    """How many whole hours somebody gave."""

    hours = forms.IntegerField(label=_("Hours"), min_value=1, max_value=MOST_HOURS)


class AnswerForm(forms.Form):
    """One tap, in answer to the question ``asked`` so many times."""

    asked = forms.IntegerField(min_value=1, max_value=1000)
    answer = forms.ChoiceField(choices=[("comes", ""), ("declines", "")])
