"""The documents tell of what is there: commands, files, code; each is found from the first."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live import ROOT

DOCS = ROOT / "docs"
GUIDE = (DOCS / "contributing.md").read_text(encoding="utf-8")
TEXTS = {"contributing": GUIDE, "front": (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")}
LINK = re.compile(r"\]\(([^)\s#]+)[^)]*\)")
CODE = re.compile(r"`([^`\n]+)`")
FENCED = re.compile(r"`([\w/.]+\.py)`:\n\n```python\n(.*?)```", re.DOTALL)
FILE = re.compile(r"[\w.-]+(/[\w.-]+)+|[\w-]+\.(?:md|toml|txt|in|py)")
MADE_LATER = {"models.py", "rules.py", "actions.py", "urls.py", "pages.py", "rest.py"}
IN_A_ROOM = {"tests/make.py"}
TABLE_ROW = re.compile(r"^\| `(test_\w+)` \|", re.MULTILINE)


def led_to(path: Path) -> Iterator[Path]:
    """Yield the documents a document leads to."""
    for link in LINK.findall(path.read_text(encoding="utf-8")):
        target = (path.parent / link).resolve()
        if target.suffix == ".md" and target.exists():
            yield target


def found_from(first: Path) -> set[Path]:
    """Return every document that a reader who begins with ``first`` can reach."""
    reached, ahead = {first}, [first]
    while ahead:
        fresh = set(led_to(ahead.pop())) - reached
        reached |= fresh
        ahead += fresh
    return reached


def lines_in_order(text: str, lines: list[str]) -> list[str]:
    """Return those of ``lines`` that do not stand in ``text`` after the one before them."""
    rest, lost = text.splitlines(), []
    for line in lines:
        if line in rest:
            rest = rest[rest.index(line) + 1 :]
        else:
            lost.append(line)
    return lost


@pytest.mark.parametrize("first", [DOCS / "README.md", ROOT / "README.md"], ids=["docs", "front"])
def test_every_document_is_found_from_the_first(first: Path) -> None:
    assert set(DOCS.rglob("*.md")) - {DOCS / "README.md"} <= found_from(first)


@pytest.mark.parametrize("name", TEXTS)
def test_files_named_to_contributors_exist(name: str) -> None:
    named = {match for match in CODE.findall(TEXTS[name]) if FILE.fullmatch(match)}
    places = (ROOT, ROOT / "src" / "zveno")

    lost = {each for each in named if not any((place / each).exists() for place in places)}
    assert lost <= MADE_LATER | IN_A_ROOM


@pytest.mark.parametrize("name", TEXTS)
def test_commands_named_to_contributors_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    console = (ROOT / "src/zveno/config/console.py").read_text(encoding="utf-8")

    assert set(re.findall(r"(?:`|    |\d )make ([a-z]+)", TEXTS[name])) <= targets
    asked = set(re.findall(r"`zveno ([a-z-]+)", TEXTS[name]))
    assert {command for command in asked if f'"{command}"' not in console} == set()


@pytest.mark.parametrize(("path", "code"), FENCED.findall(GUIDE), ids=lambda text: text[:60])
def test_code_shown_to_contributors_is_the_code(path: str, code: str) -> None:
    assert lines_in_order((ROOT / path).read_text(encoding="utf-8"), code.splitlines()) == []


def test_every_step_from_table_to_test_is_shown() -> None:
    shown = [Path(path).name for path, _code in FENCED.findall(GUIDE)]

    assert shown == [
        *("items.py", "rules.py", "obligations.py", "obligations.py", "items.py"),
        "test_plan_obligation.py",
    ]


def test_every_guard_is_explained() -> None:
    guards = (ROOT / "tests/test_guards.py").read_text(encoding="utf-8")
    names = set(re.findall(r"^def (test_(?!guard_)\w+)", guards, re.MULTILINE))

    assert set(TABLE_ROW.findall(GUIDE)) == names


def test_code_that_is_gone_would_be_noticed() -> None:
    assert lines_in_order("one\ntwo\n", ["two", "one"]) == ["one"]
