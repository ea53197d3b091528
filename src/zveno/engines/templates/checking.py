"""Whether a drawn paper tells all it must, read anew from its bytes and held against the facts."""

import io
import re
from collections.abc import Iterator, Sequence

import docx

from zveno.engines.papers.plain import draw_text
from zveno.engines.templates.context import ADDED, PARTIES, context_of
from zveno.engines.templates.model import Context, Told, Value
from zveno.engines.templates.reading import blocks_of

_SPACES = re.compile(r"\s+")
_SIGNATORIES = ("person_genitive", "signature", "person")
_POSTS = ("post_genitive", "post")


def check(drawn: bytes, told: Told) -> list[str]:
    """Name the needed fields that the drawn paper does not tell, in their order."""
    words = _flat(draw_text(blocks_of(docx.Document(io.BytesIO(drawn)))))
    context = context_of(told)
    return [
        name
        for name in told.needed
        if not all(any(_flat(one) in words for one in ways) for ways in _facts(name, context))
    ]


def _flat(words: str) -> str:
    """Fold spaces and case: breaks of lines and capitals are a matter of looks."""
    return _SPACES.sub(" ", words).strip(" ").rstrip(".;,").casefold()


def _facts(name: str, context: Context) -> Iterator[Sequence[str]]:
    """Return the facts of a field, each in the ways it may be told."""
    value = context[name]
    for one in value if isinstance(value, list) else [value]:
        if name == PARTIES and isinstance(one, dict):
            yield (str(one["organisation"]),)
            yield tuple(str(one[form]) for form in _SIGNATORIES)
            yield tuple(str(one[form]) for form in _POSTS)
        elif name == ADDED and isinstance(one, dict):
            yield from ((line,) for line in _texts(one))
        else:
            yield (str(one),)


def _texts(value: Value) -> Iterator[str]:
    """Return every text in a field, however deep."""
    if isinstance(value, str):
        yield value
    else:
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
