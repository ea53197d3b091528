"""Find people in free text: a list with one name a line, a message from a chat."""

import re
from collections.abc import Iterator

from zveno.engines.tables.classes import judge_class, the_class_in
from zveno.engines.tables.codes import Code
from zveno.engines.tables.limits import MAX_FREE_LINE
from zveno.engines.tables.model import Aside, Draft, Finding, Line, Sheet, error, note, question
from zveno.engines.tables.person import Person, people_in
from zveno.engines.tables.table import aside
from zveno.engines.tables.text import printable, tidied

_SHOWN = 200
_EMOJI = re.compile("[\u2190-\u27bf\u2900-\u2bff\U0001f000-\U0001faff\ufe0f\u200d\u20e3]+")
_SENDER = re.compile(
    r"^\s*(?:\[[^\]]{5,40}\]\s*[^:]{1,60}:"
    r"|\d\d?[./]\d\d?[./]\d{2,4},? \d\d?:\d\d\s*[-–]\s*[^:]{1,60}:"
    r"|[^:\[\]]{1,60},\s*\[[^\]]{5,40}\]:?)\s*"
)
_PHONE = re.compile(
    r"(?:тел\w*\.?:?\s*)?(?:\+7|\b8)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d\d[\s-]*\d\d\b", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?:^|(?<=[\s;,]))\s*\d{1,5}\s?[.)]\s*(?=[^\W\d_])")
_BARE_NUMBER = re.compile(r"\s*\d{1,5}\s+(?=[^\W\d_]{3})")
_CLASS_AHEAD = re.compile(r"(?P<ahead>[^:,;]{1,20}?)\s*(?::|\s[-–—])\s*(?P<rest>\S.*)")
_LABEL = re.compile(r"(?P<label>[^:]{1,60}):\s+(?=\S)")
_TOTALS = re.compile(r"\s*(?:итого|всего)\b", re.IGNORECASE)
_ABOUT_A_LIST = re.compile(
    r"\b(?:спис\w+|состав|команда|участник\w*|учащи\w+|обучающи\w+|ученик\w*|заявка|класс\w*"
    r"|школ\w+|лице\w+|гимнази\w+|наши|дети|едут|идут)\b",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"\bне\s+(?:ед|по[ей]д|будет|смо|мож|прид|прие|участв|ид)|боле[ею]т|заболе|отказ|выбыл|вычерк",
    re.IGNORECASE,
)
_ADULT = re.compile(
    r"сопровожд|\bучител|педагог|руководител|воспитател|родител|взросл|\bмам[аы]|тренер|завуч",
    re.IGNORECASE,
)
_POSTS = re.compile(
    r"\b(?:учитель(?:ница)?|педагог|воспитатель(?:ница)?|тренер|мама|сопровождающ(?:ий|ая))\b",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    r"(?:ещ[её]|плюс|\+)\s*\d+|\d+\s*(?:чел|дет|учени|реб[её]н)|\bи\s+др\b", re.IGNORECASE
)


def people_of(sheet: Sheet, chosen_class: str) -> tuple[list[Draft], list[Aside]]:
    """Find people line by line; a line without anybody is put aside.

    A line that only names a class gives it to the lines below; ``chosen_class`` is for the rest.
    """
    drafts: list[Draft] = []
    asides: list[Aside] = []
    below = chosen_class
    for line in sheet.lines:
        text = _plain(line)
        if len(text) > MAX_FREE_LINE:
            drafts.append(_too_long(sheet, line))
            continue
        named = _class_of_a_list(text)
        below = named or below
        people = [] if named else list(_people(text))
        if not people:
            asides.append(aside(sheet, line, _reason(text, named)))
        drafts += [_draft(sheet, line, person, below) for person in people]
    return drafts, asides


def _too_long(sheet: Sheet, line: Line) -> Draft:
    mark = error(Code.TOO_LONG, limit=MAX_FREE_LINE)
    text = printable(line.cells[0][:_SHOWN])
    return Draft(sheet.name, line.number, (text,), {"full_name": ""}, marks={"full_name": mark})


def _plain(line: Line) -> str:
    joined = _EMOJI.sub(" ", " ".join(line.cells))
    return _PHONE.sub(" ", _SENDER.sub("", tidied(joined)[0])).strip()


def _reason(text: str, named: str | None) -> str:
    if not text:
        return "blank"
    if named:
        return "class"
    return "totals" if _TOTALS.match(text) else "text"


def _class_of_a_list(text: str) -> str | None:
    """Return the class that a line gives to the lines below: «7А», «Список 7 «Б» класса:»."""
    wording = the_class_in(text)
    if not wording or _NUMBERED.match(text):
        return None
    if not any(map(str.isalpha, text.replace(wording, ""))):
        return wording
    return wording if _ABOUT_A_LIST.match(text) and ":" not in text.rstrip(": ") else None


def _people(text: str) -> Iterator[Person]:
    if _TOTALS.match(text):
        return
    ahead = _CLASS_AHEAD.match(text)
    inline, said = judge_class(ahead["ahead"]).value if ahead else None, ""
    if ahead and inline and not inline.isdigit():
        text = ahead["rest"]
    else:
        inline = ""
        label = _LABEL.match(text)
        if label and (_ABOUT_A_LIST.search(label["label"]) or _ADULT.search(label["label"])):
            text = text[label.end() :]
            said = label["label"] if _ADULT.search(label["label"]) else ""
    for numbered, piece in _pieces(text):
        for person in people_in(piece, numbered=numbered):
            person.school_class = person.school_class or inline or ""
            person.remarks += [said] if said else []
            yield person


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Divide a line at its numbering: «1. … 2) …»."""
    starts = list(_NUMBERED.finditer(text)) or list(filter(None, [_BARE_NUMBER.match(text)]))
    first = starts[0].start() if starts else len(text)
    if text[:first].strip():
        yield False, text[:first]
    ends = [*(start.start() for start in starts[1:]), len(text)]
    for start, end in zip(starts, ends, strict=False):
        yield True, text[start.end() : end]


def _draft(sheet: Sheet, line: Line, person: Person, below: str) -> Draft:
    inputs = {"full_name": person.name, "class": person.school_class or below}
    if person.birth:
        inputs["birth_date"] = person.birth
    hidden = (question(Code.HIDDEN_SHEET),) if sheet.hidden else ()
    return Draft(
        sheet=sheet.name,
        line=line.number,
        raw=(printable(" ".join(person.piece.split())),),
        inputs=inputs,
        findings=(*line.findings, *hidden, *_remarks(person)),
        marks=dict.fromkeys(("full_name",), next(iter(line.marks.values()))) if line.marks else {},
    )


def _remarks(person: Person) -> Iterator[Finding]:
    text = " ".join([*_POSTS.findall(person.name), *person.remarks])
    asked = False
    for pattern, code in (
        (_WITHDRAWN, Code.WITHDRAWN_IN_TEXT),
        (_ADULT, Code.ADULT_NOT_PUPIL),
        (_UNNAMED, Code.UNNAMED_PEOPLE),
    ):
        if pattern.search(text):
            asked = True
            yield question(code)
    if not asked and any(map(str.isalpha, text)):
        yield note(Code.TEXT_LEFT_OUT, text=printable(text[:_SHOWN]))
