"""A drawn document read back into blocks, with the numbers that Word would show."""

import re
from collections.abc import Iterator
from typing import Any

from zveno.engines.papers.model import Block, Kind
from zveno.engines.printing import clean
from zveno.engines.templates.numbers import Numbers
from zveno.engines.templates.syntax import W, words_of

_TITLES = {"title": Kind.TITLE, "subtitle": Kind.SUBTITLE}
_ITEM = re.compile(r"\d+\.\d+\.\d+")
_HEADING = re.compile(r"heading|заголовок", re.IGNORECASE)


def blocks_of(document: Any) -> tuple[Block, ...]:
    """Read the body of a document. Refuses (``bad_character``) what no paper can hold."""
    numbers = Numbers(document)
    return tuple(_blocks(document, document.element.body, numbers))


def _blocks(document: Any, parent: Any, numbers: Numbers) -> Iterator[Block]:
    for element in parent:
        if element.tag == f"{W}p":
            yield from _paragraph(document, element, numbers)
        elif element.tag == f"{W}tbl":
            yield from _table(element, numbers)
        elif element.tag != f"{W}sectPr":
            yield from _blocks(document, element, numbers)


def _text(paragraph: Any, numbers: Numbers) -> str:
    words = clean(words_of(paragraph), "template")
    return f"{numbers.label(paragraph)} {words}".strip(" ") if words else ""


def _paragraph(document: Any, paragraph: Any, numbers: Numbers) -> Iterator[Block]:
    text = _text(paragraph, numbers)
    if not text:
        return
    style = _style(document, paragraph)
    sides = [clean(side, "template") for side in _sides(paragraph)]
    if style in _TITLES:
        yield Block(_TITLES[style], (text,))
    elif _HEADING.match(style):
        yield Block(Kind.HEADING, (text,))
    elif len(sides) == len("ab") and all(sides):
        yield Block(Kind.PLACE_AND_DATE, tuple(sides))
    elif paragraph.find(f"{W}pPr/{W}jc[@{W}val='center']") is not None:
        yield Block(Kind.NUMBER, (text,))
    else:
        yield Block(Kind.ITEM if _ITEM.match(text) else Kind.CLAUSE, (text,))


def _sides(paragraph: Any) -> list[str]:
    """Return what stands before and after the tabs of a paragraph."""
    found = [""]
    for element in paragraph.iter(f"{W}t", f"{W}tab"):
        if element.getparent().tag != f"{W}r":
            continue
        if element.tag == f"{W}tab":
            found.append("")
        else:
            found[-1] += element.text or ""
    return found


def _style(document: Any, paragraph: Any) -> str:
    named = paragraph.find(f"{W}pPr/{W}pStyle")
    if named is None:
        return ""
    styles = {style.style_id: style.name for style in document.styles}
    return str(styles.get(named.get(f"{W}val")) or "").lower()


def _table(table: Any, numbers: Numbers) -> Iterator[Block]:
    """Read a table; one with cells of several lines holds the blocks of who signs."""
    rows = [
        [
            [line for one in cell.iter(f"{W}p") if (line := _text(one, numbers))]
            for cell in row.iterfind(f".//{W}tc")
        ]
        for row in table.iterfind(f"{W}tr")
    ]
    if any(len(cell) > 1 for row in rows for cell in row):
        cells = tuple(tuple(cell) for row in rows for cell in row if cell)
        yield Block(Kind.SIGNATURES, rows=cells)
    elif any(cell for row in rows for cell in row):
        width = max(map(len, rows))
        said = tuple(
            tuple(" ".join(cell) for cell in [*row, *([[]] * (width - len(row)))]) for row in rows
        )
        yield Block(Kind.TABLE, rows=said, widths=(1,) * width)
