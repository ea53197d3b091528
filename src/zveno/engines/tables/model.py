"""The plain things that the parts of the engine hand to each other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

from zveno.engines.tables.codes import Code, Severity

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing said about a value (``field``), or about a row or table (no field)."""

    code: Code
    severity: Severity
    field: str | None = None
    facts: Mapping[str, Any] = made(default_factory=dict)
    suggestion: str | None = None
    before: str | None = None
    after: str | None = None


def note(code: Code, **facts: Any) -> Finding:
    """Say what was tidied or is worth knowing."""
    return Finding(code, Severity.NOTE, facts=facts)


def question(code: Code, **facts: Any) -> Finding:
    """Ask a person to choose."""
    return Finding(code, Severity.QUESTION, facts=facts)


def error(code: Code, **facts: Any) -> Finding:
    """Say that the value cannot stand."""
    return Finding(code, Severity.ERROR, facts=facts)


@dataclass(frozen=True, slots=True)
class Judged:
    """A value after judgement: null if a person must mend or choose.

    ``typed`` is what stands if a person insists: the value as it came, only made printable.
    ``likely`` is the best reading, whether or not it stands; doubles are looked for by it.
    """

    value: str | None
    likely: str
    typed: str | None
    findings: tuple[Finding, ...] = ()


Judge = Callable[[str], Judged]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source: ``number`` counts from 1, ``marks`` say what is wrong with a cell."""

    number: int
    cells: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    marks: Mapping[int, Finding] = made(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lines of one sheet; ``ragged`` if lines may have more or fewer cells than the heading.

    ``merged`` lists ranges merged downwards: first line, last line (from 1), column (from 0).
    ``around`` holds words that stand beside the table, each with the reason why it is no row.
    """

    name: str | None
    lines: tuple[Line, ...]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    ragged: bool = False
    merged: tuple[tuple[int, int, int], ...] = ()
    around: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A table as it was read, before anything in it is understood."""

    kind: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None
    delimiter: str | None = None
    date1904: bool = False
    remarks: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet and the field it was recognised as.

    ``left_out`` names personal data that this profile does not take (its cells are not shown).
    """

    sheet: str | None
    index: int
    header: str
    field: str | None
    sure: bool
    hidden: bool = False
    left_out: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A source row before judgement: the text for each field, and what reading found."""

    sheet: str | None
    line: int
    raw: tuple[str | None, ...]
    inputs: Mapping[str, str]
    findings: tuple[Finding, ...] = ()
    marks: Mapping[str, Finding] = made(default_factory=dict)
    places: Mapping[str, int] = made(default_factory=dict)
    skip: str | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """A line of the source that is no row: a title, a heading, chatter."""

    sheet: str | None
    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A source understood: its columns, its rows, and the lines that are no rows."""

    layout: str
    columns: tuple[Column, ...]
    drafts: tuple[Draft, ...]
    asides: tuple[Aside, ...]
    remarks: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person has already decided about the table."""

    mends: Mapping[int, Mapping[str, str]]
    insist: Mapping[int, frozenset[str]]
    known: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A source row with its one verdict: accept, hold, duplicate or skip.

    ``likely`` holds what doubles are looked for by.
    """

    number: int
    draft: Draft
    values: Mapping[str, Any]
    findings: tuple[Finding, ...]
    verdict: str
    duplicate_of: int | None = None
    known: str | None = None
    skip: str | None = None
    likely: Mapping[str, str] = made(default_factory=dict)
