"""Write workbooks, whole and broken ones."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import xlsxwriter

CELL = (
    '<table:table-cell office:value-type="string"{times}><text:p>{text}</text:p></table:table-cell>'
)


def workbook(sheets: Mapping[str, list[list[Any]]], **options: Any) -> bytes:
    """Write a workbook; ``hide`` may name sheets, ``rows`` and ``columns`` to hide by index.

    ``merge`` lists ranges to merge: first row and column, last row and column, value.
    """
    memory = io.BytesIO()
    settings = {"in_memory": True, "date_1904": options.get("date1904", False)}
    with xlsxwriter.Workbook(memory, settings) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    sheet.write(number, column, value)
            for number in options.get("rows", ()):
                sheet.set_row(number, None, None, {"hidden": True})
            for column in options.get("columns", ()):
                sheet.set_column(column, column, None, None, {"hidden": True})
            for place in options.get("merge", ()):
                sheet.merge_range(*place)
            sheet.hide() if name in options.get("hide", ()) else sheet.activate()
    return memory.getvalue()


def repacked(data: bytes, changes: Mapping[str, bytes]) -> bytes:
    """Copy an archive with some parts changed or added."""
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(memory, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return memory.getvalue()


def ods(body: str) -> bytes:
    """Write a bare ODS workbook of one sheet."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Лист">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", 8) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return memory.getvalue()


def ods_row(*texts: str, repeated: str = "") -> str:
    cells = "".join(CELL.format(text=text, times="") for text in texts)
    return f"<table:table-row{repeated}>{cells}</table:table-row>"


SHEET = "xl/worksheets/sheet1.xml"
SMALL = workbook({"Лист": [["Наименование", "ИНН"], ["ГБОУ школа № 5", "0010007742"]]})


def with_markup(before: bytes, after: bytes) -> bytes:
    """Change the markup of the small workbook's sheet."""
    with zipfile.ZipFile(io.BytesIO(SMALL)) as archive:
        markup = archive.read(SHEET)
    assert before in markup
    return repacked(SMALL, {SHEET: markup.replace(before, after)})
