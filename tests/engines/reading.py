"""Read drawn files back as a person would copy their words."""

import io
import re

import docx
import pypdf
from docx.table import Table

FOOTER = re.compile(r"[^\n]*Страница \d+ из \d+\s*$")
CUT = "\x00"


def pdf_text(data: bytes) -> str:
    """Read the pages without their footers; a hyphen at a line's end becomes ``CUT``."""
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    assert all(FOOTER.search(page) for page in pages)
    whole = "\n".join(FOOTER.sub("", page).rstrip("\n") for page in pages)
    return folded(re.sub("[-\u00ad][ \u200b]*\n", CUT, whole))


def docx_text(data: bytes) -> str:
    """Read paragraphs and cells in the order of the page."""
    lines: list[str] = []
    for part in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(part, Table):
            lines += [cell.text for row in part.rows for cell in row.cells]
        else:
            lines.append(part.text)
    return folded("\n".join(lines))


def folded(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def same_words(pdf: str, other: str) -> bool:
    """Compare letter by letter; a ``CUT`` may be a hyphen of the word or of the line."""
    place = 0
    for letter in pdf:
        if letter == CUT:
            dash = next(dash for dash in ("- ", "-", "") if other.startswith(dash, place))
            place += len(dash)
        elif other[place : place + 1] == letter:
            place += 1
        else:
            return False
    return place == len(other)
