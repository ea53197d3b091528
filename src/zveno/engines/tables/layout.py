"""Understand a source: which sheets count, table or free text, which columns hold what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from zveno.engines import Refusal
from zveno.engines.tables import limits
from zveno.engines.tables.classes import the_class_in
from zveno.engines.tables.codes import Code, RefusalCode
from zveno.engines.tables.columns import columns_of, heading_lines, holds_names
from zveno.engines.tables.freetext import people_of
from zveno.engines.tables.model import (
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
from zveno.engines.tables.table import Grid, aside, asides_above, drafts_of

_NAMES = frozenset({"family_name", "full_name"})


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose for the whole table: fields of columns, the class of who has none."""

    mapping: Mapping[int, str | None]
    school_class: str = ""


def laid_out(profile: Profile, source: Source, choices: Choices) -> Layout:
    """Turn a source into drafts and asides; hidden sheets come last. Raises ``Refusal``."""
    sheets = [sheet for sheet in source.sheets if sheet.lines]
    sheets.sort(key=lambda sheet: sheet.hidden)
    headed = any(heading_lines(profile, sheet) for sheet in sheets if not sheet.hidden)
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


def _laid_out(
    profile: Profile, source: Source, sheet: Sheet, choices: Choices, *, headed: bool
) -> Layout:
    headings = heading_lines(profile, sheet)
    if headed and not headings:
        passed = tuple(aside(sheet, line, "passed_over") for line in sheet.lines)
        return Layout("table", (), (), passed, (note(Code.SHEET_PASSED_OVER, sheet=sheet.name),))
    columns, told = columns_of(profile, sheet, headings, choices.mapping)
    if _is_free(profile, sheet, columns, headed=bool(headings) or bool(choices.mapping)):
        return _free(source, sheet, choices)
    above = choices.school_class or _class_above(sheet, headings)
    grid = Grid(profile, sheet, headings, columns, above if profile is CLASS_LIST else "")
    drafts = tuple(drafts_of(grid))
    remarks = (*told, *_remarks(grid, len(drafts)))
    return Layout("table", columns, drafts, tuple(asides_above(grid)), remarks)


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
    return Layout("free", (), tuple(drafts), tuple(asides))


def _class_above(sheet: Sheet, headings: range) -> str:
    """Find the one class in the titles above the headings, or in the name of the sheet."""
    titles = " ; ".join(" ".join(line.cells) for line in sheet.lines[: headings.start])
    return the_class_in(titles) or the_class_in(sheet.name or "")


def _remarks(grid: Grid, rows: int) -> Iterator[Finding]:
    if not grid.headings:
        yield note(Code.HEADER_NOT_FOUND, sheet=grid.sheet.name)
    if grid.sheet.hidden:
        yield question(Code.SHEET_HIDDEN, sheet=grid.sheet.name, rows=rows)
    fields = {column.field for column in grid.columns}
    for group in grid.profile.required:
        if not fields.intersection(group):
            yield error(Code.COLUMN_MISSING, field=group[0])
