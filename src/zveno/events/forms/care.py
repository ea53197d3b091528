"""What a child needs on the day of an event."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.events.models import CareNote


class CareForm(forms.Form):
    """Needs from the closed list; none may be ticked."""

    needs = forms.MultipleChoiceField(
        label=_("What the host must provide"),
        choices=CareNote.Need,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
