"""Posters: one A4 page about an event, with a QR code that leads to it."""

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zveno.engines.certificates import FONTS
from zveno.engines.certificates.qr import qr_svg
from zveno.engines.posters.model import Poster, read_poster
from zveno.engines.printing import breakable, print_pdf

__all__ = ["VERSION", "Poster", "draw", "solve"]

VERSION = "posters 1"
_TEMPLATE = Path(__file__).with_name("poster.typ")


def draw(poster: Poster) -> bytes:
    """Draw ``poster`` as a PDF of one page; the same words give the same bytes.

    Refuses (``Refusal``) a letter no font has (``unprintable``).
    """
    return print_pdf(_TEMPLATE, _plain(poster), fonts=FONTS)


def _plain(poster: Poster) -> dict[str, Any]:
    words = {name: breakable(getattr(poster, name)) for name in Poster.WORDS}
    facts = [[breakable(what), breakable(said)] for what, said in poster.facts]
    return words | {"facts": facts, "address": poster.address, "qr": qr_svg(poster.address)}


def solve(problem: Mapping[str, Any]) -> dict[str, Any]:
    """Answer ``draw`` in plain data: ``{"poster": {...}}`` to ``{"pdf": base64}``.

    Refuses also ``wrong_keys``, ``no_title`` and ``bad_character``.
    """
    drawn = draw(read_poster(problem["poster"]))
    return {"version": VERSION, "pdf": base64.b64encode(drawn).decode()}
