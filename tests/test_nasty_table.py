"""The table of what nobody should type names tests that there are."""

import re
from pathlib import Path

HERE = Path(__file__).parent
COLUMNS = 3


def test_every_test_of_the_table_exists() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in HERE.rglob("test_*.py"))
    known = set(re.findall(r"^def (test_\w+)\(", sources, re.MULTILINE))
    lines = (HERE / "nasty.txt").read_text(encoding="utf-8").splitlines()
    rows = [re.findall(r"\b(?:test_\w+|none)(?=\s|$)", line) for line in lines[5:] if line]

    assert all(len(row) == COLUMNS for row in rows), rows
    assert {name for row in rows for name in row} - known == {"none"}
