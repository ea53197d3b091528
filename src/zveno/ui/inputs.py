"""Form fields that take what people type: words, days, times, lists pasted from a table."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, time
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

# What our papers and certificates can print, and so what stands in names of things; the engines
# hold their tables to the same.
PRINTED = (
    " -~¡-ɏ\u0300-\u036fͰ-ͷͺ-ͿΆ-ΊΌΎ-ΡΣ-ϿЀ-҂Ҋ-ӿḀ-ỿ"  # letters
    "‐-‧‰-‾₠-₿№℃™←-⇿∀-⋿─-◿"  # punctuation and signs
)
_UNPRINTED = re.compile(f"[^{PRINTED}]")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_FLOOD = re.compile("[\u0300-\u036f]{4}")
_FEW = 5
SELECTED = SafeString(" selected")
_ISO_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_LARGEST_PASTE = 2_000_000


def printable(text: str) -> str:
    """Return words with a mark in the place of each sign that no paper can show."""
    return _UNPRINTED.sub("□", " ".join(_INVISIBLE.sub("", text).split()))


class LineField(forms.CharField):
    """Words on one line that can be printed; invisible signs and needless spaces go."""

    default_error_messages = {
        "unprinted": _("Remove characters that cannot be printed: %(signs)s"),
        "flood": _("There are too many marks above a letter."),
    }

    def to_python(self, value: Any) -> str:
        """Return the words, composed, with single spaces between them."""
        seen = _INVISIBLE.sub("", str(super().to_python(value) or ""))
        return unicodedata.normalize("NFC", " ".join(seen.split()))

    def validate(self, value: str) -> None:
        """Refuse what no paper can show, and name it."""
        super().validate(value)
        strange = sorted(set(_UNPRINTED.findall(value)))[:_FEW]
        if strange:
            signs = " ".join(map(_shown, strange))
            raise forms.ValidationError(self.error_messages["unprinted"], params={"signs": signs})
        if _FLOOD.search(value):
            raise forms.ValidationError(self.error_messages["flood"])


class TextField(LineField):
    """Words on several lines, each as a ``LineField`` keeps it."""

    def __init__(self, *, rows: int = 8, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": str(rows)}), **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the lines, without empty ones at the ends."""
        lines = str(value or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return "\n".join(map(super().to_python, lines)).strip()

    def validate(self, value: str) -> None:
        """Refuse what cannot be printed in any of the lines."""
        super().validate(value.replace("\n", " "))


YEARS = [
    MinValueValidator(date(2000, 1, 1), _("Enter a day not earlier than 01.01.2000.")),
    MaxValueValidator(date(2100, 12, 31), _("Enter a day not later than 31.12.2100.")),
]
"""Between which days what people do here lies; ``validators`` of a day."""


class DayField(forms.DateField):
    """A day typed as 28.11.2026; 28/11/26, 28,11,2026, 28112026 and 2026-11-28 pass too."""

    default_error_messages = {"invalid": _("There is no such day. Enter it like this: 28.11.2026.")}

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"inputmode": "decimal", "autocomplete": "off", "size": "10"}
        kwargs.setdefault("widget", forms.DateInput(attributes, format="%d.%m.%Y"))
        super().__init__(input_formats=["%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d"], **kwargs)

    def to_python(self, value: Any) -> date | None:
        """Return the day; ``ValidationError`` if there is none like that."""
        return super().to_python(_dotted(value) if isinstance(value, str) else value)


class ClockField(forms.TimeField):
    """A time typed as 10:30; 10.30, 1030 and 10 pass too."""

    default_error_messages = {"invalid": _("There is no such time. Enter it like this: 10:30.")}

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"inputmode": "decimal", "autocomplete": "off", "size": "5"}
        kwargs.setdefault("widget", forms.TimeInput(attributes, format="%H:%M"))
        super().__init__(input_formats=["%H:%M"], **kwargs)

    def to_python(self, value: Any) -> time | None:
        """Return the time; ``ValidationError`` if there is none like that."""
        return super().to_python(_coloned(value) if isinstance(value, str) else value)


class PastedField(forms.CharField):
    """Text pasted from a table: tabs and empty cells are kept as they are."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"rows": "8", "spellcheck": "false", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.Textarea(attributes))
        super().__init__(strip=False, max_length=_LARGEST_PASTE, **kwargs)


class FilterSelect(forms.Select):
    """A list to choose from above a table, drawn at once and not a template for each choice."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Any = None,
        renderer: Any = None,  # noqa: ARG002 - Django gives it
    ) -> SafeString:
        """Draw the list; choices in groups are not for it."""
        chosen = set(self.format_value(value))
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, SELECTED if key in chosen else "", words) for key, words in self.choices),
        )
        own = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(own), options)


ZONES = [
    ("Europe/Kaliningrad", _("Kaliningrad, UTC+2")),
    ("Europe/Moscow", _("Moscow, UTC+3")),
    ("Europe/Samara", _("Samara, UTC+4")),
    ("Asia/Yekaterinburg", _("Yekaterinburg, UTC+5")),
    ("Asia/Omsk", _("Omsk, UTC+6")),
    ("Asia/Krasnoyarsk", _("Novosibirsk, Krasnoyarsk, UTC+7")),
    ("Asia/Irkutsk", _("Irkutsk, UTC+8")),
    ("Asia/Yakutsk", _("Yakutsk, UTC+9")),
    ("Asia/Vladivostok", _("Vladivostok, UTC+10")),
    ("Asia/Magadan", _("Magadan, UTC+11")),
    ("Asia/Kamchatka", _("Kamchatka, UTC+12")),
]


class ZoneField(forms.ChoiceField):
    """A time zone of Russia."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Time zone"), choices=ZONES, **kwargs)


def offer(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Let a field of choices offer these, in groups or not: what an actor may choose."""
    cast("forms.ChoiceField", form.fields[name]).choices = list(choices)


def _shown(sign: str) -> str:
    return sign if sign.isprintable() else f"U+{ord(sign):04X}"


def _dotted(typed: str) -> str:
    text = typed.strip()
    if _ISO_DAY.fullmatch(text):
        return text
    if re.fullmatch(r"\d{8}", text):
        return f"{text[:2]}.{text[2:4]}.{text[4:]}"
    return re.sub(r"[\s,./-]+", ".", text).rstrip(".")


def _coloned(typed: str) -> str:
    text = re.sub(r"[\s.,:-]+", ":", typed.strip())
    if re.fullmatch(r"\d{1,2}", text):
        return f"{text}:00"
    if re.fullmatch(r"\d{3,4}", text):
        return f"{text[:-2]}:{text[-2:]}"
    return text
