"""What the style sheets and scripts use is known to Chrome 109 and Firefox ESR 115, and is used.

The lists are written by hand and were compared once with MDN's browser-compat-data (see the
README of the room): what is not on a list fails here until somebody has looked it up.
"""

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from zveno.ui.tests.floor import bare, rules, script_uses, style_uses

UI = Path(__file__).resolve().parents[1]
ROOMS = UI.parent
STYLES = sorted(ROOMS.glob("*/static/**/*.css"))
SCRIPTS = sorted(path for path in ROOMS.glob("*/static/**/*.js") if "vendor" not in path.parts)
LISTS = Path(__file__).with_name("floor.txt")
VENDORED = sorted(path for path in ROOMS.glob("*/static/**/*.js") if "vendor" in path.parts)
OF_STYLES = ("at-rule", "pseudo", "selector", "function", "property", "media", "unit", "value")
OF_SCRIPTS = ("word", "member", "key", "event", "chosen", "sign")


def listed(kind: str) -> set[str]:
    """Return the names a list allows: a line of the file says its kind, the rest are names."""
    lines = LISTS.read_text(encoding="utf-8").splitlines()
    return {
        name
        for line in lines
        if line.startswith(f"{kind}:")
        for name in line.removeprefix(f"{kind}:").split()
    }


def strange(text: str, reader: Callable[[str], dict[str, set[str]]]) -> dict[str, set[str]]:
    """Return what a text uses that nobody has looked up."""
    left = {kind: used - listed(kind) for kind, used in reader(text).items()}
    return {kind: names for kind, names in left.items() if names}


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_style_sheet_uses_what_the_oldest_browsers_know(path: Path) -> None:
    assert strange(path.read_text(encoding="utf-8"), style_uses) == {}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_uses_what_the_oldest_browsers_know(path: Path) -> None:
    assert strange(path.read_text(encoding="utf-8"), script_uses) == {}


def test_what_others_wrote_is_the_copy_that_was_compared() -> None:
    found = [f"{one.name} {sha256(one.read_bytes()).hexdigest()}" for one in VENDORED]

    assert found
    assert set(" ".join(found).split()) == listed("vendor")


def test_nothing_stands_on_the_list_that_is_not_used() -> None:
    read = [style_uses(path.read_text(encoding="utf-8")) for path in STYLES]
    read += [script_uses(path.read_text(encoding="utf-8")) for path in SCRIPTS]
    used = {(kind, name) for uses in read for kind, names in uses.items() for name in names}

    kinds = [*OF_STYLES, *OF_SCRIPTS]
    assert {(kind, name) for kind in kinds for name in listed(kind)} - used == set()


@pytest.mark.parametrize(
    ("kind", "css"),
    [
        ("at-rule", "@starting-style { a { color: red } }"),
        ("at-rule", "@property --x { syntax: '*' }"),
        ("pseudo", "a:has(b) { color: inherit }"),
        ("pseudo", "dialog:popover-open { color: inherit }"),
        ("selector", "li:nth-child(2 of .chosen) { color: inherit }"),
        ("function", "a { color: oklch(50% 0 0) }"),
        ("function", "a { color: color-mix(in srgb, var(--a), var(--b)) }"),
        ("function", ":root { --ink: light-dark(#000, #fff) }"),
        ("property", "a { view-transition-name: none }"),
        ("property", "a { field-sizing: content }"),
        ("media", "@media (scripting: none) { a { color: inherit } }"),
        ("media", "@media (scripting) { a { color: inherit } }"),
        ("media", "@media (width >= 600px) { a { color: inherit } }"),
        ("unit", "a { height: 2rlh }"),
        ("unit", "a { height: calc(100dvh - 1px) }"),
        ("value", "a { white-space: preserve-breaks }"),
        ("value", "a { display: ruby }"),
        ("value", ":root { --wrap: stable }"),
    ],
)
def test_a_style_of_a_younger_browser_is_found(kind: str, css: str) -> None:
    assert kind in strange(css, style_uses)


@pytest.mark.parametrize(
    ("kind", "script"),
    [
        ("word", "let found = 1;"),
        ("word", "var at = async function () { return 1; };"),
        ("word", "var box = structuredClone(document);"),
        ("word", "var all = new Set();"),
        ("member", "var rows = document.links.toSorted();"),
        ("member", "if (document.startViewTransition) document.startViewTransition();"),
        ("member", "var good = Object.groupBy([], String);"),
        ("member", "window.PublicKeyCredential.parseRequestOptionsFromJSON({});"),
        ("key", 'fetch("/", { priority: "low" });'),
        ("event", 'document.addEventListener("beforetoggle", String);'),
        ("chosen", 'document.querySelector("a:has(b)");'),
        ("sign", "var name = document?.title;"),
        ("sign", "var name = document.title ?? 1;"),
        ("sign", "var tell = (one) => one;"),
        ("sign", "var tell = `one`;"),
        ("sign", "var all = [...document.links];"),
        ("sign", "document.title ||= String(2 ** 3);"),
        ("sign", "var plain = document.title.replace(/[a--b]/v, String);"),
        ("sign", "var plain = document.title.replace(/(?<=a)b/g, String);"),
        ("sign", "var plain = document.title.replace(/\\p{L}/g, String);"),
    ],
)
def test_a_script_of_a_younger_browser_is_found(kind: str, script: str) -> None:
    assert kind in strange(script, script_uses)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_no_rule_stands_in_another_rule(path: Path) -> None:
    depth, inside = 0, [""]
    css = bare(path.read_text(encoding="utf-8"))
    for part in re.findall(r"[^{}]+\{|\}", css):
        if part == "}":
            depth -= 1
            inside.pop()
        else:
            head = part.rpartition(";")[2].strip()
            assert inside[-1] in {"", "@layer", "@media"}, head
            inside.append(head.split()[0] if head.startswith("@") else "rule")
            depth += 1
    assert depth == 0


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
        for selector, _ in rules(bare(path.read_text(encoding="utf-8")))
        for name in re.findall(r"\.([a-z][\w-]*)", selector)
    }

    left = known - used - tones - numbered
    assert not left, sorted(left)
