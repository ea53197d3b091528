"""What the markup of a sheet says and the reader of values does not: extent, hiding, errors.

The parts are scanned, not parsed: the scan only refuses, and asks about what it notices.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made

from zveno.engines import Refusal
from zveno.engines.tables import limits
from zveno.engines.tables.codes import Code, RefusalCode
from zveno.engines.tables.model import Finding, error

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_FULL_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^>/])>(?!</)")
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_NUMBER = re.compile(rb'\br="([0-9]{1,7})"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_HIDDEN_COLUMNS = re.compile(rb'<(?:\w+:)?col\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_SPAN = re.compile(rb'\b(min|max)="([0-9]{1,5})"')
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"'
)
_ROWS_SPANNED = re.compile(rb'number-rows-spanned="([0-9]{1,5})"')
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)(?<!/)>')
_BARE_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*[^>/])>\s*<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ODS_TAG = re.compile(
    rb"<table:(?P<tag>table-row|table-column|table-cell|covered-table-cell|table)(?![\w-])"
    rb"(?P<said>[^>]*?)(?P<empty>/)?>"
)
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="([0-9]{1,9})"')
_COLLAPSED = re.compile(rb'table:visibility="(?:collapse|filter)"')


@dataclass(frozen=True, slots=True)
class Marks:
    """Hidden rows (from 1), hidden columns (from 0), what is wrong with cells (row, column).

    ``merged`` lists what is merged downwards: first row, last row, column.
    """

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    cells: Mapping[tuple[int, int], Finding] = made(default_factory=dict)
    merged: tuple[tuple[int, int, int], ...] = ()


def column_index(letters: str) -> int:
    """Turn a column's letters into its index from 0."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def column_letters(index: int) -> str:
    """Turn a column's index from 0 into its letters."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters


def marks_of_xlsx(sheet: bytes) -> Marks:
    """Scan one sheet of an XLSX workbook. Raises ``Refusal`` if it is too wide or long to open."""
    _refuse_vast_xlsx(sheet)
    rows = frozenset(
        int(number[1])
        for row in _ROW.finditer(sheet)
        if _HIDDEN.search(row[1]) and (number := _NUMBER.search(row[1]))
    )
    merged = tuple(_merged(sheet))
    return Marks(rows, frozenset(_hidden_columns(sheet)), dict(_bad_cells(sheet)), merged)


def _refuse_vast_xlsx(sheet: bytes) -> None:
    if sum(1 for _ in _ANY_CELL.finditer(sheet)) > limits.MAX_CELLS:
        raise Refusal(RefusalCode.TOO_MANY_CELLS, limit=limits.MAX_CELLS)
    last_row = columns = 0
    for cell in _FULL_CELL.finditer(sheet):
        place = _REFERENCE.search(cell[1])
        if place:
            last_row = max(last_row, int(place[2]))
            columns = max(columns, column_index(place[1].decode()) + 1)
    refuse_vast(last_row, columns)


def refuse_vast(rows: int, columns: int) -> None:
    """Refuse a sheet whose used range does not fit. Raises ``Refusal``."""
    if columns > limits.MAX_COLUMNS or rows * columns > limits.MAX_CELLS:
        raise Refusal(RefusalCode.TOO_MANY_CELLS, limit=limits.MAX_CELLS)
    if rows > limits.MAX_LINES:
        raise Refusal(RefusalCode.TOO_MANY_ROWS, limit=limits.MAX_ROWS)


def _hidden_columns(sheet: bytes) -> Iterator[int]:
    for column in _HIDDEN_COLUMNS.finditer(sheet):
        span = {name: int(number) for name, number in _SPAN.findall(column[0])}
        last = min(span.get(b"max", 0), limits.MAX_COLUMNS)
        yield from range(span.get(b"min", 1) - 1, last)


def _merged(sheet: bytes) -> Iterator[tuple[int, int, int]]:
    total = 0
    for found in _MERGED.finditer(sheet):
        top, bottom = int(found[2]), int(found[3])
        total += max(bottom - top, 0)
        if total > limits.MAX_LINES:
            return
        if top < bottom <= limits.MAX_LINES:
            yield top, bottom, column_index(found[1].decode())


def _bad_cells(sheet: bytes) -> Iterator[tuple[tuple[int, int], Finding]]:
    for pattern, code in (
        (_BARE_FORMULA, Code.CELL_WITHOUT_VALUE),
        (_ERROR_CELL, Code.CELL_ERROR),
    ):
        for cell in pattern.finditer(sheet):
            place = _REFERENCE.search(cell[1])
            if place:
                yield (int(place[2]), column_index(place[1].decode())), error(code)


def marks_of_ods(content: bytes) -> list[Marks]:
    """Scan all sheets of an ODS workbook, in their order. Raises ``Refusal`` as for XLSX."""
    sheets = [_OdsSheet()]
    for tag in _ODS_TAG.finditer(content):
        if tag["tag"] == b"table":
            sheets.append(_OdsSheet())
        else:
            sheets[-1].read(tag)
    for sheet in sheets:
        refuse_vast(sheet.last_row, sheet.last_column)
    return [
        Marks(frozenset(s.hidden_rows), frozenset(s.hidden_columns), merged=tuple(s.merged))
        for s in sheets[1:]
    ]


class _OdsSheet:
    """A sheet while its tags are read: where the last filled cell stands, what is hidden."""

    def __init__(self) -> None:
        self.row = self.column = self.columns_declared = 0
        self.repeated_rows = 1
        self.last_row = self.last_column = 0
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[tuple[int, int, int]] = []

    def read(self, tag: re.Match[bytes]) -> None:
        """Take in one tag."""
        repeated = _REPEATED.search(tag["said"])
        times = int(repeated[1]) if repeated else 1
        hidden = bool(_COLLAPSED.search(tag["said"]))
        if tag["tag"] == b"table-row":
            self.row += self.repeated_rows
            self.column, self.repeated_rows = 0, times
            if hidden:
                self.hidden_rows.update(range(self.row, self.row + min(times, limits.MAX_LINES)))
        elif tag["tag"] == b"table-column":
            if hidden and times < limits.MAX_COLUMNS:
                start = self.columns_declared
                self.hidden_columns.update(range(start, start + times))
            self.columns_declared += times
        else:
            spanned = _ROWS_SPANNED.search(tag["said"])
            if spanned and int(spanned[1]) > 1 and len(self.merged) < limits.MAX_ENTRIES:
                last = min(self.row + int(spanned[1]) - 1, limits.MAX_LINES)
                self.merged.append((self.row, last, self.column))
            self.column += times
            if not tag["empty"]:
                self.last_column = max(self.last_column, self.column)
                self.last_row = max(self.last_row, self.row + self.repeated_rows - 1)
