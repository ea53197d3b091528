"""Paper forms: printed a page each with a QR code, and read back from a scan or a photograph."""

import base64
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from zveno.engines.blanks.drawing import draw
from zveno.engines.blanks.model import Form, read_form
from zveno.engines.blanks.reading import Page, read

__all__ = ["VERSION", "Form", "Page", "draw", "read", "read_form", "solve"]

VERSION = "blanks 1"


def solve(problem: Mapping[str, Any]) -> dict[str, Any]:
    """Answer in plain data: ``{"draw": [form, …]}`` by ``{"pdf": base64}``.

    And ``{"read": base64}`` by ``{"pages": [{"codes": […], "image": base64 of a JPEG}]}``. Refuses
    what ``draw`` and ``read`` name, and ``wrong_keys``.
    """
    if "draw" in problem:
        pdf = draw([read_form(raw) for raw in problem["draw"]])
        return {"version": VERSION, "pdf": base64.b64encode(pdf).decode()}
    pages = read(base64.b64decode(problem["read"]))
    return {"version": VERSION, "pages": [_plain(page) for page in pages]}


def _plain(page: Page) -> dict[str, Any]:
    return asdict(page) | {"image": base64.b64encode(page.image).decode()}
