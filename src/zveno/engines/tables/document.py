"""Read the tables of a text document (DOCX), tag by tag: nothing of it is run, fetched or unfolded.

Changes not yet accepted are read as accepted. What stands beside the tables, in text boxes too, is
kept as lines around them; a table in a cell is a table of its own.
"""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from xml.parsers import expat

from zveno.engines import Refusal
from zveno.engines.tables import limits
from zveno.engines.tables.archive import DOCUMENT, part_of
from zveno.engines.tables.codes import RefusalCode
from zveno.engines.tables.document_table import TEXT, Cell, Row, Table, Words
from zveno.engines.tables.model import Sheet

Said = Mapping[str, str]
_WORDS = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_NO = frozenset({"0", "false", "off"})
_DEEPEST = 400
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_REMOVED = frozenset({"del", "moveFrom"})
_CHANGED = _REMOVED | {"ins", "moveTo", "cellDel", "cellIns", "cellMerge"}


def read_document(archive: zipfile.ZipFile) -> "Document":
    """Read a document that passed the gate. Raises ``Refusal``."""
    markup = part_of(archive, min(filter(DOCUMENT.fullmatch, archive.namelist())))
    if len(markup) > limits.MAX_DOCUMENT:
        size, limit = len(markup), limits.MAX_DOCUMENT
        raise Refusal(RefusalCode.UNPACKS_TOO_LARGE, bytes=size, limit=limit)
    document = Document()
    document.read(markup)
    return document


class Document:
    """A document while its tags are read: its tables, and the words that stand in none."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.loose: list[str] = []
        self.changes = 0
        self._path: list[str] = []
        self._muted = self._silent = 0
        self._open: list[Table] = []
        self._places: list[Cell | None] = [None]
        self._paragraphs: list[Words] = []
        self._vanished: list[bool] = []
        self._cells = 0

    def read(self, markup: bytes) -> None:
        """Read the markup of the document. Raises ``Refusal``."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._say
        parser.StartDoctypeDeclHandler = _refuse
        try:
            parser.Parse(markup, True)  # noqa: FBT003 - its own way to say that this is all
        except Refusal:
            raise
        except (expat.ExpatError, ValueError, LookupError) as problem:
            raise Refusal(RefusalCode.DAMAGED) from problem

    def sheets(self, is_heading: Callable[[Sequence[str]], bool]) -> list[Sheet]:
        """Return the tables that hold anything; a table goes on in the next one that has no head.

        That is one as wide, on the same level, with no words between them.
        """
        kept: list[Table] = []
        for table in self.tables:
            last = kept[-1] if kept else None
            if last and last.goes_on_in(table) and not is_heading(table.lines[0].cells):
                last.take_in(table)
            elif not table.is_blank:
                kept.append(table)
        if kept:
            kept[-1].around += [(TEXT, text) for text in self.loose]
        several = len(kept) > 1
        return [table.sheet(f"№ {n}" if several else None) for n, table in enumerate(kept, 1)]

    def _begin(self, name: str, said: Said) -> None:
        tag = _tag(name)
        above = self._path[-1] if self._path else ""
        self._path.append(tag)
        if len(self._path) > _DEEPEST:
            raise Refusal(RefusalCode.UNSAFE_ARCHIVE)
        if self._muted or not tag:
            return
        self.changes += tag in _CHANGED
        if above.endswith("Pr"):
            self._property(above, tag, _said(said, "val"))
        elif tag in _REMOVED or tag == _FALLBACK or tag.endswith("PrChange"):
            self._muted = len(self._path)
        elif tag in _SIGNS:
            self._write(_SIGNS[tag])
        elif tag in _BEGINS:
            _BEGINS[tag](self, said)

    def _end(self, _name: str) -> None:
        depth, tag = len(self._path), self._path.pop()
        if self._muted:
            self._muted = 0 if depth == self._muted else self._muted
        elif tag in _ENDS and not self._in_properties():
            _ENDS[tag](self)
        if depth == self._silent:
            self._silent = 0

    def _in_properties(self) -> bool:
        return bool(self._path) and self._path[-1].endswith("Pr")

    def _property(self, of: str, tag: str, value: str) -> None:
        """Hear what a part says of itself before anything stands in it."""
        match of, tag:
            case "rPr", "vanish" if self._path[-3] == "r":
                self._vanished[-1] = value not in _NO
            case "sdtPr", "showingPlcHdr" if value not in _NO and not self._silent:
                # What a form shows in an empty field is no value.
                self._silent = len(self._path) - 2
            case "tcPr", _ if self._places[-1]:
                _of_cell(self._places[-1], tag, value)
            case "trPr", _ if self._open:
                _of_row(self._open[-1].row, tag, value)

    def _begin_table(self, _said: Said) -> None:
        around: list[tuple[str, str]] = []
        if not self._places[-1]:
            around = [(TEXT, text) for text in self.loose]
            self.loose = []
        table = Table(len(self._places), around)
        self.tables.append(table)
        self._open.append(table)

    def _end_table(self) -> None:
        self._open.pop()

    def _begin_row(self, _said: Said) -> None:
        if self._open:
            self._open[-1].row = Row()

    def _end_row(self) -> None:
        if not self._open:
            return
        self._cells += self._open[-1].finish_row()
        if self._cells > limits.MAX_CELLS:
            raise Refusal(RefusalCode.TOO_MANY_CELLS, limit=limits.MAX_CELLS)
        if len(self._open[-1].lines) > limits.MAX_LINES:
            raise Refusal(RefusalCode.TOO_MANY_ROWS, limit=limits.MAX_ROWS)

    def _begin_cell(self, _said: Said) -> None:
        self._places.append(Cell())

    def _end_cell(self) -> None:
        cell = self._places.pop()
        if cell and self._open:
            self._open[-1].row.cells.append(cell)

    def _begin_box(self, _said: Said) -> None:
        self._places.append(None)

    def _end_box(self) -> None:
        self._places.pop()

    def _begin_paragraph(self, _said: Said) -> None:
        self._paragraphs.append(Words())

    def _end_paragraph(self) -> None:
        words, cell = self._paragraphs.pop(), self._places[-1]
        if cell:
            cell.add(words)
        elif text := "".join([*words.shown, *words.hidden]).strip():
            self.loose.append(text)

    def _begin_run(self, _said: Said) -> None:
        self._vanished.append(False)

    def _end_run(self) -> None:
        self._vanished.pop()

    def _begin_symbol(self, said: Said) -> None:
        code = _said(said, "char")
        if len(code) <= len("1F600") and code.isalnum():
            self._write(chr(int(code, 16)))

    def _say(self, text: str) -> None:
        if not self._muted and self._path[-1] == "t":
            self._write(text)

    def _write(self, text: str) -> None:
        if self._paragraphs and not self._silent:
            words = self._paragraphs[-1]
            unseen = bool(self._vanished) and self._vanished[-1]
            (words.hidden if unseen else words.shown).append(text)


