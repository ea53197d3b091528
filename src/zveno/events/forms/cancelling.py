"""The form by which an event is called off."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.ui.inputs import LineField


class CancelForm(forms.Form):
    """Why an event does not take place."""

    why = LineField(
        label=_("Why"),
        max_length=400,
        widget=forms.Textarea({"rows": "3"}),
        help_text=_("One or two sentences. Schools get them in a letter; everybody reads them."),
    )
