"""What is asked of an offer or a request, and of a response to it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from zveno.network.actions.offers import MOST, Wanted
from zveno.network.models import Membership, Obligation, Offer
from zveno.ui.inputs import YEARS, DayField, LineField, offer


class OfferForm(forms.Form):
    """What a member offers or asks for; ``key`` makes a form sent twice one offer."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    way = forms.ChoiceField(
        label=_("What you post"),
        choices=[("offer", _("We offer")), ("request", _("We ask for"))],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(key, capfirst(words)) for key, words in Offer.Kind.choices]
    )
    text = LineField(
        label=_("What exactly"),
        max_length=200,
        help_text=_("For example: CNC laboratory on weekdays after 3 p.m."),
    )
    audience = LineField(label=_("Whom it is for"), max_length=100, required=False)
    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST)
    unit = forms.ChoiceField(label=_("Counted in"), choices=Obligation.Unit.choices)
    begins = DayField(label=_("From"), validators=YEARS)
    ends = DayField(label=_("Last day"), validators=YEARS)
    member = forms.ChoiceField(label=_("In whose name"))

    def __init__(self, members: Sequence[Membership], *args: Any, **kwargs: Any) -> None:
        """Ask in whose name only of who represents several members."""
        super().__init__(*args, **kwargs)
        self.members = {str(one.public_id): one.public_id for one in members}
        self.first = members[0].public_id
        names = [(str(one.public_id), str(one.organisation)) for one in members]
        offer(self, "member", names)
        if len(names) == 1:
            self.fields["member"].required = False

    @staticmethod
    def at_first() -> dict[str, Any]:
        """Return what the form begins with."""
        return {"key": uuid4(), "way": Offer.Way.OFFER, "unit": Obligation.Unit.HOURS}

    def membership(self) -> UUID:
        """Return the membership it is posted by."""
        return self.members.get(self.cleaned_data["member"], self.first)

    def wanted(self) -> Wanted:
        """Return it as the verb takes it."""
        given = {name: self.cleaned_data[name] for name in Wanted.__slots__}
        return Wanted(**given)


class InterestForm(forms.Form):
    """How much of it, and a few words."""

    amount = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST)
    note = LineField(
        label=_("In a few words"),
        max_length=300,
        required=False,
        help_text=_("When it suits you. Do not name people."),
    )
