"""What the style sheets and scripts use is known to Chrome 109 and Firefox ESR 115, and is used.

The lists are written by hand and were compared once with MDN's browser-compat-data (see the
README of the room): what is not on a list fails here until somebody has looked it up.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parents[1]
ROOMS = UI.parent
STYLES = sorted(ROOMS.glob("*/static/**/*.css"))
SCRIPTS = sorted(path for path in ROOMS.glob("*/static/**/*.js") if "vendor" not in path.parts)
LISTS = Path(__file__).with_name("floor.txt")
YOUNGER = {
    r"=>|`|\blet\b|\bconst\b|\basync\b|\bawait\b|\bclass\b": "syntax of after ECMAScript 5",
    r"\?\.(?!\d)|\?\?|\.\.\.": "an operator of after ECMAScript 5",
    r"\.(at|findLast|toSorted|toReversed|toSpliced|with|groupBy|replaceAll)\(": "a newer method",
    r"showPopover|startViewTransition|structuredClone|navigation\.|:has\(": "a newer feature",
}


def listed(kind: str) -> set[str]:
    """Return the names a list allows: a line of the file says its kind, the rest are names."""
    lines = LISTS.read_text(encoding="utf-8").splitlines()
    return {
        name
        for line in lines
        if line.startswith(f"{kind}:")
        for name in line.removeprefix(f"{kind}:").split()
    }


def bare(path: Path) -> str:
    """Return a style sheet without its comments and texts."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"\"[^\"]*\"", '""', text)


def rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and the declarations of every rule that holds no other."""
    yield from re.findall(r"([^{};]+)\{([^{}]*)\}", css)


def used_in(path: Path) -> dict[str, set[str]]:
    """Return the at-rules, pseudo-classes, functions and properties of a style sheet."""
    css = bare(path)
    bodies = ";".join(body for _, body in rules(css))
    declared = [line.partition(":") for line in bodies.split(";") if ":" in line]
    selectors = " ".join(selector for selector, _ in rules(css) if "@" not in selector)
    return {
        "at-rule": set(re.findall(r"@([a-z-]+)", css)),
        "pseudo": set(re.findall(r"::?([a-z-]+)", selectors)),
        "function": set(re.findall(r"([a-z-]+)\(", " ".join(value for *_, value in declared))),
        "property": {name.strip() for name, *_ in declared if not name.strip().startswith("--")},
        "media": set(re.findall(r"\(([a-z-]+)\s*:", " ".join(re.findall(r"@media[^{]*", css)))),
    }


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
@pytest.mark.parametrize("kind", ["at-rule", "pseudo", "function", "property", "media"])
def test_style_sheet_uses_what_the_oldest_browsers_know(path: Path, kind: str) -> None:
    assert used_in(path)[kind] <= listed(kind)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_no_rule_stands_in_another_rule(path: Path) -> None:
    depth, inside = 0, [""]
    for part in re.findall(r"[^{}]+\{|\}", bare(path)):
        if part == "}":
            depth -= 1
            inside.pop()
        else:
            head = part.rpartition(";")[2].strip()
            assert inside[-1] in {"", "@layer", "@media"}, head
            inside.append(head.split()[0] if head.startswith("@") else "rule")
            depth += 1
    assert depth == 0


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_is_written_for_the_oldest_browsers(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    code = re.sub(r"\"[^\"\n]*\"", '""', text)

    assert {why for pattern, why in YOUNGER.items() if re.search(pattern, code)} == set()


def words_of_templates() -> Iterator[str]:
    """Yield the classes templates write, and what they hand to tags."""
    for path in ROOMS.glob("*/templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        for said in re.findall(r'class="((?:[^"{]|{%.*?%}|{{.*?}})*)"', text, re.DOTALL):
            yield from re.sub(r"{%.*?%}|{{.*?}}", " ", said, flags=re.DOTALL).split()
        for tag in re.findall(r"{%[^%]*%}", text):
            yield from " ".join(re.findall(r'"([^"]*)"', tag)).split()


def words_of_code() -> Iterator[str]:
    """Yield what may be a class in Python or a script."""
    for path in [*ROOMS.glob("**/*.py"), *SCRIPTS]:
        if "tests" not in path.parts:
            for said in re.findall(r'"([^"\n]*)"', path.read_text(encoding="utf-8")):
                if UI in path.parents or "-" in said:
                    yield from re.findall(r"[\w-]+", said)


def test_every_class_of_the_style_sheets_is_used() -> None:
    used = {*words_of_templates(), *words_of_code()}
    toned = ("chip", "note", "bar", "ava", "ev", "field", "card", "n", "sw")
    tones = {f"{name}--{tone}" for name in toned for tone in used}
    numbered = {f"{letter}{number}" for letter in "rslt" for number in range(33)}
    known = {
        name
        for path in STYLES
        if UI in path.parents
        for selector, _ in rules(bare(path))
        for name in re.findall(r"\.([a-z][\w-]*)", selector)
    }

    left = known - used - tones - numbered
    assert not left, sorted(left)
