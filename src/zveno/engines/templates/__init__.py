"""An organisation's own DOCX template: looked at, begun, and filled with what a paper tells.

Nothing in a template is run: fields, lists and conditions are all there is (``syntax``), and what
it reaches for outside is refused before any library opens it (``gate``).
"""

import base64
import binascii
import io
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import docx

from zveno.engines import Refusal
from zveno.engines.papers.model import Block, Kind, read_paper
from zveno.engines.papers.pdf import draw_pdf
from zveno.engines.papers.words import fill
from zveno.engines.templates.checking import check
from zveno.engines.templates.context import context_of
from zveno.engines.templates.filling import faults_of, filled, opened, saved
from zveno.engines.templates.model import Fault, Filled, Told
from zveno.engines.templates.reading import blocks_of
from zveno.engines.templates.starting import start

__all__ = ["VERSION", "check", "draw", "look", "solve", "start"]

VERSION = "templates 1"
_NAME_LENGTH = 255


def look(data: bytes, told: Told) -> tuple[bytes, list[Fault]]:
    """Return the template cleaned, and all that is wrong with it, tried on what is ``told``.

    Raises ``Refusal`` as ``opened``, ``filled`` and ``draw_pdf``.
    """
    document = opened(data)
    found = faults_of(document, context_of(told))
    if not found:
        lacking = check(draw(data, told).docx, told)
        found = [Fault("not_told", facts={"field": name}) for name in lacking]
    return saved(document), found


def draw(data: bytes, told: Told) -> Filled:
    """Fill a template; the PDF to read holds the words of the DOCX, block by block.

    Raises ``Refusal`` as ``opened``, ``filled`` and ``draw_pdf``.
    """
    drawn = filled(opened(data), context_of(told))
    blocks = blocks_of(docx.Document(io.BytesIO(drawn)))
    footer = fill(told.paper.footer, told.paper.fields, "footer")
    return Filled(drawn, blocks, draw_pdf(blocks, _name(blocks), footer))


def _name(blocks: tuple[Block, ...]) -> str:
    titles = [block.texts[0] for block in blocks if block.kind in {Kind.TITLE, Kind.SUBTITLE}]
    first = next((block.texts[0] for block in blocks if block.texts), "")
    return (" ".join(titles) or first).replace("\u00a0", " ")[:_NAME_LENGTH]


def solve(problem: Mapping[str, Any]) -> dict[str, Any]:
    """Answer in plain data: ``{"do": "look" | "draw" | "start", "told": …, "docx": base64}``.

    ``told`` is ``{"paper", "offered", "added", "needed"}``, papers as ``engines.papers`` reads
    them.
    ``look`` answers ``docx`` (cleaned) and ``faults``; ``draw`` answers ``docx``, ``pdf``,
    ``blocks`` and ``lacking``, the needed fields it does not tell; ``start`` answers ``docx``.
    """
    told = _read(problem["told"])
    answers = {"look": _look, "draw": _draw}
    if problem["do"] == "start":
        return {"version": VERSION, "docx": _packed(start(told))}
    return {"version": VERSION, **answers[problem["do"]](_unpacked(problem["docx"]), told)}


def _read(raw: Mapping[str, Any]) -> Told:
    paper = read_paper(raw["paper"])
    added = read_paper({"title": "", "sections": raw.get("added", [])}).sections
    return Told(paper, tuple(raw["offered"]), added, tuple(raw.get("needed", ())))


def _look(data: bytes, told: Told) -> dict[str, Any]:
    clean, faults = look(data, told)
    return {"docx": _packed(clean), "faults": [asdict(fault) for fault in faults]}


def _draw(data: bytes, told: Told) -> dict[str, Any]:
    made = draw(data, told)
    return {
        "docx": _packed(made.docx),
        "pdf": _packed(made.pdf),
        "blocks": [asdict(block) for block in made.blocks],
        "lacking": check(made.docx, told),
    }


def _packed(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _unpacked(data: str) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except binascii.Error as problem:
        raise Refusal("damaged") from problem
