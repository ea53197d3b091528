"""Certificates: one PDF, a page a person, each with a number and a QR code to verify it by."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from zveno.engines import Refusal
from zveno.engines.certificates.model import Sheet, read_sheet
from zveno.engines.certificates.qr import qr_svg
from zveno.engines.printing import breakable, print_pdf

__all__ = ["FONTS", "VERSION", "Sheet", "draw", "solve"]

VERSION = "certificates 1"
FONTS = Path(__file__).with_name("fonts")
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
    return words | {"address": sheet.address, "qr": qr_svg(sheet.address)}


def solve(problem: Mapping[str, Any]) -> dict[str, Any]:
    """Answer ``draw`` in plain data: ``{"sheets": [...]}`` to ``{"pdf": base64}``.

    Refuses also ``wrong_keys`` and ``bad_character``.
    """
    sheets = [read_sheet(raw) for raw in problem["sheets"]]
    return {"version": VERSION, "pdf": base64.b64encode(draw(sheets)).decode()}
