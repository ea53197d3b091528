"""The numbers Word puts before paragraphs by itself: they are in no text, only counted."""

import re
from typing import Any

from zveno.engines.templates.syntax import W

_LEVEL = re.compile(r"%([1-9])")
_LEVELS = 9
_DASHES = {"bullet": "–", "none": ""}


class Numbers:
    """Counts as Word does: a level goes on until one above it is counted."""

    def __init__(self, document: Any) -> None:
        self._lists: dict[str, Any] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._styles = {style.style_id: style.element for style in document.styles}
        self._read(document)

    def _read(self, document: Any) -> None:
        related = (rel.target_part for rel in document.part.rels.values() if not rel.is_external)
        root = next(
            (part.element for part in related if part.partname.endswith("/numbering.xml")), None
        )
        if root is None:
            return
        shapes = {one.get(f"{W}abstractNumId"): one for one in root.iter(f"{W}abstractNum")}
        for one in root.iter(f"{W}num"):
            shape = one.find(f"{W}abstractNumId")
            if shape is not None and shape.get(f"{W}val") in shapes:
                self._lists[one.get(f"{W}numId")] = shapes[shape.get(f"{W}val")]

    def label(self, paragraph: Any) -> str:
        """Count a paragraph and return its number, if it has one."""
        number, depth = self._place(paragraph)
        shape = self._lists.get(number)
        if shape is None or not 0 <= depth < _LEVELS:
            return ""
        levels = {one.get(f"{W}ilvl"): one for one in shape.iter(f"{W}lvl")}
        level = levels.get(f"{depth}")
        if level is None:
            return ""
        counts = self._counts.setdefault(shape.get(f"{W}abstractNumId"), [None] * _LEVELS)
        now = counts[depth]
        counts[depth] = _start(level) if now is None else now + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        kind = _said(level, "numFmt")
        if kind in _DASHES:
            return _DASHES[kind]
        return _LEVEL.sub(
            lambda found: str(counts[int(found[1]) - 1] or 1), _said(level, "lvlText")
        )

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """Return the list a paragraph belongs to, by itself or by its style, and how deep."""
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        sources = [paragraph]
        while named is not None and len(sources) <= _LEVELS:
            style = self._styles.get(named.get(f"{W}val"))
            if style is None:
                break
            sources.append(style)
            named = style.find(f"{W}basedOn")
        numbers = [source.find(f"{W}pPr/{W}numPr") for source in sources]
        found = [one for one in numbers if one is not None]
        number = next((said for one in found if (said := _said(one, "numId"))), "")
        depth = next((said for one in found if (said := _said(one, "ilvl"))), "0")
        return number, int(depth) if depth.isdecimal() else 0


def _said(element: Any, name: str) -> str:
    child = element.find(f"{W}{name}")
    return "" if child is None else str(child.get(f"{W}val", ""))


def _start(level: Any) -> int:
    said = _said(level, "start")
    return int(said) if said.isdecimal() else 1
