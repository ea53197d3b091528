"""What a renewal asks for: which obligations go on, and until which new day."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.network.actions.renewing import Carried
from zveno.network.models import Obligation, Period
from zveno.ui.inputs import YEARS, DayField

if TYPE_CHECKING:
    _RowsOfForms = forms.BaseFormSet["CarriedForm"]
else:
    _RowsOfForms = forms.BaseFormSet


class CarriedForm(forms.Form):
    """Whether an obligation goes on."""

    obligation = forms.UUIDField(widget=forms.HiddenInput)
    goes_on = forms.BooleanField(label=_("Goes on"), required=False)
    due = DayField(label=_("New day"), required=False, validators=YEARS)

    def __init__(self, *args: Any, owed: Iterable[Obligation], **kwargs: Any) -> None:
        """Know what is ``owed``, to show its words."""
        super().__init__(*args, **kwargs)
        self.owed = {str(one.public_id): one for one in owed}

    @property
    def shown(self) -> Obligation | None:
        """The obligation of this row."""
        return self.owed.get(str(self["obligation"].value()))

    @property
    def is_once(self) -> bool:
        """Whether it is owed once, so that it may have a day."""
        return self.shown is not None and self.shown.period == Period.ONCE


class AllCarried(_RowsOfForms):
    """The rows as a whole: none was lost on the way."""

    def clean(self) -> None:
        """Refuse a form that was cut off."""
        if any(row.add_prefix("obligation") not in self.data for row in self.forms):
            raise forms.ValidationError(_("Part of the form was lost. Reload the page."))


CarriedRows = forms.formset_factory(
    CarriedForm, formset=AllCarried, extra=0, max_num=60, absolute_max=60
)
"""What goes on to be owed."""


def carried_in(rows: Iterable[CarriedForm]) -> list[Carried]:
    """Return what goes on."""
    given = [row.cleaned_data for row in rows if row.cleaned_data["goes_on"]]
    return [Carried(one["obligation"], one["due"]) for one in given]
