"""The form of a paper list: the numbers of who came, as they were ticked."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_RANGE = re.compile(r"(\d+)(?:\s*[-–—]\s*(\d+))?")


class PaperForm(forms.Form):
    """Numbers of a list with ``most`` lines; ``cleaned_data["numbers"]`` counts from one."""

    numbers = forms.CharField(
        label=gettext_lazy("Numbers of who came"),
        max_length=2000,
        help_text=gettext_lazy("With commas or spaces, a row as 3-17"),
        widget=forms.TextInput({"inputmode": "text", "autocomplete": "off"}),
    )

    def __init__(self, most: int, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.most = most

    def clean_numbers(self) -> list[int]:
        """Read numbers and rows of numbers, each once, in order."""
        typed: str = self.cleaned_data["numbers"]
        strange = _RANGE.sub("", typed).replace(",", "").replace(";", "").split()
        if strange:
            said = _("“%(word)s” is no number. Type numbers, for instance 1, 4, 7-12.")
            raise forms.ValidationError(said % {"word": strange[0][:20]})
        found: set[int] = set()
        for first, last in _RANGE.findall(typed):
            low, high = self._line(first), self._line(last or first)
            found |= set(range(min(low, high), max(low, high) + 1))
        return sorted(found)

    def _line(self, typed: str) -> int:
        if len(typed) > len(str(self.most)) + 1 or not 1 <= int(typed) <= self.most:
            said = _("The list has no number %(number)s: it has %(most)s lines.")
            raise forms.ValidationError(said % {"number": typed[:20], "most": self.most})
        return int(typed)
