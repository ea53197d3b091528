"""Blocks drawn as PDF."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zveno.engines.papers.model import Block
from zveno.engines.printing import breakable, print_pdf

_TEMPLATE = Path(__file__).with_name("paper.typ")


def draw_pdf(blocks: Sequence[Block], name: str, footer: str) -> bytes:
    """Draw ``blocks``; refuses (``unprintable``) a letter that no bundled font has."""
    plain = [_plain(block) for block in blocks]
    return print_pdf(_TEMPLATE, {"name": name, "footer": footer, "blocks": plain})


def _plain(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "texts": [breakable(text) for text in block.texts],
        "rows": [[breakable(cell) for cell in row] for row in block.rows],
        "widths": block.widths,
    }
