"""Take one piece of a message apart: whose name is it, of which class, and what else is said."""

import re
from dataclasses import dataclass, field

from zveno.engines.tables.classes import IN_TEXT, judge_class
from zveno.engines.tables.given_names import is_given_name
from zveno.engines.tables.people import PARTICLES, is_patronymic

_BIRTH = re.compile(
    r"(?<![\w.])(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)|\d{4}-\d\d-\d\d|(?:19|20)\d\d(?=\s*г|\s*$))"
    r"(?:\s*г\.?\s?р\b\.?|\s*г(?:ода?)?\b\.?)?(?!\w)"
)
_BULLETS = " +*•·▪◦–—-"
_ENDINGS = " –—:.!-"
_BRACKETS = re.compile(r"\(([^()]*)\)")
_SPACED_DASH = re.compile(r"^(\w+)\s[-–—]\s(?=[^\W\d_][^\W\d_]*[а-яё])")
_STOP = re.compile(r"\s[-–—]\s|[!?+…:]|\s(?:и|не|НЕ|ещё|еще|из|с|со|кроме|плюс)\s")
_SMALL_WORDS = frozenset(
    {"и", "из", "с", "со", "не", "на", "в", "во", "но", "а", "ещё", "еще", "от", "для", "по", "ой"}
)
_CHATTER = re.compile(
    r"добр(?:ый|ое|ого)|здравствуй\w*|коллеги|привет\w*|спасибо|уважаем\w+|школ[аы]|лицей|гимназия"
    r"|спис\w+|классн\w+|руководител\w+|телефон\w*|наши|пожалуйста|отправля\w+|прошу|ждём|ждем|день"
    r"|вечер|утро|это|все|всё|дети|детей|человек|чел|мама|мамы|не",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’ʼ.-]*")
_MOST_WORDS = 5
_PAIR = 2


@dataclass(slots=True)
class Person:
    """Somebody found in a piece of text, while the piece is still being read."""

    name: str
    piece: str
    school_class: str = ""
    birth: str = ""
    remarks: list[str] = field(default_factory=list)


def people_in(piece: str, *, numbered: bool) -> list[Person]:
    """Find the people of a piece; a numbered piece is always somebody, however unclear."""
    people: list[Person] = []
    for part in re.split("[;,]", _BRACKETS.sub(_opened, piece)):
        _take_in(part, piece, people, numbered=numbered and not people)
    if numbered and not people:
        people.append(Person(_bare(piece), piece))
    return people


def _opened(brackets: re.Match[str]) -> str:
    """Take a class out of its brackets, and make a part of its own of anything else."""
    inside = brackets[1]
    return f" {inside} " if judge_class(inside).value else f"; {inside};"


def _take_in(part: str, piece: str, people: list[Person], *, numbered: bool) -> None:
    birth = _BIRTH.search(part)
    if birth:
        part = f"{part[: birth.start()]} {part[birth.end() :]}"
    found = IN_TEXT.search(part)
    before, after = (part[: found.start()], part[found.end() :]) if found else (part, "")
    if found and not _WORD.search(before):
        before, after = after, ""
    name, rest = _name_and_rest(before)
    if _is_person(name.split(), sure=numbered or bool(found)):
        people.append(Person(name, piece))
    elif not people:
        return
    else:
        rest = before
    person = people[-1]
    person.school_class = person.school_class or (found[0] if found else "")
    person.birth = person.birth or (birth[0] if birth else "")
    person.remarks += [text.strip() for text in (rest, after) if text.strip()]


def _bare(text: str) -> str:
    """Strip bullets before a name and punctuation after it."""
    return text.lstrip(_BULLETS).rstrip(_ENDINGS)


def _name_and_rest(text: str) -> tuple[str, str]:
    words = _SPACED_DASH.sub(r"\1-", _bare(text)).split()
    while words and words[0].lower() in _SMALL_WORDS and len(words) > 1:
        words.pop(0)
    while words and words[-1] in _SMALL_WORDS:
        words.pop()
    text = " ".join(words)
    stop = _STOP.search(text)
    return (text[: stop.start()], text[stop.start() :]) if stop else (text, "")


def _is_person(words: list[str], *, sure: bool) -> bool:
    if not 1 <= len(words) <= _MOST_WORDS or any(_CHATTER.fullmatch(word) for word in words):
        return False
    if not all(_WORD.fullmatch(word) for word in words):
        return False
    sure = sure or any(is_given_name(word) for word in words)
    capital = all(_is_capital(word) for word in words)
    return capital and sure if len(words) < _PAIR else capital or sure


def _is_capital(word: str) -> bool:
    return word[:1].isupper() or word in PARTICLES or (word.islower() and is_patronymic(word))
