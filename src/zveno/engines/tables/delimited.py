"""Take pasted or saved text apart into lines of cells; quotes may be broken, nothing is lost."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from zveno.engines.tables.codes import Code
from zveno.engines.tables.limits import MAX_CELL_LENGTH
from zveno.engines.tables.model import Line, error, note

DELIMITERS = ("\t", ";", ",", "|")
_SAMPLE = 200
_HEADINGS_WITHIN = 10
_AGREEMENT = 0.8
_FEWEST_OF_COMMAS = 3
_NO_PROSE = re.compile(r"\s*(?:[^\s@]+@[^\s@]+|[0-9]{8,12})\s*")
_SEPARATOR_LINE = re.compile(r"sep=(.)\n", re.IGNORECASE)
_MOST_LINES_QUOTED = 40


def with_plain_line_ends(text: str) -> str:
    """Make every line end one line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def delimiter_of(text: str, is_heading: Callable[[Sequence[str]], bool]) -> str | None:
    """Guess the sign between cells; none if no line is a heading and lines differ in width."""
    named = _SEPARATOR_LINE.match(text)
    if named:
        return named[1]
    if "\t" in text:
        return "\t"
    for delimiter in DELIMITERS[1:]:
        lines = [line.cells for line in islice(lines_of(text, delimiter), _SAMPLE)]
        if any(is_heading(cells) for cells in lines[:_HEADINGS_WITHIN]) or _agree(lines, delimiter):
            return delimiter
    return None


def _agree(lines: list[tuple[str, ...]], delimiter: str) -> bool:
    """Whether most lines have as many cells; two divided by a comma only if one is no prose."""
    filled = [cells for cells in lines if any(cells)]
    widths = Counter(map(len, filled))
    width, agreeing = widths.most_common(1)[0] if widths else (1, 0)
    told = sum(any(map(_NO_PROSE.fullmatch, cells)) for cells in filled)
    prose = delimiter == "," and told < _AGREEMENT * len(filled)
    fewest = _FEWEST_OF_COMMAS if prose else 2
    return width >= fewest and agreeing >= _AGREEMENT * len(filled)


def lines_of(text: str, delimiter: str | None) -> Iterator[Line]:
    """Cut text into lines; a quoted cell may hold delimiters and line breaks.

    A cell that opens a quote nobody closes is taken as it stands and marked.
    """
    if delimiter is None:
        for number, line in enumerate(text.split("\n"), 1):
            yield Line(number, (line,))
        return
    named = _SEPARATOR_LINE.match(text)
    number = first = 2 if named else 1
    cells, broken = list[str](), False
    for wording, content, ends in _cells(text, delimiter, named.end() if named else 0):
        cells.append(content)
        broken = broken or (delimiter != "\t" and _opens_in_vain(content, wording))
        number += wording.count("\n")
        if ends:
            yield _line(first, cells, broken=broken)
            number += 1
            first, cells, broken = number, [], False


def _cells(text: str, delimiter: str, position: int) -> Iterator[tuple[str, str, bool]]:
    """Yield each cell as written, its content, and whether it ends the line."""
    sign = re.escape(delimiter)
    quoted = re.compile(rf'"((?:[^"]|""){{0,{MAX_CELL_LENGTH}}})"[ ]*(?={sign}|\n|\Z)')
    plain = re.compile(rf"[^{sign}\n]*")
    while position <= len(text):
        match = quoted.match(text, position) if text.startswith('"', position) else None
        if match is None or match[1].count("\n") > _MOST_LINES_QUOTED:
            match = plain.match(text, position)
        wording = match[0] if match else ""
        position += len(wording)
        ends = not text.startswith(delimiter, position)
        yield wording, _content(match, delimiter), ends
        position += 1


def _content(match: re.Match[str] | None, delimiter: str) -> str:
    if match is None or not match.re.groups:
        return match[0] if match else ""
    if delimiter == "\t" and not re.search(r'\n|\t|""', match[1]):
        return match[0].rstrip(" ")
    return match[1].replace('""', '"')


def _opens_in_vain(content: str, wording: str) -> bool:
    """Whether a cell begins with a quote that nothing closes."""
    return content == wording and content.startswith('"') and content.count('"') % 2 == 1


def _line(number: int, cells: list[str], *, broken: bool) -> Line:
    findings = (error(Code.UNCLOSED_QUOTE),) if broken else ()
    return Line(number, tuple(cells), findings)


def rejoined(lines: list[Line], width: int) -> list[Line]:
    """Put together lines torn apart by a line break inside an unquoted cell, as Word pastes them.

    Only two short lines that together give exactly ``width`` cells are joined.
    """
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        if last and _torn(last, line, width):
            joint = (*last.cells[:-1], f"{last.cells[-1]}\n{line.cells[0]}", *line.cells[1:])
            told = (*last.findings, note(Code.LINES_JOINED, lines=2))
            whole[-1] = replace(last, cells=joint, findings=told)
        else:
            whole.append(line)
    return whole


def _torn(last: Line, line: Line, width: int) -> bool:
    short = 1 < len(last.cells) < width and 1 < len(line.cells) < width
    return short and len(last.cells) + len(line.cells) - 1 == width and bool(line.cells[0].strip())
