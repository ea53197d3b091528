"""The words of a paper, filled in and punctuated."""

import re
from collections.abc import Iterable, Sequence

from zveno.engines import Refusal
from zveno.engines.papers.model import Values
from zveno.engines.printing import bind, clean

_FIELD = re.compile(r"(?<![{$])\{([a-z][a-z0-9_]*)\}(?!\})")
_ENDS = (".", ";", ":", "!", "?", "…")


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
