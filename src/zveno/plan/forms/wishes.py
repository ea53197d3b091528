"""Wishes for a plan: until when they are asked for, what is wished, which ones to show."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.organisations.models import Organisation
from zveno.plan.actions import WishFacts
from zveno.plan.models import Wish, month_label, months_of
from zveno.ui.inputs import DayField, FilterSelect, LineField, offer


class CollectForm(forms.Form):
    """Until when members are asked, and what they are told."""

    until = DayField(label=_("Wishes are taken until"))
    text = LineField(
        label=_("What members should know"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": "2"}),
        help_text=_("It stands in the letter. Do not name people."),
    )


class WishForm(forms.Form):
    """A wish for the academic year that begins in ``year``; ``key`` makes one of two presses."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = LineField(label=_("What you would like"), max_length=200)
    audience = LineField(
        label=_("For whom"),
        max_length=200,
        required=False,
        help_text=_("For example: grades 7 and 8"),
    )
    month = forms.TypedChoiceField(label=_("Preferred month"), coerce=int)
    hosts = forms.BooleanField(label=_("We can host it"), required=False)
    note = LineField(
        label=_("Note"), max_length=400, required=False, help_text=_("Do not name people.")
    )

    def __init__(self, year: int, *args: Any) -> None:
        super().__init__(*args)
        months = [(n, month_label(n, year)) for n in months_of(year)]
        offer(self, "month", [("", _("Choose a month")), *months])
        self.initial = {"key": uuid4()}

    def facts(self) -> WishFacts:
        """Return it as the verb takes it."""
        return WishFacts(**{name: self.cleaned_data[name] for name in WishFacts.__slots__})


class DeclineForm(forms.Form):
    """Why a wish is declined."""

    reason = LineField(
        label=_("Why"),
        max_length=400,
        widget=forms.Textarea({"rows": "3"}),
        help_text=_("One or two sentences. The member reads this by its link."),
    )


class WhichWishesForm(forms.Form):
    """Which wishes to show; what is not offered asks nothing."""

    filters = True
    year = forms.CharField(required=False, widget=forms.HiddenInput)
    member = forms.ChoiceField(label=_("Member"), required=False, widget=FilterSelect)
    state = forms.ChoiceField(label=_("State"), required=False, widget=FilterSelect)

    def __init__(self, members: Sequence[Organisation], *args: Any) -> None:
        super().__init__(*args)
        everything = ("", pgettext_lazy("a choice", "All"))
        named = [(str(one.public_id), str(one)) for one in members]
        offer(self, "member", [everything, *named])
        offer(self, "state", [everything, *Wish.State.choices])

    def asked(self) -> dict[str, str]:
        """Return what is asked for; what is not offered is not among it."""
        self.is_valid()
        names = ("member", "state")
        return {name: said for name in names if (said := self.cleaned_data.get(name))}
