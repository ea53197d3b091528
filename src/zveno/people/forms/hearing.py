"""By which channels somebody hears of what."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zveno.people.models import Hearing
from zveno.people.models.channels import channels
from zveno.ui.inputs import ZoneField


def _channels() -> list[tuple[str, Any]]:
    return [(key, channel.name) for key, channel in channels().items()]


class HearingForm(forms.Form):
    """By which channels to hear of what, and where one is at eight in the morning."""

    decide = forms.MultipleChoiceField(
        label=_("Decisions"),
        help_text=_("Straight away if it is due within a day, otherwise in the 8:00 email."),
        choices=_channels,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    changed = forms.MultipleChoiceField(
        label=_("Changes"),
        help_text=_("In one email a day, at 8:00."),
        choices=_channels,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    zone = ZoneField()

    @staticmethod
    def filled(hearing: Hearing) -> dict[str, Any]:
        """Return what was chosen before."""
        zone = hearing.zone or settings.TIME_ZONE
        return {"zone": zone, "decide": hearing.decide, "changed": hearing.changed}
