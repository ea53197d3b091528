"""Turn the lines of a sheet with columns into drafts of rows; every line is a row or an aside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zveno.engines.tables.classes import judge_class
from zveno.engines.tables.codes import Code
from zveno.engines.tables.delimited import rejoined
from zveno.engines.tables.model import Aside, Column, Draft, Finding, Line, Sheet, question
from zveno.engines.tables.profiles import CLASS_LIST, NUMBER, Profile, is_full_name
from zveno.engines.tables.text import printable

_TOTALS = re.compile(r"\s*(?:итого|всего|в\s+том\s+числе)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"\s*[0-9]{1,5}\s*[.)]?\s*")
_SIGNATURE = re.compile(r"_{4,}|\bМ\.\s?П\.|\(подпись\)", re.IGNORECASE)
_LONE_NEEDS = 3
_NAMES = frozenset({"name", "full_name", "family_name"})
_DISTINCT = re.compile(r"[№«\"0-9]")
_ASIDE_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet whose headings and columns are known."""

    profile: Profile
    sheet: Sheet
    headings: range
    columns: Sequence[Column]
    school_class: str = ""


def asides_above(grid: Grid) -> Iterator[Aside]:
    """Say what the lines above the rows are: titles, headings, blanks."""
    for index, line in enumerate(grid.sheet.lines[: grid.headings.stop]):
        reason = "header" if index in grid.headings else "title"
        yield aside(grid.sheet, line, reason if any(map(str.strip, line.cells)) else "blank")


def aside(sheet: Sheet, line: Line, reason: str) -> Aside:
    """Put a line aside, with its text."""
    text = " ".join(cell for cell in line.cells if cell.strip())
    return aside_of(sheet, line.number, reason, text)


def aside_of(sheet: Sheet, number: int, reason: str, text: str) -> Aside:
    """Put words aside; those that stand in no line of the table have the number 0."""
    short = " ".join(text.split())[:_ASIDE_LIMIT]
    return Aside(sheet.name, number, reason, printable(short))


def drafts_of(grid: Grid) -> Iterator[Draft]:
    """Draft a row of every line below the headings."""
    lines = list(grid.sheet.lines[grid.headings.stop :])
    width = len(grid.columns)
    if grid.sheet.ragged and grid.headings:
        lines = rejoined(lines, width)
    section = grid.school_class
    for line in lines:
        skip = _skipped(grid, line)
        filled = [cell for cell in line.cells if cell.strip()]
        if not skip and _is_section(grid, line, filled):
            section, skip = filled[0], "section"
        findings = list(line.findings)
        if not skip:
            findings += _shape(grid, line, filled, last=line is lines[-1])
        yield _draft(grid, line, findings, skip=skip, section=section)


def _draft(
    grid: Grid, line: Line, findings: list[Finding], *, skip: str | None, section: str
) -> Draft:
    cells = line.cells[: len(grid.columns)]
    places = {c.field: c.index for c in grid.columns if c.field and c.field != NUMBER}
    inputs = {name: cells[index] for name, index in places.items() if index < len(cells)}
    if section and not inputs.get("class", "").strip():
        inputs["class"] = section
    if inputs.get("letter", "").strip():
        inputs["class"] = f"{inputs.get('class', '')} {inputs['letter']}".strip()
    return Draft(
        sheet=grid.sheet.name,
        line=line.number,
        raw=tuple(
            None if column.left_out else printable(cell)
            for column, cell in zip(grid.columns, cells, strict=False)
        ),
        inputs=inputs,
        findings=(*findings, *_of_sheet(grid.sheet)),
        marks={name: line.marks[index] for name, index in places.items() if index in line.marks},
        places=places,
        skip=skip,
    )


def _of_sheet(sheet: Sheet) -> Sequence[Finding]:
    return (question(Code.HIDDEN_SHEET),) if sheet.hidden else ()


def _skipped(grid: Grid, line: Line) -> str | None:
    filled = [cell for cell in line.cells if cell.strip()]
    if not _telling(grid, line):
        return None if line.marks or line.findings else "blank"
    if any(_TOTALS.match(cell) for cell in filled[:2]):
        return "totals"
    cells = [cell.strip() for cell in line.cells]
    if any(cells == [c.strip() for c in grid.sheet.lines[n].cells] for n in grid.headings):
        return "header"
    if len(filled) <= _LONE_NEEDS and _SIGNATURE.search(" ".join(filled)):
        return "signature"
    return None


def _telling(grid: Grid, line: Line) -> list[str]:
    """Return the filled cells but for the row's number: a numbered line may be blank."""
    numbers = {column.index for column in grid.columns if column.field == NUMBER}
    return [
        cell
        for n, cell in enumerate(line.cells)
        if cell.strip() and not (n in numbers and _ORDINAL.fullmatch(cell))
    ]


def _is_section(grid: Grid, line: Line, filled: Sequence[str]) -> bool:
    """Whether a line of one cell, in another column than the class, names it for those below."""
    if grid.profile is not CLASS_LIST or len(filled) != 1 or filled[0].strip().isdigit():
        return False
    place = line.cells.index(filled[0])
    field = grid.columns[place].field if place < len(grid.columns) else None
    return field != "class" and bool(judge_class(filled[0]).value)


def _shape(grid: Grid, line: Line, filled: Sequence[str], *, last: bool) -> list[Finding]:
    """Ask about a line that has too few or too many cells, or only one that says anything."""
    found = []
    if grid.sheet.ragged:
        found += _ragged(grid, line, last=last)
    if len(filled) == 1 and _is_subheading(grid, line, filled[0]):
        found.append(question(Code.LONE_CELL))
    return found


def _is_subheading(grid: Grid, line: Line, text: str) -> bool:
    """Whether the only filled cell may be a subheading; a name in its column is none."""
    used = [column for column in grid.columns if column.field and column.field != NUMBER]
    place = line.cells.index(text)
    field = grid.columns[place].field if place < len(grid.columns) else None
    named = field in _NAMES and (_DISTINCT.search(text) if field == "name" else is_full_name(text))
    return text.rstrip().endswith(":") or (len(used) >= _LONE_NEEDS and not named)


def _ragged(grid: Grid, line: Line, *, last: bool) -> list[Finding]:
    width, found = len(grid.columns), len(line.cells)
    needed = max((c.index + 1 for c in grid.columns if c.field or c.left_out), default=0)
    if found < needed and not last:
        return [question(Code.TOO_FEW_FIELDS, found=found, expected=width)]
    if any(cell.strip() for cell in line.cells[width:]):
        return [question(Code.TOO_MANY_FIELDS, found=found, expected=width)]
    return []
