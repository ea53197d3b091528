"""What a style sheet or a script uses of a browser, name by name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# --- Style sheets ---------------------------------------------------------------------------

_NUMBER = re.compile(r"(?<![\w#])(?:\d+\.?\d*|\.\d+)([a-z%]*)", re.IGNORECASE)
_CHOSEN_BY_US = re.compile(r"url\([^)]*\)|--[\w-]+|\"\"|#[\da-f]+\b|\bU\+[\da-f?-]+", re.IGNORECASE)
_KEYWORD = re.compile(r"(?<![\w#.-])-?[a-z][\w-]*(?![\w(-])", re.IGNORECASE)
_SELECTOR_OF = re.compile(r"\([^()]*\bof\b|\|\||\s&|^&|[\"'\]\w]\s+[is]\]", re.MULTILINE)
# Their words are names somebody chose, of fonts, files, areas, or of what moves.
NAMING = {"font-family", "src", "transition", "unicode-range", "grid-template-areas"}


def bare(css: str) -> str:
    """Return a style sheet without its comments and texts."""
    return re.sub(r"\"[^\"]*\"", '""', re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


def rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and the declarations of every rule that holds no other."""
    yield from re.findall(r"([^{};]+)\{([^{}]*)\}", css)


def style_uses(text: str) -> dict[str, set[str]]:
    """Return what a style sheet asks of a browser, by kind."""
    css = bare(text)
    bodies = ";".join(body for _, body in rules(css))
    declared = [
        (name.strip(), value)
        for name, colon, value in (line.partition(":") for line in bodies.split(";"))
        if colon
    ]
    values = " ".join(value for _name, value in declared)
    measures = _CHOSEN_BY_US.sub(" ", values)
    selectors = "\n".join(selector for selector, _ in rules(css) if "@" not in selector)
    asked = " ".join(re.findall(r"@media([^{;]*)", css))
    return {
        "at-rule": set(re.findall(r"@([a-z-]+)", css)),
        "pseudo": set(re.findall(r"::?([a-z-]+)", selectors)),
        "selector": set(_SELECTOR_OF.findall(selectors)),
        "function": set(re.findall(r"([a-z-]+)\(", values)),
        "property": {name for name, _value in declared if not name.startswith("--")},
        "media": set(re.findall(r"[a-z-]{2,}|[<>=]+", asked)),
        "unit": {unit.lower() for unit in _NUMBER.findall(measures) if unit},
        "value": set(_values(declared)),
    }


def _values(declared: list[tuple[str, str]]) -> Iterator[str]:
    for name, value in declared:
        if name not in NAMING:
            plain = re.sub(r"\d[\w.%]*", " ", _CHOSEN_BY_US.sub(" ", value))
            for word in _KEYWORD.findall(plain):
                yield f"{'--' if name.startswith('--') else name}={word}"


# --- Scripts --------------------------------------------------------------------------------

_PART = re.compile(
    r"""(?P<comment>/\*.*?\*/|//[^\n]*)
    |(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    |(?P<pattern>(?<=[(,=:!&|?])\s*/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*)
    |(?P<number>\.?\d[\w.]*)
    |(?P<word>[A-Za-z_$][\w$]*)
    |(?P<sign>[()\[\]{};,]|[^\w\s$"'()\[\]{};,]+)""",
    re.VERBOSE | re.DOTALL,
)
_CHOSEN = re.compile(r"::?([a-z][a-z-]*)")


@dataclass(frozen=True, slots=True)
class Part:
    """A word, a sign, a text, a pattern or a number of a script."""

    kind: str
    says: str


def script_uses(text: str) -> dict[str, set[str]]:
    """Return what a script asks of the language and of a browser, by kind."""
    parts = [
        Part(str(found.lastgroup), found.group().strip())
        for found in _PART.finditer(text)
        if found.lastgroup != "comment"
    ]
    own = set(_declared(parts))
    uses: dict[str, set[str]] = {"word": set(), "member": set(), "key": set(), "event": set()}
    for before, part, after in _beside(parts):
        if part.kind == "word":
            kind = _kind(before, after)
            if kind != "word" or part.says not in own:
                uses[kind].add(part.says)
    uses["event"] = set(_events(parts))
    uses["chosen"] = {
        name for part in parts if part.kind == "text" for name in _CHOSEN.findall(part.says)
    }
    uses["sign"] = {part.says for part in parts if part.kind == "sign"} | {
        sign for part in parts if part.kind == "pattern" for sign in _of_pattern(part.says)
    }
    return uses


def _beside(parts: list[Part]) -> Iterator[tuple[Part, Part, Part]]:
    """Yield each part between its neighbours."""
    nothing = Part("", "")
    yield from zip([nothing, *parts], parts, [*parts[1:], nothing], strict=False)


def _kind(before: Part, after: Part) -> str:
    if before.says.endswith("."):
        return "member"
    return "key" if after.says == ":" and before.says in {"{", ","} else "word"


def _declared(parts: list[Part]) -> Iterator[str]:
    """Yield the names a script gives itself: of functions, what they are given, variables."""
    for at, part in enumerate(parts):
        if part.says in {"function", "catch"}:
            head = parts[at + 1 : at + 12]
            end = next((n for n, one in enumerate(head) if one.says == ")"), 0)
            yield from (one.says for one in head[:end] if one.kind == "word")
        elif part.says == "var":
            yield from _variables(parts[at + 1 :])


def _variables(parts: list[Part]) -> Iterator[str]:
    depth, named = 0, True
    for part in parts:
        depth += (part.says in {"(", "[", "{"}) - (part.says in {")", "]", "}"})
        if depth < 0 or (depth == 0 and part.says in {";", "in"}):
            return
        if named:
            yield part.says
        named = depth == 0 and part.says == ","


def _events(parts: list[Part]) -> Iterator[str]:
    """Yield the events a script listens to; ``on`` is the helper of ``app.js``."""
    for name, bracket, text in _beside(parts):
        if name.says in {"addEventListener", "on"} and bracket.says == "(":
            yield from text.says.strip("\"'").split()


def _of_pattern(pattern: str) -> Iterator[str]:
    yield f"/{pattern.rpartition('/')[2]}"
    yield from re.findall(r"\(\?[^\w\s]*", pattern)
    yield from re.findall(r"\\[pPk]", pattern)
