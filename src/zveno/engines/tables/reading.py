"""Read a source, whatever it is: pasted text, a CSV file, a workbook, a text document."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from zveno.engines import Refusal
from zveno.engines.tables import limits
from zveno.engines.tables.archive import is_archive, opened, refuse_other_formats
from zveno.engines.tables.codes import Code, RefusalCode
from zveno.engines.tables.decoding import REPLACEMENT, bad_offsets, decoded
from zveno.engines.tables.delimited import delimiter_of, lines_of, with_plain_line_ends
from zveno.engines.tables.document import read_document
from zveno.engines.tables.model import Finding, Line, Sheet, Source, error, note
from zveno.engines.tables.workbook import read_workbook

IsHeading = Callable[[Sequence[str]], bool]
_HARMLESS = frozenset("\t\n\r\f\v")
_ERROR_TEXT = re.compile(r"#[A-ZА-ЯЁ/0]{2,8}[!?]?\s*")
_BINARY_SHARE = 0.05
_SAMPLE = 4_000


def read_bytes(data: bytes, is_heading: IsHeading, encoding: str | None = None) -> Source:
    """Read a file; ``encoding`` if a person chose one. Raises ``Refusal``."""
    refuse_other_formats(data)
    if is_archive(data):
        return _read_archive(data, is_heading)
    text, used, sure = decoded(data, encoding)
    head = text[:_SAMPLE]
    odd = sum(sign < " " and sign not in _HARMLESS for sign in head)
    if odd > _BINARY_SHARE * len(head):
        raise Refusal(RefusalCode.UNSUPPORTED_FORMAT, format="unknown")
    source = _read(text, is_heading, bad_offsets(data, used))
    remarks = () if sure else (note(Code.ENCODING_GUESSED, encoding=used),)
    return replace(source, kind="csv", encoding=used, remarks=remarks)


def _read_archive(data: bytes, is_heading: IsHeading) -> Source:
    archive, kind = opened(data)
    if kind != "docx":
        source = read_workbook(data, archive, kind)
        return replace(source, sheets=tuple(map(_looked_over, source.sheets)))
    document = read_document(archive)
    remarks = (note(Code.CHANGES_TRACKED, changes=document.changes),) if document.changes else ()
    sheets = tuple(map(_looked_over, document.sheets(is_heading)))
    if sheets:
        return Source(kind, sheets, remarks=remarks)
    return replace(
        _read("\n".join(document.loose), is_heading, iter(())), kind=kind, remarks=remarks
    )


def read_text(text: str, is_heading: IsHeading) -> Source:
    """Read a text as it was pasted. Raises ``Refusal``."""
    size = len(text.encode(errors="replace"))
    if size > limits.MAX_BYTES:
        raise Refusal(RefusalCode.FILE_TOO_LARGE, bytes=size, limit=limits.MAX_BYTES)
    return _read(text.removeprefix("\ufeff"), is_heading, iter(()))


def _read(text: str, is_heading: IsHeading, offsets: Iterator[int]) -> Source:
    text = with_plain_line_ends(text)
    if not text.strip():
        raise Refusal(RefusalCode.EMPTY)
    if text.count("\n") > limits.MAX_LINES:
        raise Refusal(RefusalCode.TOO_MANY_ROWS, limit=limits.MAX_ROWS)
    delimiter = delimiter_of(text, is_heading)
    lines = [_with_bad_bytes(line, offsets) for line in lines_of(text, delimiter)]
    if max(len(line.cells) for line in lines) > limits.MAX_COLUMNS:
        raise Refusal(RefusalCode.TOO_MANY_CELLS, limit=limits.MAX_CELLS)
    while lines and not any(cell.strip() for cell in lines[-1].cells):
        lines.pop()
    if not lines:
        raise Refusal(RefusalCode.EMPTY)
    sheet = _looked_over(Sheet(None, tuple(lines), ragged=delimiter is not None))
    return Source("text", (sheet,), delimiter=delimiter)


def _with_bad_bytes(line: Line, offsets: Iterator[int]) -> Line:
    marks: dict[int, Finding] = {}
    for index, cell in enumerate(line.cells):
        places = [next(offsets, None) for _ in range(cell.count(REPLACEMENT))]
        if places:
            marks[index] = error(Code.UNDECODABLE_BYTE, offset=places[0])
    return replace(line, marks=marks) if marks else line


def _looked_over(sheet: Sheet) -> Sheet:
    """Mark cells that hold an error of a formula, and cut those no spreadsheet could hold."""
    lines = tuple(
        _marked(line) if any(map(_is_suspect, line.cells)) else line for line in sheet.lines
    )
    return replace(sheet, lines=lines)


def _is_suspect(cell: str) -> bool:
    return len(cell) > limits.MAX_CELL_LENGTH or cell.startswith("#")


def _marked(line: Line) -> Line:
    limit, marks = limits.MAX_CELL_LENGTH, dict(line.marks)
    for index, cell in enumerate(line.cells):
        if len(cell) > limit:
            marks[index] = error(Code.TOO_LONG, limit=limit)
        elif _ERROR_TEXT.fullmatch(cell):
            marks[index] = error(Code.CELL_ERROR)
    return replace(line, cells=tuple(cell[:limit] for cell in line.cells), marks=marks)
