"""A template to begin from: a paper as Zveno words it, its fields in double braces."""

import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from zveno.engines.papers.model import Clause, Section, Table
from zveno.engines.papers.word_styles import (
    CELL,
    CENTRE,
    CLAUSE,
    HEADING,
    PAGE_WIDTH,
    SUBTITLE,
    TITLE,
    prepare_styles,
)
from zveno.engines.papers.words import punctuate
from zveno.engines.templates.context import ADDED, PARTIES, PREAMBLE, SIDES
from zveno.engines.templates.filling import saved
from zveno.engines.templates.model import Told

_FIELD = re.compile(r"(?<![{$])\{([a-z][a-z0-9_]*)\}(?!\})")
_FIELD_AND_STOP = re.compile(_FIELD.pattern + r"(\.?)")
_SHAPE = 90
_LEVEL = (
    '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/>'
    '<w:lvlText w:val="{1}"/><w:lvlJc w:val="left"/></w:lvl>'
)
_NUMBERS = ("%1.", "%1.%2.", "%1.%2.%3.")
_SIDE_CELL = re.compile(r"\{(side|part|gives)_0\}")
_SIGN = (
    "{{ party.post }}",
    "________________ {{ party.signature }}",
    "«____» ______________ 20___ г.",
    "М. П.",
)


def start(told: Told) -> bytes:
    """Write the template of a paper: what it says, with fields where something is filled in."""
    return _Start(told).written()


class _Start:
    """A document while its paragraphs are written."""

    def __init__(self, told: Told) -> None:
        self.told, self.paper = told, told.paper
        self.document = docx.Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(25), Mm(15)
        section.top_margin, section.bottom_margin = Mm(20), Mm(20)
        prepare_styles(self.document)
        self.number = self._count()

    def written(self) -> bytes:
        """Write all of it and return the bytes."""
        self._head()
        for section in self.paper.sections:
            self._section(section)
        if ADDED in self.told.offered:
            self._added()
        self._signatures()
        self.document.sections[0].footer.paragraphs[0].text = self._named(self.paper.footer)
        return saved(self.document)

    def _count(self) -> int:
        """Let Word count sections, clauses and items by itself."""
        levels = "".join(_LEVEL.format(depth, text) for depth, text in enumerate(_NUMBERS))
        shape = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_SHAPE}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
        numbering = self.document.part.numbering_part.element
        numbering.insert(0, shape)
        return int(numbering.add_num(_SHAPE).numId)

    def _write(self, text: str, style: str = CLAUSE, depth: int | None = None) -> Any:
        paragraph = self.document.add_paragraph(text)
        paragraph._p.style = self.document.styles[style].style_id
        if depth is not None:
            numbers = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            numbers.get_or_add_ilvl().val = depth
            numbers.get_or_add_numId().val = self.number
        return paragraph

    def _head(self) -> None:
        self._write(self._named(self.paper.title), TITLE)
        if self.paper.subtitle:
            self._write(self._named(self.paper.subtitle), SUBTITLE)
        if self.paper.number:
            self._write(self._named(self.paper.number)).alignment = CENTRE
        place = self._write(f"{self._named(self.paper.place)}\t{self._named(self.paper.date)}")
        place.paragraph_format.tab_stops.add_tab_stop(PAGE_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        place.paragraph_format.first_line_indent = Mm(0)
        self._lines(self.paper.preamble, None)

    def _lines(self, texts: tuple[str, ...], depth: int | None) -> None:
        """Write texts; one that is nothing but a list becomes a loop over it."""
        for text in texts:
            only = _FIELD.fullmatch(text)
            if only and self._is_list(only[1]):
                self._write(f"{{%p for line in {only[1]} %}}")
                self._write("{{ line }}", depth=depth)
                self._write("{%p endfor %}")
            else:
                self._write(self._named(text), depth=depth)

    def _named(self, text: str) -> str:
        """Put fields into double braces; «2031 г.» brings its own stop."""

        def field(found: re.Match[str]) -> str:
            ends = str(self.paper.fields.get(found[1], "")).endswith(".") and found[2]
            return f"{{{{ {found[1]} }}}}" + ("" if ends else found[2])

        return _FIELD_AND_STOP.sub(field, text)

    def _is_list(self, name: str) -> bool:
        return name == PREAMBLE or isinstance(self.paper.fields.get(name), tuple)

    def _section(self, section: Section) -> None:
        self._write(self._named(section.title), HEADING, 0)
        for clause in section.clauses:
            self._clause(clause)

    def _clause(self, clause: Clause) -> None:
        asked = list(self._asked(clause))
        for name in asked:
            self._write(f"{{%p if {name} %}}")
        self._write(self._named(clause.text), depth=1)
        lists = any(map(_FIELD.fullmatch, clause.items))
        self._lines(clause.items if lists else tuple(punctuate(clause.items)), 2)
        if clause.table:
            self._table(clause.table)
        for _name in asked:
            self._write("{%p endif %}")

    def _asked(self, clause: Clause) -> Iterator[str]:
        """Return the list without which an optional clause is left out."""
        for item in clause.items if clause.optional and len(clause.items) == 1 else ():
            only = _FIELD.fullmatch(item)
            if only:
                yield only[1]

    def _table(self, table: Table) -> None:
        rows: list[tuple[str, ...]] = [tuple(map(self._named, row)) for row in table.rows]
        if table.rows and any(map(_SIDE_CELL.fullmatch, table.rows[0])):
            names = {"{side_0}": "name", "{part_0}": "part", "{gives_0}": "gives"}
            each = tuple(f"{{{{ side.{names[cell]} }}}}" for cell in table.rows[0])
            blank = ("",) * (len(each) - 1)
            rows = [(f"{{%tr for side in {SIDES} %}}", *blank), each, ("{%tr endfor %}", *blank)]
        drawn = self.document.add_table(rows=0, cols=len(table.header), style="Table Grid")
        for row in [tuple(map(self._named, table.header)), *rows]:
            for cell, text in zip(drawn.add_row().cells, row, strict=True):
                cell.paragraphs[0]._p.style = self.document.styles[CELL].style_id
                cell.paragraphs[0].add_run(text)

    def _added(self) -> None:
        self._write(f"{{%p for section in {ADDED} %}}")
        self._write("{{ section.title }}", HEADING, 0)
        self._write("{%p for clause in section.clauses %}")
        self._write("{{ clause.text }}", depth=1)
        self._write("{%p for line in clause.lines %}")
        self._write("{{ line }}", depth=2)
        for _loop in ("lines", "clauses", "sections"):
            self._write("{%p endfor %}")

    def _signatures(self) -> None:
        title = self._named(self.paper.signatures)
        if title:
            self._write(title, HEADING, 0)
        table = self.document.add_table(rows=3, cols=2)
        first, block, last = table.rows
        first.cells[0].text = f"{{%tr for party in {PARTIES} %}}"
        last.cells[0].text = "{%tr endfor %}"
        block._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        side, sign = block.cells
        self._cell(side, ("{{ party.role }}", "{{ party.organisation }}", *_REQUISITES))
        self._cell(sign, _SIGN)
        side.paragraphs[0].runs[0].bold = True

    def _cell(self, cell: Any, lines: tuple[str, ...]) -> None:
        for place, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            paragraph.add_run(line)
            paragraph.paragraph_format.space_after = Pt(4)


_REQUISITES = ("{%p for line in party.requisites %}", "{{ line }}", "{%p endfor %}")
