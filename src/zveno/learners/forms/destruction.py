"""Whose data are destroyed, and why."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.learners.models import REASONS, Learner


class DestructionForm(forms.Form):
    """Children of a class, ticked, the reason, and that it is meant."""

    why = forms.ChoiceField(
        label=_("Why"), choices=lambda: list(REASONS.items()), widget=forms.RadioSelect
    )
    meant = forms.BooleanField(label=_("I understand that it cannot be undone"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.chosen: list[UUID] = []

    def choose(self, ticked: Iterable[str], children: Iterable[Learner]) -> None:
        """Keep those of the children who were ticked; nobody ticked is an error."""
        named = set(ticked)
        self.chosen = [one.public_id for one in children if str(one.public_id) in named]
        if not self.chosen:
            self.add_error(None, _("Select at least one child."))
