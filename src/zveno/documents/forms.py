"""What the pages of papers ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import LARGEST_NUMBER, Given
from zveno.documents.models import CASES, Book, Declension
from zveno.documents.models.books import LONGEST_PATTERN
from zveno.documents.models.declensions import LONGEST
from zveno.ui.inputs import YEARS, DayField, LineField


class DeclensionForm(forms.Form):
    """Words in the nominative and in three cases; without any case Zveno proposes them."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=Declension.Kind.choices,
        widget=forms.Select({"class": "sel"}),
    )
    text = LineField(
        label=_("In the nominative"),
        max_length=LONGEST,
        help_text=_("Who? What? As in the list of members."),
    )
    genitive = LineField(
        label=_("Genitive"),
        max_length=LONGEST,
        required=False,
        help_text=_("Represented by whom? Agreements use this case."),
    )
    dative = LineField(
        label=_("Dative"), max_length=LONGEST, required=False, help_text=_("To whom?")
    )
    instrumental = LineField(
        label=_("Instrumental"), max_length=LONGEST, required=False, help_text=_("By whom?")
    )

    def said(self) -> dict[str, Any]:
        """Return what the verb takes."""
        given = self.cleaned_data
        return {
            "kind": given["kind"],
            "text": given["text"],
            "forms": {case: given[case] for case in CASES},
        }

    @property
    def is_blank(self) -> bool:
        """Whether no case is filled in: then they are proposed."""
        return not any(self.cleaned_data[case] for case in CASES)


class NumberingForm(forms.Form):
    """How the numbers of a book are written."""

    pattern = LineField(
        label=_("How a number is written"),
        max_length=LONGEST_PATTERN,
        help_text=_("# is a digit, {год} is the year: {год}-#### gives 2026-0007."),
    )


class GivenForm(forms.Form):
    """A number that was given on paper."""

    kind = forms.ChoiceField(
        label=_("Book"), choices=Book.Kind.choices, widget=forms.Select({"class": "sel"})
    )
    number = forms.IntegerField(
        label=_("Number"),
        min_value=1,
        max_value=LARGEST_NUMBER,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("The digits only: 45. Zveno writes the rest by the pattern of the book."),
    )
    dated = DayField(
        label=_("Day of the paper"),
        validators=YEARS,
        help_text=_("Its year says which book the number goes into."),
    )
    subject = LineField(
        label=_("What for"),
        max_length=300,
        help_text=_("Do not name children: everyone who keeps the book reads this."),
    )
    reason = LineField(
        label=_("Why it was given outside Zveno"),
        max_length=200,
        help_text=_("For example: signed on paper before Zveno was in use."),
    )

    def given(self) -> dict[str, Any]:
        """Return what the verb takes."""
        told = dict(self.cleaned_data)
        return {"kind": told.pop("kind"), "given": Given(**told)}


class CancelForm(forms.Form):
    """Why a number is cancelled."""

    reason = LineField(
        label=_("Why"), max_length=200, help_text=_("It stays in the book beside the number.")
    )
