"""What is to stay for now, and why."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.learners.models import CATEGORIES
from zveno.organisations.models import Organisation
from zveno.ui.inputs import DayField, LineField, offer

EVERYWHERE = "everywhere"


def _categories() -> list[tuple[str, str]]:
    names = [(code, kind.term.name) for code, kind in CATEGORIES.items()]
    return [("", str(_("All categories"))), *names]


class StayForm(forms.Form):
    """Until when something stays, and why."""

    until = DayField(label=_("Until"), help_text=_("The last day it stays, within three years."))
    reason = LineField(
        label=_("Why"),
        help_text=_("For example, a request of the prosecutor’s office. No names of children."),
        max_length=300,
    )


class HoldForm(StayForm):
    """Whose data of which category stay until when, and why."""

    whose = forms.ChoiceField(label=_("Whose data"))
    category = forms.ChoiceField(label=_("What stays"), choices=_categories, required=False)
    field_order = ("whose", "category", "until", "reason")

    def __init__(
        self, organisations: Iterable[Organisation], data: Any = None, *, everywhere: bool
    ) -> None:
        super().__init__(data)
        mine = [(str(one.public_id), str(one)) for one in organisations]
        all_of_them = [(EVERYWHERE, str(_("All organisations")))] if everywhere else []
        offer(self, "whose", [*mine, *all_of_them])
