"""Blocks as plain text, a paragraph a line; cells of a table are parted by tabs."""

from collections.abc import Iterable

from zveno.engines.papers.model import Block, Kind


def draw_text(blocks: Iterable[Block]) -> str:
    """Write ``blocks`` down as one text."""
    return "\n".join(line for block in blocks for line in _lines(block)) + "\n"


def _lines(block: Block) -> list[str]:
    if block.kind is Kind.TABLE:
        return ["\t".join(row) for row in block.rows]
    if block.kind is Kind.SIGNATURES:
        return [line for row in block.rows for line in row]
    if block.kind is Kind.PAGE:
        return [""]
    return ["\t".join(block.texts)]
