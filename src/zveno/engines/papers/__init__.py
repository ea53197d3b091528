"""Papers from one model of clauses, tables and fields: PDF, DOCX and plain text that agree."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import takewhile
from typing import Any

from zveno.engines.papers.compose import compose
from zveno.engines.papers.model import Block, Kind, Paper, read_paper
from zveno.engines.papers.pdf import draw_pdf
from zveno.engines.papers.plain import draw_text
from zveno.engines.papers.word import draw_docx
from zveno.engines.papers.words import fill

__all__ = ["VERSION", "Drawn", "Format", "Paper", "draw", "read_paper", "solve"]

VERSION = "papers 1"
_NAME_LENGTH = 255


class Format(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    TEXT = "text"
    BLOCKS = "blocks"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was asked for; ``blocks`` are the pages' content in its final words."""

    blocks: tuple[Block, ...]
    pdf: bytes | None = None
    docx: bytes | None = None
    text: str | None = None


def draw(paper: Paper, formats: Iterable[Format] = tuple(Format)) -> Drawn:
    """Draw ``paper`` in every asked format, all from the same blocks.

    Raises ``Refusal`` as ``compose`` and ``draw_pdf`` name.
    """
    asked = frozenset(formats)
    blocks = compose(paper)
    name = _name(blocks)
    footer = fill(paper.footer, paper.fields, "footer")
    return Drawn(
        blocks,
        pdf=draw_pdf(blocks, name, footer) if Format.PDF in asked else None,
        docx=draw_docx(blocks, name, footer) if Format.DOCX in asked else None,
        text=draw_text(blocks) if Format.TEXT in asked else None,
    )


def _name(blocks: Iterable[Block]) -> str:
    """Name the file by its first title and subtitle, in as many letters as a DOCX takes."""
    first = takewhile(lambda block: block.kind is not Kind.PAGE, blocks)
    titles = [block.texts[0] for block in first if block.kind in {Kind.TITLE, Kind.SUBTITLE}]
    return " ".join(titles).replace("\u00a0", " ")[:_NAME_LENGTH]


def solve(problem: Mapping[str, Any]) -> dict[str, Any]:
    """Answer ``draw`` in plain data: ``{"draw": paper, "formats": ["pdf", …]}``.

    ``pdf`` and ``docx`` come in base64, ``text`` as it is, ``blocks`` as
    ``{"kind", "texts", "rows", "widths"}`` for a page to show.
    """
    formats = [Format(name) for name in problem["formats"]]
    drawn = draw(read_paper(problem["draw"]), formats)
    answer: dict[str, Any] = {"version": VERSION}
    for name in formats:
        value = getattr(drawn, name)
        answer[name] = base64.b64encode(value).decode() if isinstance(value, bytes) else value
    if Format.BLOCKS in formats:
        answer["blocks"] = [asdict(block) for block in drawn.blocks]
    return answer
