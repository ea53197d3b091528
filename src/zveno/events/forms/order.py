"""The filter of the order of registration."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.events.models import Group


class OrderForm(forms.Form):
    """How groups stand now; nothing chosen, or nonsense, keeps all."""

    filters = True

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *Group.State.choices]
    )

    def keeps(self, group: Group) -> bool:
        """Whether a group is among those chosen."""
        asked = self.cleaned_data.get("state") if self.is_valid() else ""
        return not asked or group.state == asked
