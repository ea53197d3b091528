"""School classes: a grade from 1 to 11 and a letter, written in a dozen ways."""

import re
import unicodedata

from zveno.engines.tables.codes import Code
from zveno.engines.tables.lookalikes import CYRILLIC, TO_CYRILLIC
from zveno.engines.tables.model import Finding, Judged, note, question
from zveno.engines.tables.text import judged_optional, settled

_GRADE = r"(?P<grade>1[01]|[1-9])(?:\s*-?\s*(?:[ыо]?й|го)\b)?"
_LETTER = rf"(?P<letter>(?![йъыьЙЪЫЬ])[{CYRILLIC}A-Za-z])"
_PROFILE = rf"(?P<profile>[{CYRILLIC}]{{2,3}}|[{CYRILLIC}][1-9]|(?<=[\s/–-])[1-9])"
_OPEN, _CLOSE = r"[«\"„“”‟('‘]{0,2}", r"[»\"”“)'’]{0,2}"
_WORD = r"(?:класс[аеу]?\b|кл\b\.?)"
_BETWEEN = r"\s*[-–—‑]?\s*"
_CLASS = re.compile(
    rf"(?:{_WORD}\s*)?{_OPEN}{_GRADE}"
    rf"(?:{_BETWEEN}{_OPEN}\s*{_LETTER}\s*{_CLOSE}|[\s/–-]*{_OPEN}{_PROFILE}{_CLOSE})?"
    rf"\s*{_WORD}?\s*{_CLOSE}[.,;:]?",
    re.IGNORECASE,
)
_PREPOSITION = r"(?!\s+[исвкоу]\s+(?!кл))"
IN_TEXT = re.compile(
    rf"(?<![\w./+])\(?\s*(?:{_GRADE}{_PREPOSITION}{_BETWEEN}{_OPEN}{_LETTER}{_CLOSE}(?!\w)"
    rf"(?:\s*{_WORD})?|(?P<bare>1[01]|[1-9])\s*-?(?:[ыо]?й|го)?\s*{_WORD})\s*\)?",
    re.IGNORECASE,
)
LABEL = re.compile(r"(1[01]|[1-9])(?:-?([1-9])|(\w{0,3}))")


def judge_class(raw: str) -> Judged:
    """Judge a class; what stands is «7А», the letter always Cyrillic."""
    return judged_optional(raw, _judge)


def _judge(raw: str, typed: str, tidy: list[Finding]) -> Judged:
    plain = unicodedata.normalize("NFKC", typed).removesuffix(".0")
    match = _CLASS.fullmatch(plain)
    letter = ((match["letter"] or match["profile"] or "") if match else "").translate(TO_CYRILLIC)
    if not match or (letter.isascii() and letter.isalpha()):
        return settled(raw, "", typed, [*tidy, question(Code.CLASS_UNCLEAR)])
    label = f"{match['grade']}{'-' if letter.isdigit() else ''}{letter.upper()}"
    found = [note(Code.CLASS_TIDIED)] if label != typed else []
    return settled(raw, label, typed, [*tidy, *found])


def parts_of(label: str) -> tuple[int | None, str]:
    """Take «7А» apart into grade and letter; a label that is no class has neither."""
    match = LABEL.fullmatch(label)
    return (int(match[1]), match[2] or match[3]) if match else (None, "")


def the_class_in(text: str) -> str:
    """Find the wording of the class that a text speaks of; nothing if it speaks of several."""
    found = {judge_class(match[0]).likely: match[0] for match in IN_TEXT.finditer(text)}
    return next(iter(found.values())) if len(found) == 1 else ""
