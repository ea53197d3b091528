"""Lists of codes that others keep and that change: shipped as data, with their version and source.

A file a version in ``data/<list>/``. What is chosen is chosen from the latest; a code of an earlier
version keeps its name for what was stored with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

DATA = Path(__file__).parents[1] / "data"
SOURCE = "# source: "


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes: its latest ``version``, the ``source`` of that, what is in it now."""

    version: str
    source: str
    codes: tuple[str, ...]
    names: dict[str, dict[str, str]]

    def __contains__(self, code: object) -> bool:
        """Whether the latest version has the code."""
        return code in self.codes

    def name(self, code: str) -> str:
        """Return the name of a code of any version, in the reader's language; else the code."""
        names = self.names.get(code)
        return names.get(get_language() or "", names["ru"]) if names else code

    def choices(self) -> Iterator[tuple[str, str]]:
        """Offer the codes of the latest version, in its order."""
        return ((code, self.name(code)) for code in self.codes)


@cache
def code_list(key: str) -> CodeList:
    """Return the list called ``key``; a later version's name of a code replaces an earlier one."""
    names: dict[str, dict[str, str]] = {}
    for path in sorted((DATA / key).glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        source = next(line.removeprefix(SOURCE) for line in lines if line.startswith(SOURCE))
        rows = [line.split(" | ") for line in lines if not line.startswith("#")]
        names |= {code: {"ru": russian, "en": english} for code, russian, english in rows}
    return CodeList(path.stem, source, tuple(code for code, *_names in rows), names)


def sectors() -> CodeList:
    """Return the sectors of the economy."""
    return code_list("sectors")


@dataclass(frozen=True, slots=True)
class Term:
    """How long data of a category are kept: ``days`` after ``begins``, because of ``source``."""

    code: str
    days: int
    names: dict[str, str]
    beginnings: dict[str, str]
    source: str

    @property
    def name(self) -> str:
        """What is kept, in the reader's language."""
        return self.names.get(get_language() or "", self.names["ru"])

    @property
    def begins(self) -> str:
        """From when the days are counted, in the reader's language."""
        return self.beginnings.get(get_language() or "", self.beginnings["ru"])


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms that hold now: their ``version``, the ``source`` of the list, by category."""

    version: str
    source: str
    by_code: dict[str, Term]


@cache
def retention() -> Terms:
    """Return how long data are kept by the latest version of the list."""
    path = max((DATA / "retention").glob("*.txt"))
    lines = path.read_text(encoding="utf-8").splitlines()
    source = next(line.removeprefix(SOURCE) for line in lines if line.startswith(SOURCE))
    rows = [line.split(" | ") for line in lines if not line.startswith("#")]
    terms = [
        Term(code, int(days), {"ru": ru, "en": en}, {"ru": since_ru, "en": since_en}, why)
        for code, days, ru, en, since_ru, since_en, why in rows
    ]
    return Terms(path.stem, source, {term.code: term for term in terms})
