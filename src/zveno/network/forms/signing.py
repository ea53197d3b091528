"""What the pages of signing ask for."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import FileEmpty
from zveno.network.actions.orders import Order
from zveno.network.forms.agreements import ScanForm
from zveno.ui.inputs import YEARS, DayField, LineField

SHA_256 = RegexValidator("^[0-9a-f]{64}$")


class SignatureFileForm(ScanForm):
    """A detached signature file."""

    file = forms.FileField(
        label=_("The signature file"),
        help_text=_("Detached, .sig or .p7s, made over the file from this page."),
        error_messages={"required": _("Choose a file."), "empty": FileEmpty.message},
        widget=forms.FileInput({"accept": ".sig,.p7s,.sgn,.sign"}),
    )


class SimpleForm(forms.Form):
    """Who signs proves it: the password and, where the account has one, a code."""

    sha256 = forms.CharField(widget=forms.HiddenInput, validators=[SHA_256])
    password = forms.CharField(
        label=_("Your password"),
        max_length=200,
        strip=False,
        help_text=_("Once more: so that nobody signs who found your browser open."),
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("From the app, or one of those on paper."),
        widget=forms.TextInput({"autocomplete": "one-time-code", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, codes: bool, **kwargs: Any) -> None:
        """Ask for a code only an account that has a program of ``codes``."""
        super().__init__(*args, **kwargs)
        if not codes:
            del self.fields["code"]


class OrderForm(forms.Form):
    """The order by which an organisation signs by a method."""

    number = LineField(
        label=_("Number of the order"), max_length=50, help_text=_("For example: 112-O.")
    )
    dated = DayField(label=_("Day of the order"), validators=YEARS)

    def order(self) -> Order:
        """Return the order."""
        return Order(**self.cleaned_data)
