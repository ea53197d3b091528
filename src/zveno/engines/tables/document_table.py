"""A table of a text document while it is read: cells become lines, merged and hidden ones noted."""

from dataclasses import dataclass, replace
from dataclasses import field as made

from zveno.engines import Refusal
from zveno.engines.tables import limits
from zveno.engines.tables.codes import Code, RefusalCode
from zveno.engines.tables.model import Finding, Line, Sheet, error, question
from zveno.engines.tables.text import printable, tidied

DELETED, TEXT = "deleted", "text"


@dataclass(slots=True)
class Words:
    """What is read of a paragraph or a cell: what shows, and what the document hides."""

    shown: list[str] = made(default_factory=list)
    hidden: list[str] = made(default_factory=list)

    def add(self, other: "Words") -> None:
        """Take in a paragraph."""
        for mine, new in ((self.shown, other.shown), (self.hidden, other.hidden)):
            text = "".join(new)
            if text.strip():
                mine.append(text)


@dataclass(slots=True)
class Cell(Words):
    """A cell while it is read; ``merge`` is whether it goes on with the one above, if it says."""

    span: int = 1
    merge: str | None = None


@dataclass(slots=True)
class Row:
    """A row while it is read; ``before`` columns are left out at its start."""

    cells: list[Cell] = made(default_factory=list)
    before: int = 0
    hidden: bool = False
    deleted: bool = False

    @property
    def is_unseen(self) -> bool:
        """Whether the document hides all that it says."""
        hides = any(cell.hidden for cell in self.cells)
        return hides and not any(cell.shown for cell in self.cells)


@dataclass(slots=True)
class Table:
    """A table while it is read: its lines, what stands around it, what is merged downwards."""

    level: int
    around: list[tuple[str, str]]
    lines: list[Line] = made(default_factory=list)
    merged: dict[int, list[tuple[int, int]]] = made(default_factory=dict)
    row: Row = made(default_factory=Row)
    width: int = 0

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(line.marks or any(map(str.strip, line.cells)) for line in self.lines)

    def goes_on_in(self, other: "Table") -> bool:
        """Whether another table, which stands behind this one, may be the rest of it."""
        alike = (other.level, other.width) == (self.level, self.width)
        return alike and bool(other.lines) and not other.around

    def take_in(self, other: "Table") -> None:
        """Put the lines of another table below one's own."""
        shift = len(self.lines)
        self.lines += [replace(line, number=line.number + shift) for line in other.lines]
        for column, ranges in other.merged.items():
            moved = [(top + shift, bottom + shift) for top, bottom in ranges]
            self.merged.setdefault(column, []).extend(moved)

    def finish_row(self) -> int:
        """Turn the row that was read into a line; return how many cells it has.

        Raises ``Refusal`` for one too wide.
        """
        row, number = self.row, len(self.lines) + 1
        cells, wrong = [""] * row.before, dict[int, Finding]()
        for cell in row.cells:
            text = "\n".join(cell.hidden if row.is_unseen else cell.shown)
            if cell.hidden and not row.is_unseen:
                shown = printable(tidied(text)[0])
                asked = replace(error(Code.HIDDEN_TEXT), suggestion=shown or None, before=shown)
                wrong[len(cells)] = asked
            if not row.deleted:
                self._merge(len(cells), number, cell.merge)
            cells += [text, *[""] * (cell.span - 1)]
            if len(cells) > limits.MAX_COLUMNS:
                raise Refusal(RefusalCode.TOO_MANY_CELLS, limit=limits.MAX_CELLS)
        self._put(cells, wrong)
        self.width = max(self.width, len(cells))
        return len(cells)

    def _put(self, cells: list[str], wrong: dict[int, Finding]) -> None:
        row = self.row
        if row.deleted:
            self.around.append((DELETED, " ".join(filter(None, cells))))
            return
        asked = (question(Code.HIDDEN_ROW),) if row.hidden or row.is_unseen else ()
        self.lines.append(Line(len(self.lines) + 1, tuple(cells), asked, wrong))

    def _merge(self, column: int, number: int, merge: str | None) -> None:
        ranges = self.merged.setdefault(column, [])
        if merge == "restart":
            ranges.append((number, number))
        elif merge and ranges and ranges[-1][1] == number - 1:
            ranges[-1] = (ranges[-1][0], number)

    def sheet(self, name: str | None) -> Sheet:
        """Return it as a sheet."""
        return Sheet(
            name,
            tuple(self.lines),
            merged=tuple(
                (top, bottom, column)
                for column, ranges in self.merged.items()
                for top, bottom in ranges
                if bottom > top
            ),
            around=tuple(self.around),
        )
