"""The editor of a design."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.events.actions import BadPlaceholder, Design
from zveno.events.models import CertificateDesign, misplaced
from zveno.ui.inputs import LineField


class DesignForm(forms.Form):
    """How sheets look and what they say; empty words are as usual."""

    look = forms.ChoiceField(
        label=_("Design"), choices=CertificateDesign.Look.choices, widget=forms.RadioSelect
    )
    accent = forms.ChoiceField(label=_("Colour"), choices=CertificateDesign.Accent.choices)
    portrait = forms.BooleanField(label=_("Upright sheet"), required=False)
    heading = LineField(
        label=_("Title on the sheet"),
        required=False,
        max_length=60,
        help_text=_("Empty: the usual name of the document."),
    )
    words = LineField(
        label=_("Text on the sheet"),
        required=False,
        max_length=400,
        widget=forms.Textarea({"rows": "3"}),
        help_text=_("What stands in braces is filled in; the list is below."),
    )
    signatory = LineField(
        label=_("Who signs"),
        required=False,
        max_length=200,
        help_text=_("Empty: whoever issues the sheets."),
    )
    signatory_post = LineField(label=_("Post of who signs"), required=False, max_length=200)

    def clean_words(self) -> str:
        """Refuse braces that nothing can be put into, and say where they stand."""
        words = str(self.cleaned_data["words"])
        wrong = misplaced(words)
        if wrong:
            raise forms.ValidationError(
                str(BadPlaceholder.message), params={"words": wrong[0], "place": wrong[1]}
            )
        return words

    def design(self) -> Design:
        """Return what was typed as the verb takes it."""
        return Design(**self.cleaned_data)


def typed(form: DesignForm, before: CertificateDesign) -> CertificateDesign:
    """Return a design with what was typed, where it is in order; kept nowhere."""
    given: dict[str, Any] = getattr(form, "cleaned_data", {})
    design = CertificateDesign(organisation=before.organisation, kind=before.kind)
    for name in form.fields:
        setattr(design, name, given.get(name, getattr(before, name)))
    return design
