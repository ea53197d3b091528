"""What stands on a poster."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from zveno.engines import Refusal
from zveno.engines.printing import bind, clean


@dataclass(frozen=True, slots=True)
class Poster:
    """One poster in its final words.

    ``facts`` are lines of two: what (day, place, for whom) and what is said of it; ``call`` stands
    beside the code and says what to do; ``address`` is where the QR leads.
    """

    WORDS: ClassVar = ("kind", "title", "lede", "host", "cluster", "call")

    kind: str
    title: str
    lede: str
    facts: tuple[tuple[str, str], ...]
    host: str
    cluster: str
    call: str
    address: str


def read_poster(raw: Mapping[str, Any]) -> Poster:
    """Read a poster from plain data, its words cleaned; refuses wrong keys and no title."""
    wrong = sorted(set(raw) ^ {*Poster.WORDS, "facts", "address"})
    if wrong:
        raise Refusal("wrong_keys", keys=wrong)
    words = {name: _words(raw[name], name) for name in (*Poster.WORDS, "address")}
    if not words["title"]:
        raise Refusal("no_title")
    facts = tuple((_words(what, "facts"), _words(said, "facts")) for what, said in raw["facts"])
    return Poster(**words, facts=facts)


def _words(value: Any, where: str) -> str:
    return bind(clean(str(value), where))
