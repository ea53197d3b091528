"""Who answers for a child at home, and by what order the school takes consents."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from zveno.learners.actions import ByOrder, Named
from zveno.learners.models import Guardian
from zveno.ui.inputs import DayField, LineField

DAYS = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 12, 31))]


class GuardianForm(forms.Form):
    """A parent or guardian the school knows, or the child itself from 14."""

    name = LineField(label=_("Family name, given name, patronymic"), max_length=200)
    relation = forms.ChoiceField(label=_("Who they are to the child"), choices=Guardian.Relation)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("The link goes there. Without one you get it to hand over yourself."),
    )

    def who(self) -> Named:
        """Return who it is."""
        return Named(**self.cleaned_data)


class RestrictionForm(forms.Form):
    """Why a guardian is held back."""

    reason = LineField(
        label=_("Document"),
        max_length=300,
        help_text=_(
            "A court order or a decision of the guardianship authority. It is kept sealed."
        ),
    )


class ConsentOrderForm(forms.Form):
    """The order by which an organisation takes consents in a way."""

    number = LineField(label=_("Number of the order"), max_length=50)
    dated = DayField(label=_("Day of the order"), validators=DAYS)

    def order(self) -> ByOrder:
        """Return the order."""
        return ByOrder(**self.cleaned_data)
