"""Blocks drawn as PDF by typst: tagged for screen readers, in Russian, with its own fonts."""

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst

from zveno.engines import Refusal
from zveno.engines.papers.model import Block

_TEMPLATE = Path(__file__).with_name("paper.typ")
_LONG_WORD = re.compile(r"[^\s\-–—/]{30,}")
_PIECE = 15
_UNPRINTABLE = re.compile(r'the text `"(.*)"` could not be displayed')


@cache
def _compiler() -> Any:
    return typst.Compiler(root=_TEMPLATE.parent, ignore_system_fonts=True)


def draw_pdf(blocks: Sequence[Block], name: str, footer: str) -> bytes:
    """Draw ``blocks``; the same input gives the same bytes.

    Texts travel as JSON and never become typst markup. Refuses (``unprintable``) a letter that
    no bundled font has.
    """
    paper = {"name": name, "footer": footer, "blocks": [_plain(block) for block in blocks]}
    inputs = {"paper": json.dumps(paper, ensure_ascii=False)}
    try:
        drawn = _compiler().compile(_TEMPLATE, sys_inputs=inputs, pdf_standards=["ua-1"])
    except typst.TypstError as error:
        unprintable = _UNPRINTABLE.search(error.message)
        if unprintable is None:
            raise
        raise Refusal("unprintable", characters=unprintable[1]) from error
    return bytes(drawn)


def _plain(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "texts": [_breakable(text) for text in block.texts],
        "rows": [[_breakable(cell) for cell in row] for row in block.rows],
        "widths": block.widths,
    }


def _breakable(text: str) -> str:
    """Let a word longer than any Russian one break between lines instead of leaving the page."""

    def pieces(match: re.Match[str]) -> str:
        word = match.group()
        return "\u200b".join(word[i : i + _PIECE] for i in range(0, len(word), _PIECE))

    return _LONG_WORD.sub(pieces, text)
