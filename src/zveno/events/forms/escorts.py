"""Who goes with a group, and which way."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.events.actions import Route
from zveno.events.models import Group
from zveno.ui.inputs import ClockField, LineField, offer


class EscortForm(forms.Form):
    """An adult: name and job, as the order of the head says them."""

    name = LineField(
        label=_("Full name"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("In the nominative: the order puts it in the right cases."),
    )
    job = LineField(
        label=pgettext_lazy("escort", "Job"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("As in “teacher of technology”."),
    )


class RouteForm(forms.Form):
    """Which way; what is not known yet stays empty."""

    way = forms.ChoiceField(label=_("Way there"), required=False)
    gathers_where = LineField(label=_("Where the group gathers"), max_length=200, required=False)
    gathers_at = ClockField(label=_("Gathers at"), required=False)
    back_at = ClockField(label=_("Back at"), required=False)
    carrier = LineField(
        label=_("Carrier and contract"),
        max_length=200,
        required=False,
        help_text=_("For a hired bus only."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "way", [("", _("not decided yet")), *Group.Way.choices])

    @staticmethod
    def at_first(group: Group) -> dict[str, Any]:
        """Return what is said by now."""
        names = ("way", "gathers_where", "gathers_at", "back_at", "carrier")
        return {name: getattr(group, name) for name in names}

    def route(self) -> Route:
        """Return it as the verb takes it."""
        return Route(**self.cleaned_data)
