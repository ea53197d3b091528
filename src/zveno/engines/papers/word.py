"""Blocks drawn as DOCX: real styles, numbers as text, Russian, pages counted in the footer."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from zveno.engines.papers.model import Block, Kind
from zveno.engines.papers.word_styles import (
    CELL,
    CENTRE,
    CLAUSE,
    HEADING,
    LANGUAGE,
    PAGE_WIDTH,
    SUBTITLE,
    TITLE,
    prepare_styles,
)

MADE = datetime(2025, 1, 1, tzinfo=UTC)
"""The same day for every file, so that the same paper gives the same bytes."""
_ZIPPED = (2025, 1, 1, 0, 0, 0)


def draw_docx(blocks: Sequence[Block], name: str, footer: str) -> bytes:
    """Draw ``blocks``; the same input gives the same bytes."""
    document = docx.Document()
    _prepare(document, name)
    _write_footer(document, footer)
    for block in blocks:
        _WRITERS.get(block.kind, _write_clause)(document, block)
    file = io.BytesIO()
    document.save(file)
    return with_fixed_times(file)


def _prepare(document: Any, name: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    prepare_styles(document)
    tab_stop = document.settings.element.find(qn("w:defaultTabStop"))
    tab_stop.addnext(OxmlElement("w:autoHyphenation"))
    about = document.core_properties
    about.title, about.language, about.author, about.comments = name, LANGUAGE, "", ""
    about.created = about.modified = MADE


def _write_footer(document: Any, footer: str) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run(f"{footer}\tСтраница ")
    _add_field(paragraph, "PAGE")
    paragraph.add_run(" из ")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: Any, instruction: str) -> None:
    """Let Word count the pages; it has no other way than a field."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)


def _write_place_and_date(document: Any, block: Block) -> None:
    paragraph = document.add_paragraph("\t".join(block.texts))
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after = Pt(14), Pt(14)
    layout.tab_stops.add_tab_stop(PAGE_WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _write_number(document: Any, block: Block) -> None:
    document.add_paragraph(block.texts[0]).alignment = CENTRE


def _in_style(style: str) -> Callable[[Any, Block], None]:
    def write(document: Any, block: Block) -> None:
        _give_style(document.add_paragraph(block.texts[0]), document, style)

    return write


def _give_style(paragraph: Any, document: Any, style: str) -> None:
    """Set a style by its key: python-docx looks at each style there is to see if it may."""
    paragraph._p.style = document.styles[style].style_id


_write_clause = _in_style(CLAUSE)


def _write_table(document: Any, block: Block) -> None:
    table = document.add_table(rows=0, cols=len(block.widths), style="Table Grid")
    shares = sum(block.widths)
    for place, row in enumerate(block.rows):
        cells = table.add_row().cells
        for cell, text, share in zip(cells, row, block.widths, strict=True):
            cell.width = int(PAGE_WIDTH * share / shares)
            paragraph = cell.paragraphs[0]
            _give_style(paragraph, document, CELL)
            paragraph.add_run(text).bold = place == 0
    _mark(table.rows[0], "w:tblHeader")
    _give_style(document.add_paragraph(), document, CELL)


def _write_signatures(document: Any, block: Block) -> None:
    table = document.add_table(rows=0, cols=2)
    for first in range(0, len(block.rows), 2):
        row = table.add_row()
        _mark(row, "w:cantSplit")
        for cell, lines in zip(row.cells, block.rows[first : first + 2], strict=False):
            _write_signature(cell, lines)


def _write_signature(cell: Any, lines: Sequence[str]) -> None:
    sign_here = len(lines) - 3
    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.add_run(line).bold = place == 0
        layout = paragraph.paragraph_format
        layout.space_before = Pt({sign_here - 1: 6, sign_here: 12}.get(place, 0))
        layout.space_after = Pt(18 if place == len(lines) - 1 else 0)


def _break_page(document: Any, _block: Block) -> None:
    """Let the next paper begin on a page of its own."""
    document.add_page_break()


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


_WRITERS: Mapping[Kind, Callable[[Any, Block], None]] = {
    Kind.TITLE: _in_style(TITLE),
    Kind.SUBTITLE: _in_style(SUBTITLE),
    Kind.NUMBER: _write_number,
    Kind.PLACE_AND_DATE: _write_place_and_date,
    Kind.HEADING: _in_style(HEADING),
    Kind.TABLE: _write_table,
    Kind.SIGNATURES: _write_signatures,
    Kind.PAGE: _break_page,
}


def with_fixed_times(file: io.BytesIO) -> bytes:
    """Pack the parts anew without the hour of their making."""
    packed = io.BytesIO()
    with zipfile.ZipFile(file) as loose, zipfile.ZipFile(packed, "w") as tight:
        for name in loose.namelist():
            part = zipfile.ZipInfo(name, _ZIPPED)
            part.compress_type = zipfile.ZIP_DEFLATED
            tight.writestr(part, loose.read(name))
    return packed.getvalue()
