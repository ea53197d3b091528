"""The clauses of a paper as a text anybody can edit: sections, paragraphs, items, placeholders.

``# `` begins a section, ``- `` an item of the paragraph above it, ``| `` a row of its table (the
head first, cells parted by ``|``); every other line is a paragraph, and those before the first
section are the preamble. Numbers and punctuation come by themselves.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

LONGEST_TEXT = 60_000
SECTION, ITEM, ROW = "# ", "- ", "| "
SIDES = "{sides}"
"""The row of a table that stands for a row of each side."""
FIELD = re.compile(r"(?<![{$])\{([a-z][a-z0-9_]*)\}(?!\})")
_LEFT_OUT = re.compile(r"\{[a-z_]+_obligations\}")
"""An item of which nothing may be left: its paragraph goes as well."""


def written(paper: Mapping[str, Any]) -> str:
    """Write the preamble and the sections of a paper as text."""
    lines = [*paper["preamble"], *_sections(paper["sections"])]
    return "\n".join(lines) + "\n"


def _sections(sections: list[dict[str, Any]]) -> Iterator[str]:
    for section in sections:
        yield f"\n{SECTION}{section['title']}"
        for clause in section["clauses"]:
            yield clause["text"]
            yield from (ITEM + item for item in clause.get("items", ()))
            yield from _rows(clause.get("table", {}))


def _rows(table: Mapping[str, Any]) -> Iterator[str]:
    if table:
        rows = [[SIDES]] if table["rows"] == "sides" else table["rows"]
        yield from (f"{ROW}{' | '.join(row)} |" for row in [table["header"], *rows])


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, single spaces between their words."""
    return [" ".join(line.split()) for line in re.split(r"\r\n?|\n", text)]


def tidy(text: str) -> str:
    """Return the text with an empty line before each section and none between others."""
    lines = (f"\n{line}\n" if line.startswith("#") else f"{line}\n" for line in lines_of(text))
    return "".join(line for line in lines if line.strip())


def clauses_in(text: str) -> dict[str, Any]:
    """Return the preamble and the sections of a text without faults, as ``engines.papers`` do."""
    preamble: list[str] = []
    sections: list[dict[str, Any]] = []
    for line in filter(None, lines_of(text)):
        if line.startswith("#"):
            sections.append({"title": line.lstrip("# "), "clauses": []})
        elif not sections:
            preamble.append(line)
        elif line.startswith((ITEM, ROW)):
            _add(sections[-1]["clauses"][-1], line)
        else:
            sections[-1]["clauses"].append({"text": line})
    return {"preamble": preamble, "sections": sections}


def _add(clause: dict[str, Any], line: str) -> None:
    """Put an item or a row into a clause."""
    if line.startswith(ITEM):
        clause.setdefault("items", []).append(line.removeprefix(ITEM))
        clause["optional"] = all(map(_LEFT_OUT.fullmatch, clause["items"]))
    elif "table" not in clause:
        clause["table"] = {"header": cells_of(line), "rows": []}
    elif cells_of(line) == [SIDES]:
        clause["table"]["rows"] = "sides"
    elif clause["table"]["rows"] != "sides":
        clause["table"]["rows"].append(cells_of(line))


def cells_of(line: str) -> list[str]:
    """Return the cells of a row."""
    return [cell.strip() for cell in line.strip("| ").split("|")]
