"""Read a workbook (XLSX, ODS) through calamine, behind the gates of ``archive`` and ``markup``."""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, time
from html import unescape
from importlib import import_module
from typing import Any

from zveno.engines import Refusal
from zveno.engines.tables import limits
from zveno.engines.tables.archive import part_of
from zveno.engines.tables.codes import Code, RefusalCode
from zveno.engines.tables.markup import Marks, marks_of_ods, marks_of_xlsx
from zveno.engines.tables.model import Finding, Line, Sheet, Source, question
from zveno.engines.tables.text import printable

_DATE_1904 = (b'date1904="1"', b'date1904="true"')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_LINK = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_SAID = re.compile(rb'(?:\w+:)?(\w+)="([^"]*)"')
_LARGEST_WHOLE = 10**15


def read_workbook(data: bytes, archive: zipfile.ZipFile, kind: str) -> Source:
    """Read every sheet of a workbook as lines of text; it is opened already. Raises ``Refusal``."""
    date1904 = False
    if kind == "xlsx":
        head = part_of(archive, "xl/workbook.xml")
        date1904 = any(flag in head for flag in _DATE_1904)
        marks = _marks_of_parts(archive, head)
    else:
        marks = marks_of_ods(part_of(archive, "content.xml"))
    sheets = tuple(_sheets(data, marks))
    if not any(sheet.lines for sheet in sheets):
        raise Refusal(RefusalCode.EMPTY)
    return Source(kind, sheets, date1904=date1904)


def _marks_of_parts(archive: zipfile.ZipFile, head: bytes) -> list[Marks]:
    """Scan every part that holds a sheet, whatever its name; give marks in the sheets' order."""
    found = {}
    for name in archive.namelist():
        part = part_of(archive, name)
        if b"sheetData" in part:
            found[name] = marks_of_xlsx(part)
    links = {}
    if "xl/_rels/workbook.xml.rels" in archive.namelist():
        for link in _LINK.finditer(part_of(archive, "xl/_rels/workbook.xml.rels")):
            said = dict(_SAID.findall(link[1]))
            target = unescape(said.get(b"Target", b"").decode(errors="replace"))
            links[said.get(b"Id")] = target.removeprefix("/xl/").removeprefix("xl/")
    order = [dict(_SAID.findall(sheet[1])).get(b"id") for sheet in _SHEET.finditer(head)]
    return [found.get(f"xl/{links.get(key)}", Marks()) for key in order]


def _sheets(data: bytes, marks: list[Marks]) -> Iterator[Sheet]:
    calamine = import_module("python_calamine")
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        known = workbook.sheets_metadata[: limits.MAX_SHEETS]
        for index, about in enumerate(known):
            if about.typ == calamine.SheetTypeEnum.WorkSheet:
                hidden = about.visible != calamine.SheetVisibleEnum.Visible
                rows = workbook.get_sheet_by_index(index).to_python(
                    skip_empty_area=False, nrows=limits.MAX_LINES
                )
                sheet_marks = marks[index] if index < len(marks) else Marks()
                lines = _lines(rows, sheet_marks)
                yield Sheet(
                    printable(about.name),
                    lines,
                    hidden,
                    sheet_marks.columns,
                    merged=sheet_marks.merged,
                )
    except calamine.PasswordError as problem:
        raise Refusal(RefusalCode.ENCRYPTED) from problem
    except (calamine.CalamineError, ValueError, OSError) as problem:
        raise Refusal(RefusalCode.DAMAGED) from problem
    except BaseException as problem:
        if type(problem).__name__ == "PanicException":
            raise Refusal(RefusalCode.DAMAGED) from problem
        raise


def _lines(rows: list[list[Any]], marks: Marks) -> tuple[Line, ...]:
    wrong: dict[int, dict[int, Finding]] = defaultdict(dict)
    for (number, column), mark in marks.cells.items():
        wrong[number][column] = mark
    lines = [
        Line(
            number,
            tuple(map(as_text, row)),
            (question(Code.HIDDEN_ROW),) if number in marks.rows else (),
            wrong.get(number, {}),
        )
        for number, row in enumerate(rows, 1)
    ]
    while lines and not any(lines[-1].cells) and not lines[-1].marks:
        lines.pop()
    return tuple(lines)


def as_text(value: Any) -> str:
    """Write a cell's value as text: days in ISO form, whole numbers without a fraction."""
    match value:
        case str():
            text = value
        case bool():
            text = "ИСТИНА" if value else "ЛОЖЬ"
        case float() if value.is_integer() and abs(value) < _LARGEST_WHOLE:
            text = str(int(value))
        case datetime() if value.time() == time():
            text = value.date().isoformat()
        case _:
            text = str(value)
    return text
