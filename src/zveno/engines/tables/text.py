"""What is done to any text before it is understood: make it printable and tidy."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace

from zveno.engines.tables.codes import Code, Severity
from zveno.engines.tables.model import Finding, Judged, error, note, question
from zveno.engines.tables.paper import printed

Stage = Callable[[str], tuple[str, Finding | None]]

_WORD = r"[0-9A-Za-zА-Яа-яЁё№«».,;:()/@_+\"'&%!?=*#-]+"
_PLAIN = re.compile(f"{_WORD}(?: {_WORD})*")
_BREAKS = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029][\\s\x85\u2028\u2029]*")
_SPACES = re.compile("[\\s\u2800]+")
_FILLERS = frozenset("\u034f\u115f\u1160\u3164\uffa0") | {chr(c) for c in range(0xFE00, 0xFE10)}
_FLOOD = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_FORMULA = re.compile(r"[=+@\uff0b\uff0d\uff1d\uff20\s-]+")
_NOTHING = frozenset(
    {"нет", "нету", "отсутствует", "неизвестно", "н/д", "н.д.", "б/о", "б/н", "прочерк"}
    | {"не указано", "не указан", "не имеет", "не имеется", "без отчества", "none", "null"}
)
_ONLY_STROKES = re.compile(r"[-‐-―−_.,;:/*?\s]+")
_HARMLESS_CONTROLS = frozenset("\t\n\r\x0b\x0c\x85")
_NONCHARACTERS = frozenset(range(0xFDD0, 0xFDF0))
_END_OF_PLANE = 0xFFFE


def printable(text: str) -> str:
    """Replace what no database, page or document can hold; everything else stays as it came."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join("\ufffd" if _unstorable(sign) else sign for sign in text)


def _unstorable(sign: str) -> bool:
    code = ord(sign)
    if code in _NONCHARACTERS or code & _END_OF_PLANE == _END_OF_PLANE:
        return True
    category = unicodedata.category(sign)
    return category in {"Cs", "Co"} or (category == "Cc" and sign not in _HARMLESS_CONTROLS)


def without_controls(text: str) -> tuple[str, Finding | None]:
    """Drop signs that cannot be stored or printed."""
    kept = "".join(sign for sign in text if not _unstorable(sign))
    lost = len(text) - len(kept)
    return kept, error(Code.CONTROL_CHARACTERS, count=lost) if lost else None


def without_invisible(text: str) -> tuple[str, Finding | None]:
    """Drop zero-width, direction and filling signs, then compose letters with their marks."""
    kept = "".join(
        sign for sign in text if sign not in _FILLERS and unicodedata.category(sign) != "Cf"
    )
    lost = len(text) - len(kept)
    return (
        unicodedata.normalize("NFC", kept),
        note(Code.INVISIBLE_REMOVED, count=lost) if lost else None,
    )


def without_flood(text: str) -> tuple[str, Finding | None]:
    """Leave at most three combining marks on a letter."""
    kept = unicodedata.normalize("NFC", _FLOOD.sub(r"\1", text))
    return kept, error(Code.COMBINING_FLOOD) if kept != text else None


def on_one_line(text: str) -> tuple[str, Finding | None]:
    """Make one space of each line break."""
    kept = _BREAKS.sub(" ", text.strip())
    return kept, note(Code.LINE_BREAK_JOINED) if kept != text.strip() else None


def with_single_spaces(text: str) -> tuple[str, Finding | None]:
    """Make one space of every run of them, and none at the edges."""
    kept = _SPACES.sub(" ", text).strip()
    return kept, note(Code.SPACES_TIDIED) if kept != text else None


SAFE: tuple[Stage, ...] = (
    without_controls,
    without_invisible,
    without_flood,
    on_one_line,
    with_single_spaces,
)


def tidied(text: str) -> tuple[str, list[Finding]]:
    """Pass a text through all that may be done to any value."""
    if _PLAIN.fullmatch(text) or not text:
        return text, []
    return through(text, SAFE)


def through(text: str, stages: Iterable[Stage]) -> tuple[str, list[Finding]]:
    """Pass a text through stages and collect what they say."""
    findings = []
    for stage in stages:
        text, found = stage(text)
        if found:
            findings.append(found)
    return text, findings


def not_a_formula(text: str) -> tuple[str, Finding | None]:
    """Ask about a text that a spreadsheet would take for a formula."""
    start = _FORMULA.match(text)
    if not start:
        return text, None
    return text[start.end() :], question(Code.FORMULA_LIKE_TEXT)


def no_longer_than(limit: int) -> Stage:
    """Make a stage that refuses a text of more than ``limit`` characters."""

    def stage(text: str) -> tuple[str, Finding | None]:
        return text, error(Code.TOO_LONG, limit=limit) if len(text) > limit else None

    return stage


def judged_by(raw: str, stages: Iterable[Stage]) -> Judged:
    """Tidy a text, pass it through ``stages``, ask for what can be printed; settle what stands."""
    typed, tidy = tidied(raw)
    if not typed:
        return _nothing(raw, tidy)
    text, found = through(typed, [*stages, printed])
    return settled(raw, text, typed, [*tidy, *found])


def _nothing(raw: str, tidy: Iterable[Finding]) -> Judged:
    """Settle a value of which nothing stays: spaces go in silence, other signs do not."""
    silent = {Code.SPACES_TIDIED, Code.LINE_BREAK_JOINED}
    return settled(raw, "", "", [found for found in tidy if found.code not in silent])


def settled(raw: str, text: str, typed: str | None, findings: Iterable[Finding]) -> Judged:
    """Settle a value: it stands if nothing but notes was found, else it is a suggestion."""
    findings = tuple(findings)
    blocked = any(found.severity != Severity.NOTE for found in findings)
    refused = any(found.severity == Severity.ERROR for found in findings)
    before, suggestion = printable(raw), text if blocked and text not in {"", raw} else None
    told = tuple(
        replace(found, before=before, after=None if blocked else text)
        if found.severity == Severity.NOTE
        else replace(found, before=before, suggestion=found.suggestion or suggestion)
        for found in findings
    )
    return Judged(None if blocked else text, text, None if refused else typed, told)


def stands_for_nothing(text: str) -> bool:
    """Whether a cell says «нет», «-» and the like instead of being left empty."""
    return bool(_ONLY_STROKES.fullmatch(text)) or text.casefold() in _NOTHING


def judged_optional(raw: str, judge: Callable[[str, str, list[Finding]], Judged]) -> Judged:
    """Judge a value that may be empty; ``judge`` gets it raw, tidied, and what was said of it."""
    typed, tidy = tidied(raw)
    if not typed:
        return _nothing(raw, tidy)
    if stands_for_nothing(typed):
        return settled(raw, "", "", [*tidy, note(Code.PLACEHOLDER_DROPPED)])
    return judge(raw, typed, tidy)
