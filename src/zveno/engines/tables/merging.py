"""Cells merged downwards: each row of the range has the value, though the file stores it once."""

from collections import defaultdict
from dataclasses import replace

from zveno.engines.tables.model import Line, Sheet


def filled(sheet: Sheet, first: int) -> tuple[Sheet, int]:
    """Fill merged cells of the lines from index ``first`` on; return how many were.

    Headings stay as they are, and a line that holds nothing of its own stays blank.
    """
    if not sheet.merged:
        return sheet, 0
    body = {line.number: line for line in sheet.lines[first:]}
    wanted: dict[int, dict[int, str]] = defaultdict(dict)
    for top, bottom, column in sheet.merged:
        value = _cell(body[top], column) if top in body else ""
        if value.strip():
            for number in range(top + 1, bottom + 1):
                wanted[number][column] = value
    lines, count = [], 0
    for line in sheet.lines:
        new = _with(line, wanted.get(line.number, {}))
        count += new is not line
        lines.append(new)
    return replace(sheet, lines=tuple(lines)), count


def _cell(line: Line, column: int) -> str:
    return line.cells[column] if column < len(line.cells) else ""


def _with(line: Line, values: dict[int, str]) -> Line:
    empty = {n: value for n, value in values.items() if not _cell(line, n).strip()}
    if not empty or not any(cell.strip() for cell in line.cells):
        return line
    width = max(len(line.cells), *(n + 1 for n in empty))
    cells = [*line.cells, *[""] * (width - len(line.cells))]
    for column, value in empty.items():
        cells[column] = value
    return replace(line, cells=tuple(cells))
