"""What is asked about a membership: a role from a day, a last day, who leads from now on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.network.models import Membership, Role
from zveno.ui.inputs import YEARS, DayField, offer


class RoleForm(forms.Form):
    """Another role from a day on; the base is handed over instead."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[one for one in Role.choices if one[0] != Role.BASE]
    )
    day = DayField(label=_("From this day"), validators=YEARS)


class EndForm(forms.Form):
    """The last day in the cluster."""

    last_day = DayField(label=_("Last day in the cluster"), validators=YEARS)


class DayForm(forms.Form):
    """The day to look at."""

    on = DayField(label=_("On this day"), validators=YEARS)


class HandOverForm(forms.Form):
    """Which of the other ``members`` leads from now on."""

    to = forms.ChoiceField(label=_("New base organisation"))

    def __init__(self, members: Sequence[Membership], *args: Any) -> None:
        super().__init__(*args)
        known = ((str(one.organisation.public_id), one.organisation.name) for one in members)
        offer(self, "to", [("", _("Choose a member")), *known])
