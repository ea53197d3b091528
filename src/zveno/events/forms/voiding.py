"""The form by which a certificate is voided."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.ui.inputs import LineField


class VoidForm(forms.Form):
    """Why a certificate is not valid."""

    why = LineField(
        label=_("Why"),
        max_length=200,
        help_text=_("It stands in the register and in the email to the school. Name no child."),
    )
