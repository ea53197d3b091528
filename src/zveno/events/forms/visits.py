"""Forms of families: how many seats the host gives them, who comes, which ticket is shown."""

from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from zveno.events.actions import Family
from zveno.events.models import Visit
from zveno.events.models.visits import LONGEST, MOST_TOGETHER

OWN_ADDRESS = {"autocomplete": "email", "inputmode": "email"}


class FamiliesForm(forms.Form):
    """How many seats families have."""

    seats = forms.IntegerField(
        label=_("Seats for families"),
        min_value=1,
        max_value=5000,
        help_text=_("People, adults too. They are apart from the seats of groups"),
    )


class TicketForm(forms.Form):
    """Where a ticket goes, or went."""

    email = forms.EmailField(
        label=_("Email of an adult"),
        max_length=LONGEST,
        help_text=_("The ticket comes there"),
        widget=forms.EmailInput(OWN_ADDRESS),
    )


class VisitForm(TicketForm):
    """Who comes: no name is asked."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    people = forms.TypedChoiceField(
        label=_("How many of you come"),
        choices=[(n, str(n)) for n in range(1, MOST_TOGETHER + 1)],
        coerce=int,
        initial=2,
        help_text=_("With children"),
    )
    ages = forms.MultipleChoiceField(
        label=_("How old the children are"),
        choices=[(age, capfirst(label)) for age, label in Visit.Age.choices],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("If you like: it helps to prepare"),
    )
    read = forms.BooleanField(
        label=_("I have read how my email is used"),
        error_messages={"required": _("Tick it when you have read how the email is used.")},
    )
    field_order = ("people", "ages", "email", "read", "key")

    def family(self) -> Family:
        """Return it as the verb takes it."""
        given = self.cleaned_data
        key: UUID = given["key"]
        return Family(given["people"], given["email"], tuple(given["ages"]), key)


class CodeForm(forms.Form):
    """The digits of a ticket, typed or scanned."""

    code = forms.RegexField(
        r"^\s*\d[\d\s]*$",
        label=_("Code of the ticket"),
        max_length=20,
        error_messages={"invalid": _("The code is six digits.")},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_code(self) -> str:
        """Return its digits alone."""
        return "".join(str(self.cleaned_data["code"]).split())
