"""Which items of last year are copied."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.plan.models import Copy


class CopyForm(forms.Form):
    """The chosen items; the page draws the boxes."""

    items = forms.MultipleChoiceField(
        label=_("Items to copy"),
        error_messages={
            "required": _("Choose at least one item."),
            "invalid_choice": _("One of the items is not there any more. Reload the page."),
        },
    )

    def __init__(self, copies: Iterable[Copy], *args: Any) -> None:
        super().__init__(*args)
        field = self.fields["items"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(one.item.public_id), one.item.title) for one in copies]

    def keys(self) -> list[UUID]:
        """Return the keys of the items."""
        return [UUID(key) for key in self.cleaned_data["items"]]
