"""Parts of names: tidied where that is safe, asked about where it is not."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.ui.inputs import LineField

_DASH = re.compile(r"\s*[-‐-―−]+\s*")
_WORD = re.compile(r"\w+")
_CYRILLIC = re.compile("[Ѐ-ԯ]")
_LATIN = re.compile("[A-Za-zÀ-ɏͰ-Ͽ]")
_TWINS = str.maketrans("ABCEHKMOPTXYaceopxyk", "АВСЕНКМОРТХУасеорхук")
_NOTHING = {"нет", "отсутствует", "-", "—", "без отчества", "н/д"}


class NameField(LineField):
    """A part of a name: one hyphen for all dashes; no Latin letter inside a Russian word."""

    default_error_messages = {
        "mixed": _("Latin letters inside a Russian word. Should it be “%(better)s”?"),
        "no_letters": _("A name has letters."),
    }

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "off", "spellcheck": "false"}
        super().__init__(max_length=100, widget=forms.TextInput(attributes), **kwargs)

    def to_python(self, value: Any) -> str:
        """Return it with plain hyphens; what says that there is none is nothing."""
        name = _DASH.sub("-", super().to_python(value)).strip("- ")
        return "" if name.casefold() in _NOTHING else name

    def validate(self, value: str) -> None:
        """Refuse what is no name, and suggest the letters that were meant."""
        super().validate(value)
        if value and not any(sign.isalpha() for sign in value):
            raise forms.ValidationError(self.error_messages["no_letters"])
        better = _WORD.sub(_in_one_script, value)
        if better != value or any(map(_is_mixed, _WORD.findall(value))):
            raise forms.ValidationError(self.error_messages["mixed"], params={"better": better})


def _is_mixed(word: str) -> bool:
    return bool(_CYRILLIC.search(word) and _LATIN.search(word))


def _in_one_script(word: re.Match[str]) -> str:
    return word[0].translate(_TWINS) if _is_mixed(word[0]) else word[0]
