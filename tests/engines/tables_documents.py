"""Write text documents, whole and broken ones."""

import io
import zipfile
from collections.abc import Iterable, Mapping

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{WORDS}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
HEADS = ("Наименование", "ИНН")
SCHOOL = ("ГБОУ школа № 5", "0010007742")
NURSERY = ("МБДОУ № 7", "0010008859")


def run(text: str, properties: str = "") -> str:
    """Write words of one look."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    """Write a paragraph of runs, or of plain words."""
    return f"<w:p>{''.join(one if one.startswith('<') else run(one) for one in runs)}</w:p>"


def cell(*inside: str, properties: str = "") -> str:
    """Write a cell of paragraphs and tables, or of plain words."""
    parts = (one if one.startswith("<") else paragraph(one) for one in inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(parts)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Write a row of cells, or of plain words."""
    parts = (one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(parts)}</w:tr>"


def table(*rows: str | Iterable[str]) -> str:
    """Write a table of rows."""
    written = "".join(one if isinstance(one, str) else row(*one) for one in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{written}</w:tbl>"


def box(inside: str) -> str:
    """Write a text box as Word does: once for itself and once for older programs."""
    words = f"<w:txbxContent>{inside}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent>"
        f"<mc:Choice><w:drawing>{words}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{words}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def document(*body: str, name: str = "word/document.xml") -> bytes:
    """Pack a document of paragraphs and tables."""
    markup = f'<?xml version="1.0"?><w:document {SPACES}><w:body>{"".join(body)}</w:body>'
    return packed({name: f"{markup}</w:document>".encode()})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts of a document."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", 8) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, data in parts.items():
            archive.writestr(name, data)
    return memory.getvalue()
