"""How a state looks to people: a room chooses words and tones in Python, typed and translated."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Tone = Literal["", "ok", "warn", "bad", "info", "brand", "brass"]


@dataclass(frozen=True, slots=True)
class Face:
    """The word, the tone and the icon of a state; the word alone must be enough."""

    text: "str | StrPromise"
    tone: Tone = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """The label of a choice card: a title, a sentence under it, a note at the right.

    ``closed`` says why it cannot be chosen; the card stays visible with the reason.
    """

    title: "str | StrPromise"
    hint: "str | StrPromise" = ""
    note: "str | StrPromise" = ""
    closed: "str | StrPromise" = ""

    def __str__(self) -> str:
        """Say the title: what Django shows where cards are not drawn."""
        return str(self.title)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a recognised list that a person may mend in place.

    ``pattern`` is a regular expression of a good value, for the browser's first look only.
    """

    name: str
    value: str
    label: str
    error: str = ""
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A link of the chain figure: a number or a word, and what it means."""

    value: "str | int"
    words: "str | StrPromise"


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the palette: a thing or a deed, what kind it is, where it leads."""

    title: "str | StrPromise"
    kind: "str | StrPromise"
    url: str
    icon: str = "doc"
