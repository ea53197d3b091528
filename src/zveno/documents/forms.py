"""What the pages of papers ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.documents.models import CASES, Declension
from zveno.documents.models.books import LONGEST_PATTERN
from zveno.documents.models.declensions import LONGEST
from zveno.ui.inputs import LineField


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
