"""What a paper is made of: clauses, tables, fields and parties."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from zveno.engines import Refusal
from zveno.engines.names import Gender, Person, parse

Values = Mapping[str, str | tuple[str, ...]]
"""Fields by name: one text, or the rows of a list."""


@dataclass(frozen=True, slots=True)
class Table:
    """``widths`` are shares of the page's width, equal if empty."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered paragraph, its numbered items and its table; without ``text`` the table alone.

    A clause that is ``optional`` is left out, number and all, when its items come out empty.
    """

    text: str
    items: tuple[str, ...] = ()
    table: Table | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Clauses under a heading; without a ``title`` they are numbered 1, 2, 3."""

    title: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """A side of a paper; ``forms`` are declined words put right by a person, and they win.

    ``role`` names one such party («Участник»), ``roles`` several of them («Участники»).
    Keys of ``forms``: ``post_genitive``, ``person_genitive``, ``basis_genitive``, ``called``
    («именуемое»), ``acting`` («действующего»), ``post``, ``signature`` («А. В. Соколов»).
    """

    organisation: str
    role: str
    post: str
    person: Person
    basis: str
    roles: str = ""
    gender: Gender | None = None
    requisites: tuple[str, ...] = ()
    forms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper before it is drawn; texts may hold ``{fields}`` with values in ``fields``.

    Papers ``after`` it go into the same file, each from a page of its own; they share its fields.
    """

    title: str
    subtitle: str = ""
    number: str = ""
    place: str = ""
    date: str = ""
    preamble: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    signatures: str = ""
    parties: tuple[Party, ...] = ()
    footer: str = ""
    fields: Values = field(default_factory=dict)
    after: tuple["Paper", ...] = ()


class Kind(StrEnum):
    TITLE = "title"
    SUBTITLE = "subtitle"
    NUMBER = "number"
    PLACE_AND_DATE = "place_and_date"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CLAUSE = "clause"
    ITEM = "item"
    TABLE = "table"
    SIGNATURES = "signatures"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Block:
    """One thing on the page, in its final words.

    ``texts``: one text, or place and date; ``rows``: a table with its header first, or the
    lines of each signature block.
    """

    kind: Kind
    texts: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()


def read_paper(raw: Mapping[str, Any]) -> Paper:
    """Read a paper from plain data; refuses a key it does not know."""
    known = _known(raw, Paper)
    known["preamble"] = tuple(known.get("preamble", ()))
    known["sections"] = tuple(_read_section(section) for section in known.get("sections", ()))
    known["parties"] = tuple(_read_party(party) for party in known.get("parties", ()))
    known["fields"] = {
        name: tuple(value) if isinstance(value, list) else str(value)
        for name, value in known.get("fields", {}).items()
    }
    known["after"] = tuple(read_paper(one) for one in known.get("after", ()))
    return Paper(**known)


def _read_section(raw: Mapping[str, Any]) -> Section:
    known = _known(raw, Section)
    return Section(known["title"], tuple(_read_clause(clause) for clause in known["clauses"]))


def _read_clause(raw: Mapping[str, Any]) -> Clause:
    known = _known(raw, Clause)
    known["items"] = tuple(known.get("items", ()))
    if known.get("table"):
        table = _known(known["table"], Table)
        rows = tuple(tuple(row) for row in table["rows"])
        known["table"] = Table(tuple(table["header"]), rows, tuple(table.get("widths", ())))
    return Clause(**known)


def _read_party(raw: Mapping[str, Any]) -> Party:
    known = _known(raw, Party)
    known["person"] = parse(known["person"])
    known["requisites"] = tuple(known.get("requisites", ()))
    known["gender"] = Gender(known["gender"]) if known.get("gender") else None
    return Party(**known)


def _known(raw: Mapping[str, Any], kind: type) -> dict[str, Any]:
    unknown = sorted(set(raw) - {known.name for known in fields(kind)})
    if unknown:
        raise Refusal("unknown_key", part=kind.__name__, key=unknown[0])
    return dict(raw)
