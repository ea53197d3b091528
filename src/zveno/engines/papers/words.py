"""The words of a paper: cleaned, filled in, and bound by no-break spaces as printers do."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from zveno.engines import Refusal
from zveno.engines.papers.model import Values

_FIELD = re.compile(r"(?<![{$])\{([a-z][a-z0-9_]*)\}(?!\})")
_DROPPED = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_SPACES = re.compile("[\t\n\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_BOUND = re.compile(
    r"(?<=№) "
    r"| (?=[–—])"
    r"|(?<=\b[А-ЯЁA-Z]\.) (?=[А-ЯЁA-Z])"
    r"|(?<=\bг\.) (?=[А-ЯЁ])|(?<=\bул\.) |(?<=\bд\.) (?=\d)|(?<=\bп\.) (?=\d)|(?<=\bст\.) (?=\d)"
    r"|(?<=\d) (?=г\.|год|лет|мес|дн|час|чел|руб|обуч|кален|рабоч)"
    r"|(?<=\d) (?=янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)"
)
_ENDS = (".", ";", ":", "!", "?", "…")


def clean(text: str, where: str) -> str:
    """Compose letters and fold spaces; refuses a character no printed paper can hold."""
    composed = unicodedata.normalize("NFC", _DROPPED.sub("", text))
    folded = _SPACES.sub(" ", composed).strip(" ")
    for letter in folded:
        if unicodedata.category(letter) in _REFUSED_CATEGORIES:
            raise Refusal("bad_character", where=where, character=f"U+{ord(letter):04X}")
    return folded


def fill(text: str, values: Values, where: str) -> str:
    """Put one-text ``values`` into the ``{fields}`` of ``text``; refuses a field without a value.

    Any other braces stay as they are, and braces inside a value are never looked at.
    """

    def value_of(match: re.Match[str]) -> str:
        value = values.get(match[1])
        if value is None:
            raise Refusal("missing_field", field=match[1], where=where)
        if not isinstance(value, str):
            raise Refusal("list_in_text", field=match[1], where=where)
        followed_by_stop = text[match.end() :].startswith(".")
        return value.removesuffix(".") if followed_by_stop else value

    return bind(clean(_FIELD.sub(value_of, text), where))


def fill_rows(texts: Iterable[str], values: Values, where: str) -> tuple[str, ...]:
    """Fill every text; one that is nothing but the field of a list becomes the list's rows."""
    rows: list[str] = []
    for text in texts:
        only = _FIELD.fullmatch(text)
        value = values.get(only[1]) if only else None
        if only and isinstance(value, tuple):
            rows += [bind(clean(row, only[1])) for row in value]
        else:
            rows.append(fill(text, values, where))
    return tuple(rows)


def bind(text: str) -> str:
    """Keep together on a line what a printer keeps together: «№ 5», «А. В. Соколов», « –»."""
    return _BOUND.sub("\u00a0", text)


def punctuate(items: Sequence[str]) -> list[str]:
    """End the items of a list: small ones with semicolons and a stop, whole sentences with stops.

    An item that already ends in some such mark keeps it.
    """
    last = len(items) - 1
    return [
        item
        if item.endswith(_ENDS)
        else item + (";" if item[:1].islower() and place < last else ".")
        for place, item in enumerate(items)
    ]
