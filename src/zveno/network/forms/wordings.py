"""What the page of clauses asks for."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.network.models import Agreement
from zveno.network.models.clause_text import LONGEST_TEXT
from zveno.network.models.placeholders import faults

AGREEMENTS = 20


class WordingForm(forms.Form):
    """The clauses as one text, and the agreement they are tried on."""

    text = forms.CharField(
        label=_("Text of the agreement"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": "24", "lang": "ru", "autocomplete": "off"}),
        help_text=_("# begins a section, a dash an item of a list. Numbers come by themselves."),
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, kind: str, agreements: Iterable[Agreement] = (), **kwargs: Any
    ) -> None:
        """Know the kind of agreement, and the agreements the text can be tried on."""
        super().__init__(*args, **kwargs)
        self.kind = kind
        choices = [(str(one.public_id), str(one)) for one in agreements]
        self.fields["agreement"] = forms.ChoiceField(
            label=_("Preview with the parties of"),
            choices=choices,
            required=bool(choices),
            widget=forms.Select({"class": "sel"}),
        )

    @property
    def can_try(self) -> bool:
        """Whether there is an agreement whose parties the text can be shown with."""
        return self.fields["agreement"].required

    def knows(self, number: int) -> None:
        """Go on from another version: who is told of it has seen it."""
        kept = {name: self.data.get(name, "") for name in ("text", "agreement")}
        self.data = kept | {"seen": str(number)}

    def clean_text(self) -> str:
        """Say all that is wrong with the text, line by line."""
        text: str = self.cleaned_data["text"]
        found = faults(self.kind, text)
        if found:
            raise forms.ValidationError([str(fault) for fault in found])
        return text
