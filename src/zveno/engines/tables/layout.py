"""Understand a source: which sheets count, table or free text, which columns hold what."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from zveno.engines import Refusal
from zveno.engines.tables import limits
from zveno.engines.tables.classes import the_class_in
from zveno.engines.tables.codes import Code, RefusalCode
from zveno.engines.tables.columns import (
    Chosen,
    columns_of,
    heading_lines,
    holds_names,
    remembered_line,
)
from zveno.engines.tables.freetext import people_of
from zveno.engines.tables.merging import filled
from zveno.engines.tables.model import (
    Aside,
    Column,
    Finding,
    Layout,
    Sheet,
    Source,
    error,
    note,
    question,
)
from zveno.engines.tables.profiles import CLASS_LIST, Profile
from zveno.engines.tables.table import Grid, aside, aside_of, asides_above, drafts_of

_NAMES = frozenset({"family_name", "full_name"})


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose for the whole table.

    Fields of columns, the class of who has none, the lines of headings (from 0), the hidden
    ``sheets`` to take as if they were not hidden, and whether hidden rows are taken.
    """

    columns: Chosen
    school_class: str = ""
    headings: range = range(0)
    sheets: frozenset[str] = frozenset()
    hidden_rows: bool = False


def laid_out(profile: Profile, source: Source, choices: Choices) -> Layout:
    """Turn a source into drafts and asides; hidden sheets come last. Raises ``Refusal``."""
    sheets = [_shown(sheet, choices) for sheet in source.sheets if sheet.lines]
    sheets.sort(key=lambda sheet: sheet.hidden)
    headed = any(_headings(profile, sheet, choices) for sheet in sheets if not sheet.hidden)
    parts = [_laid_out(profile, source, sheet, choices, headed=headed) for sheet in sheets]
    drafts = tuple(draft for part in parts for draft in part.drafts)
    if len(drafts) > limits.MAX_ROWS:
        raise Refusal(RefusalCode.TOO_MANY_ROWS, limit=limits.MAX_ROWS)
    return Layout(
        "free" if any(part.layout == "free" for part in parts) else "table",
        tuple(column for part in parts for column in part.columns),
        drafts,
        tuple(aside for part in parts for aside in part.asides),
        (*source.remarks, *(remark for part in parts for remark in part.remarks)),
    )


def _shown(sheet: Sheet, choices: Choices) -> Sheet:
    """Show what a person chose to take though the file hides it."""
    if choices.hidden_rows:
        lines = tuple(
            replace(line, findings=tuple(f for f in line.findings if f.code != Code.HIDDEN_ROW))
            if line.findings
            else line
            for line in sheet.lines
        )
        sheet = replace(sheet, lines=lines)
    return replace(sheet, hidden=sheet.hidden and sheet.name not in choices.sheets)


def _headings(profile: Profile, sheet: Sheet, choices: Choices) -> range:
    chosen = choices.headings
    if chosen and not sheet.hidden and chosen.stop <= len(sheet.lines):
        return chosen
    return heading_lines(profile, sheet) or remembered_line(sheet, choices.columns)


def _laid_out(
    profile: Profile, source: Source, sheet: Sheet, choices: Choices, *, headed: bool
) -> Layout:
    headings = _headings(profile, sheet, choices)
    if headed and not headings:
        passed = (aside(sheet, line, "passed_over") for line in sheet.lines)
        asides = (*_around(sheet), *passed)
        return Layout("table", (), (), asides, (note(Code.SHEET_PASSED_OVER, sheet=sheet.name),))
    sheet, filled_in = filled(sheet, headings.stop)
    columns, told = columns_of(profile, sheet, headings, choices.columns)
    if filled_in:
        told = [*told, note(Code.MERGED_FILLED, sheet=sheet.name, cells=filled_in)]
    if _is_free(profile, sheet, columns, headed=bool(headings) or bool(choices.columns.mapping)):
        return _free(source, sheet, choices)
    above = choices.school_class or _class_above(sheet, headings)
    grid = Grid(profile, sheet, headings, columns, above if profile is CLASS_LIST else "")
    drafts = tuple(drafts_of(grid))
    remarks = (*told, *_remarks(grid, len(drafts)))
    return Layout("table", columns, drafts, (*_around(sheet), *asides_above(grid)), remarks)


def _around(sheet: Sheet) -> Iterator[Aside]:
    for reason, text in sheet.around:
        yield aside_of(sheet, 0, reason, text)


def _is_free(profile: Profile, sheet: Sheet, columns: tuple[Column, ...], *, headed: bool) -> bool:
    """Whether children are not listed in columns: no column of names, or several of them."""
    if profile is not CLASS_LIST or headed:
        return False
    names = [column for column in columns if column.field in _NAMES]
    others = [column for column in columns if column.field is None]
    return not names or len(columns) == 1 or any(holds_names(sheet, c.index) for c in others)


def _free(source: Source, sheet: Sheet, choices: Choices) -> Layout:
    glue = source.delimiter if source.delimiter not in {None, "\t"} else " "
    lines = tuple(replace(line, cells=(f"{glue}".join(line.cells),)) for line in sheet.lines)
    drafts, asides = people_of(replace(sheet, lines=lines), choices.school_class)
    return Layout("free", (), tuple(drafts), (*_around(sheet), *asides))


def _class_above(sheet: Sheet, headings: range) -> str:
    """Find the one class in the titles above the headings, or in the name of the sheet."""
    above = [text for _reason, text in sheet.around]
    above += [" ".join(line.cells) for line in sheet.lines[: headings.start]]
    return the_class_in(" ; ".join(above)) or the_class_in(sheet.name or "")


def _remarks(grid: Grid, rows: int) -> Iterator[Finding]:
    if not grid.headings:
        yield note(Code.HEADER_NOT_FOUND, sheet=grid.sheet.name)
    if grid.sheet.hidden:
        yield question(Code.SHEET_HIDDEN, sheet=grid.sheet.name, rows=rows)
    fields = {column.field for column in grid.columns}
    for group in grid.profile.required:
        if not fields.intersection(group):
            yield error(Code.COLUMN_MISSING, field=group[0])
