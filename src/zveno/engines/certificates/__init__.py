"""Certificates: one PDF, a page a person, each with a number and a QR code to verify it by."""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from zveno.engines import Refusal
from zveno.engines.certificates.model import ACCENTS, DESIGNS, Sheet, read_sheet
from zveno.engines.certificates.qr import qr_svg
from zveno.engines.printing import breakable, print_pdf, print_svg

__all__ = ["ACCENTS", "DESIGNS", "FONTS", "VERSION", "Sheet", "draw", "picture", "solve"]

VERSION = "certificates 2"
FONTS = Path(__file__).with_name("fonts")
_SIZE = re.compile(r' (?:width|height)="[0-9.]+pt"')
_TEMPLATE = Path(__file__).with_name("sheet.typ")


def draw(sheets: Sequence[Sheet]) -> bytes:
    """Draw ``sheets`` as one PDF in their order; the same sheets give the same bytes.

    Refuses (``Refusal``) no sheets at all (``no_sheets``) and a letter no font has
    (``unprintable``).
    """
    if not sheets:
        raise Refusal("no_sheets")
    return print_pdf(_TEMPLATE, [_plain(sheet) for sheet in sheets], fonts=FONTS)


def _plain(sheet: Sheet) -> dict[str, str]:
    words = {key: breakable(text) for key, text in asdict(sheet).items()}
    line, soft = ACCENTS[sheet.accent]
    kept = {"address": sheet.address, "design": sheet.design, "line": line, "soft": soft}
    return words | kept | {"qr": qr_svg(sheet.address)}


def picture(sheet: Sheet) -> str:
    """Draw a sheet as SVG for a page: letters are curves, and a frame stands for the code."""
    drawn = print_svg(_TEMPLATE, [_plain(sheet) | {"qr": ""}], fonts=FONTS)
    # The page says how large it is.
    return _SIZE.sub("", drawn, count=2)


def solve(problem: Mapping[str, Any]) -> dict[str, Any]:
    """Answer ``draw`` in plain data: ``{"sheets": [...]}`` to ``{"pdf": base64}``.

    With ``"picture": true`` the first of them is drawn as ``{"svg": text}``, with ``"apart": true``
    each as a file of its own: ``{"pdfs": [base64, ...]}``. Refuses also ``wrong_keys``,
    ``no_such_design`` and ``bad_character``.
    """
    sheets = [read_sheet(raw) for raw in problem["sheets"]]
    if problem.get("picture"):
        return {"version": VERSION, "svg": picture(sheets[0])}
    if problem.get("apart"):
        pdfs = [base64.b64encode(draw([sheet])).decode() for sheet in sheets]
        return {"version": VERSION, "pdfs": pdfs}
    return {"version": VERSION, "pdf": base64.b64encode(draw(sheets)).decode()}
