"""Hand tables to the engine and read its answers."""

import base64
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from zveno.engines.tables import solve

DATA = Path(__file__).parent / "data" / "tables"
TODAY = "2026-09-01"
Answer = dict[str, Any]


def members(text: str, **more: Any) -> Answer:
    """Read a pasted list of organisations."""
    return solve({"profile": "members", "source": {"text": text}, "today": TODAY, **more})


def children(text: str, **more: Any) -> Answer:
    """Read a pasted list of children."""
    return solve({"profile": "class_list", "source": {"text": text}, "today": TODAY, **more})


def plans(text: str, **more: Any) -> Answer:
    """Read a pasted plan of a year."""
    return solve({"profile": "annual_plan", "source": {"text": text}, "today": TODAY, **more})


def from_bytes(data: bytes, profile: str = "members", **more: Any) -> Answer:
    """Read a file."""
    source = {"bytes": base64.b64encode(data).decode()}
    return solve({"profile": profile, "source": source, "today": TODAY, **more})


def stored(name: str) -> bytes:
    """Return a file of the test data."""
    return (DATA / name).read_bytes()


def stored_json(name: str) -> Any:
    """Return a parsed file of the test data."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def pasted(*rows: Iterable[str]) -> str:
    """Write rows as a spreadsheet puts them on the clipboard."""
    return "\n".join("\t".join(row) for row in rows)


def verdicts(answer: Answer) -> list[str]:
    """Return the verdicts of the rows."""
    return [row["verdict"] for row in answer["rows"]]


def codes(row: Mapping[str, Any], *severities: str) -> list[str]:
    """Return what was said of a row, of the given severities or of all."""
    return [
        problem["code"]
        for problem in row["problems"]
        if not severities or problem["severity"] in severities
    ]


def checked(field: str, value: str, **more: Any) -> tuple[Any, list[str]]:
    """Judge one value: what stands, and the codes."""
    answer = solve({"check": {"field": field, "value": value, **more}, "today": TODAY})
    return answer["values"][field], codes(answer)
