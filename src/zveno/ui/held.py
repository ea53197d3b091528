"""Rows of a table that are held back: what keeps each, and what a person said about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

LONGEST = 1000
WHOLE_ROW = "row"


def doubts_in(findings: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Return by field what keeps a row back, notes left out; no field means the whole row."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for finding in findings:
        if finding["severity"] != "note":
            found.setdefault(finding["field"] or WHOLE_ROW, []).append(finding)
    return found


class Row(Protocol):
    """A row as the engine judged it."""

    @property
    def number(self) -> int:
        """Return its number in the table."""

    def doubts(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Return what keeps it back, by field."""


@dataclass(frozen=True, slots=True)
class HeldCell:
    """A value that keeps its row from being taken; ``field`` is ``row`` for the whole row."""

    row: Any
    field: str
    value: str
    findings: Sequence[Mapping[str, Any]]

    @property
    def key(self) -> str:
        """Name it in a form."""
        return f"{self.row.number}-{self.field}"

    @property
    def suggestion(self) -> str:
        """What the engine proposes instead, if it does."""
        return next((one["suggestion"] for one in self.findings if one["suggestion"]), "")

    @property
    def may_stay(self) -> bool:
        """Whether a person may leave it as it came."""
        return all(one["severity"] == "question" for one in self.findings)

    def typed(self, data: Mapping[str, str]) -> str:
        """Return what a form says of it: what was typed, or the suggestion that was taken."""
        typed = data.get(f"cell-{self.key}", self.value).replace("\0", "")[:LONGEST]
        return (self.suggestion or typed) if data.get("take") == self.key else typed


def held_cells(
    rows: Iterable[Row], mends: Mapping[str, Mapping[str, str | None]]
) -> list[HeldCell]:
    """List what keeps ``rows`` back, in their order, with what was typed before (``mends``)."""
    return [
        HeldCell(row, name, _shown(mends.get(str(row.number), {}).get(name), findings), findings)
        for row in rows
        for name, findings in row.doubts().items()
    ]


def _shown(mended: str | None, findings: Sequence[Mapping[str, Any]]) -> str:
    came = next((one["before"] for one in findings if one["before"]), "")
    return str(came if mended is None else mended)


@dataclass(slots=True)
class Said:
    """What a person said about held rows, as verbs take it."""

    mends: dict[int, dict[str, str]] = field(default_factory=dict)
    kept: dict[int, list[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return bool(self.mends or self.kept)


def said(cells: Iterable[HeldCell], twins: Iterable[Row], data: Mapping[str, str]) -> Said:
    """Read what was typed into cells (``cell-6-inn``) and which button was pressed.

    ``take`` names a cell to take the suggestion for, ``keep`` one to leave as it came, or a row
    (``6-row``) of ``twins``, which repeat another. What belongs to none of them is not looked at.
    """
    heard, keep = Said(), data.get("keep")
    for row in twins:
        if keep == f"{row.number}-{WHOLE_ROW}":
            heard.kept[row.number] = [WHOLE_ROW]
    for cell in cells:
        typed = cell.typed(data)
        if typed != cell.value and cell.field != WHOLE_ROW:
            heard.mends.setdefault(cell.row.number, {})[cell.field] = typed
        if keep == cell.key and cell.may_stay:
            heard.kept.setdefault(cell.row.number, []).append(cell.field)
    return heard
