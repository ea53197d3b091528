"""Forms of a transfer: to whom a child is offered, into which class it is taken."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.learners.forms.cards import ClassForm
from zveno.organisations.models import Organisation
from zveno.ui.inputs import LineField


class OfferForm(forms.Form):
    """The other organisation by its INN, and the request of the family."""

    inn = LineField(
        label=_("INN of the other organisation"),
        max_length=12,
        help_text=_("Another school, kindergarten, college or centre of the register."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "size": "14"}),
    )
    basis = LineField(
        label=_("By what request of the family"),
        max_length=200,
        help_text=_("For example: request of 12 November 2026. A child’s name is not needed."),
    )

    def __init__(self, house_of: Callable[[str], Organisation | None], *args: Any) -> None:
        super().__init__(*args)
        self.house_of = house_of

    def clean_inn(self) -> Organisation:
        """Find the organisation."""
        found = self.house_of(self.cleaned_data["inn"])
        if found is None:
            raise forms.ValidationError(_("There is no such organisation in the register."))
        return found


class TakeForm(ClassForm):
    """The class the child comes into."""

    new = forms.BooleanField(label=_("This is another child with the same name"), required=False)

    @property
    def asks_for_new(self) -> bool:
        """Whether somebody in the class is called the same."""
        return self.is_bound and bool(self["new"].errors or self["new"].value())
