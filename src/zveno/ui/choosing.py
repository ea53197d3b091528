"""A field that chooses one of very many: typed words find it, with a list as one types."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

LONGEST = 200


class Choice(NamedTuple):
    """A thing to choose: its public key, its name, and a note that tells namesakes apart."""

    key: UUID
    words: str
    note: str = ""


class Typed(NamedTuple):
    """What came from a form: the words, and the key of what was chosen in the list."""

    words: str
    key: str


class ComboInput(forms.TextInput):
    """A line to type into, its list, and what the words may have meant."""

    url: str = ""
    candidates: Sequence[Choice] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return the words with the key."""
        words = super().value_from_datadict(data, files, name)
        return None if words is None else Typed(str(words), str(data.get(f"{name}-key", "")))

    def format_value(self, value: Any) -> str:
        """Show the words."""
        return value.words if isinstance(value, Typed) else str(value or "")


class ComboField(forms.Field):
    """One of many. Kinds of it say how to ``find`` by words and to ``pick`` by key.

    Without script the words are looked for when the form is sent: what is unmistakable is taken,
    of several one is chosen on the same page.
    """

    widget = ComboInput
    default_error_messages = {
        "nothing": _("Nothing found. Type a name, a number or an INN."),
        "several": ngettext_lazy(
            "Found: %(number)s. Choose the right one.",
            "Found: %(number)s. Choose the right one.",
            "number",
        ),
    }

    def __init__(self, *, url: Any = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.url = url
        self.widget.attrs |= {
            "autocomplete": "off",
            "spellcheck": "false",
            "maxlength": str(LONGEST),
        }

    def find(self, words: str) -> Sequence[Choice]:
        """Return the likeliest for words."""
        raise NotImplementedError

    def pick(self, key: UUID) -> Any:
        """Return what has this key, or nothing."""
        raise NotImplementedError

    def clean(self, value: Any) -> Any:
        """Return what was chosen, or what the words cannot but mean."""
        words = " ".join(value.words.split())[:LONGEST] if value else ""
        if not words.replace("\0", ""):
            return super().clean("")
        found = self.find(words.replace("\0", ""))
        same = [one for one in found if str(one.key) == value.key]
        exact = [one for one in found if one.words.casefold() == words.casefold()]
        for meant in (same, exact, found):
            if len(meant) == 1:
                return self.pick(meant[0].key)
        self.widget.candidates = found
        if not found:
            raise forms.ValidationError(self.error_messages["nothing"], code="nothing")
        raise forms.ValidationError(
            self.error_messages["several"], code="several", params={"number": len(found)}
        )
