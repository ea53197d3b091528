"""The styles of a DOCX: a clerk's Times, Russian, without the colours and lines of the default."""

from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TITLE, SUBTITLE, HEADING, CLAUSE = "Title", "Subtitle", "Heading 1", "Body Text"
CELL, FOOTER = "Table Text", "Footer"
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
LANGUAGE = "ru-RU"
PAGE_WIDTH = Mm(170)
_FACE = "Times New Roman"
_AFTER_HYPHENATION = ("w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
"""What must follow in a paragraph's layout: Word insists on the order."""


@dataclass(frozen=True, slots=True)
class _Look:
    """Sizes and spaces in points; a ``heading`` is bold, centred and keeps its words whole."""

    size: float = 12
    before: float = 0
    after: float = 0
    heading: bool = False


_LOOKS = {
    "Normal": _Look(),
    TITLE: _Look(14, heading=True),
    SUBTITLE: _Look(heading=True),
    HEADING: _Look(before=14, after=8, heading=True),
    CLAUSE: _Look(after=3),
    CELL: _Look(10.5),
    FOOTER: _Look(9),
}


def prepare_styles(document: Any) -> None:
    """Make the default document's styles ours."""
    styles = document.styles
    styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    for name, look in _LOOKS.items():
        _set_face(styles[name], look)
        _set_layout(styles[name], look)
    styles[HEADING].paragraph_format.keep_with_next = True
    clause = styles[CLAUSE].paragraph_format
    clause.alignment, clause.first_line_indent = WD_ALIGN_PARAGRAPH.JUSTIFY, Mm(12.5)
    footer = styles[FOOTER].paragraph_format.tab_stops
    footer.clear_all()
    footer.add_tab_stop(PAGE_WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _set_face(style: Any, look: _Look) -> None:
    """Replace all a style says of its letters: theme fonts and colours would win over ours."""
    properties = style.element.get_or_add_rPr()
    properties.clear()
    style.font.name, style.font.size, style.font.bold = _FACE, Pt(look.size), look.heading
    fonts = properties.find(qn("w:rFonts"))
    fonts.set(qn("w:cs"), _FACE)
    fonts.set(qn("w:eastAsia"), _FACE)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    properties.append(language)


def _set_layout(style: Any, look: _Look) -> None:
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing = 1.1
    if look.heading:
        layout.alignment = CENTRE
        whole_words = OxmlElement("w:suppressAutoHyphens")
        properties.insert_element_before(whole_words, *_AFTER_HYPHENATION)