_BEGINS: dict[str, Callable[[Document, Said], None]] = {
    "tbl": Document._begin_table,
    "tr": Document._begin_row,
    "tc": Document._begin_cell,
    "txbxContent": Document._begin_box,
    "p": Document._begin_paragraph,
    "r": Document._begin_run,
    "sym": Document._begin_symbol,
}
_ENDS: dict[str, Callable[[Document], None]] = {
    "tbl": Document._end_table,
    "tr": Document._end_row,
    "tc": Document._end_cell,
    "txbxContent": Document._end_box,
    "p": Document._end_paragraph,
    "r": Document._end_run,
}


def _of_cell(cell: Cell, tag: str, value: str) -> None:
    if tag == "gridSpan":
        cell.span = _count(value)
    elif tag == "vMerge":
        cell.merge = value or "continue"


def _of_row(row: Row, tag: str, value: str) -> None:
    if tag == "gridBefore":
        row.before = _count(value, least=0)
    elif tag == "hidden":
        row.hidden = value not in _NO
    elif tag == "del":
        row.deleted = True


@lru_cache(maxsize=500)
def _tag(name: str) -> str:
    """Return the name of a tag of the document's own kind; any other says nothing."""
    if name == _FALLBACK:
        return name
    return next((name[len(space) :] for space in _WORDS if name.startswith(space)), "")


def _said(said: Said, name: str) -> str:
    return next((said[space + name] for space in _WORDS if space + name in said), "")


def _count(text: str, *, least: int = 1) -> int:
    """Read a number of columns; more than a table may have is refused where the row ends."""
    known = text.isascii() and text.isdigit() and len(text) < len(str(limits.MAX_CELLS))
    return min(max(int(text), least), limits.MAX_COLUMNS + 1) if known else least


def _refuse(*_said: object) -> None:
    raise Refusal(RefusalCode.UNSAFE_ARCHIVE)
