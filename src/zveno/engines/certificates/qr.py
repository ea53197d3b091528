"""QR codes as vectors: sharp at any size, small in a file of a thousand."""

from itertools import groupby

import segno

_MASK = 3
"""Any mask reads; trying all eight costs four times the rest of the code."""


def qr_svg(address: str) -> str:
    """Draw the code of ``address`` as one SVG path without a margin."""
    code = segno.make_qr(address, error="m", boost_error=False, mask=_MASK)
    path = "".join(_row(y, row) for y, row in enumerate(code.matrix))
    size = len(code.matrix)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path fill="#10201e" d="{path}"/></svg>'
    )


def _row(y: int, row: bytearray) -> str:
    path, x = "", 0
    for dark, run in groupby(row):
        width = len(list(run))
        if dark:
            path += f"M{x} {y}h{width}v1h-{width}z"
        x += width
    return path
