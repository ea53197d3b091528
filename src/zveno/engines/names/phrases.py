"""How posts, organisations and bases of authority decline: their head words do, the rest stays.

A phrase is read from the left: adjectives wait for the noun they belong to, the noun of the
lexicon declines with them, quoted names, numbers and abbreviations stand, and what depends on
the noun stands too, until a new noun in the nominative begins («учреждение средняя школа»).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zveno.engines.names.heads import Heads, head_gender, heads_of
from zveno.engines.names.model import Case, Declined, Form, Gender, Person, Why
from zveno.engines.names.persons import decline_person
from zveno.engines.names.words import (
    Forms,
    adjective_gender,
    decline_adjective,
    is_adjective,
    lexicon,
    recase,
)

_TOKEN = re.compile(
    r"«(?:[^«»]|«[^«»]*»)*»|«.*?»|\"[^\"]*\"|„[^“]*“|“[^”]*”|\([^()]*\)|[^\W\d_]+(?:[-‐‑][^\W\d_]+)*\.?|\s+|.",
    re.DOTALL,
)
_ACTING = re.compile(r"(?:и\.?\s?о\.?|вр\.?\s?и\.?\s?о\.?|врио|врип)\s+", re.IGNORECASE)
_RUSSIAN_WORD = re.compile("[а-яё]+(?:[-‐‑][а-яё]+)*")
_SEPARATORS = frozenset({"–", "—", ",", "и", "/", "-"})
_ENTREPRENEURS = frozenset({"предприниматель", "ип"})
_NAME_LENGTHS = range(1, 5)


@dataclass(slots=True)
class _Reading:
    """The phrase read so far: pieces with their forms, and what is still open."""

    heads: Heads
    pieces: list[tuple[str, Forms | None]] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    may_begin: bool = True
    found_head: bool = False
    gender: Gender | None = None
    why: Why = Why.NOTHING


def decline_post(text: str, cases: Iterable[Case]) -> Declined:
    """Put a post into ``cases``; after «и. о.» the genitive already stands."""
    acting = _ACTING.match(text)
    if acting:
        return _decline_acting(text, acting.end(), cases)
    return _finish(_read(text, heads_of("posts", animate=True)), cases)


def decline_basis(text: str, cases: Iterable[Case]) -> Declined:
    """Put a basis of authority («Устав», «доверенность № 3») into ``cases``."""
    return _finish(_read(text, heads_of("papers", animate=False)), cases)


def decline_organisation(text: str, cases: Iterable[Case]) -> Declined:
    """Put the name of an organisation into ``cases`` and find the gender of its head word."""
    cases = tuple(cases)
    named_after = _entrepreneur(text)
    if named_after:
        return _decline_entrepreneur(text[: named_after.start()], named_after.group(), cases)
    return _finish(_read(text, heads_of("bodies", animate=False)), cases)


def _decline_acting(text: str, rest: int, cases: Iterable[Case]) -> Declined:
    posts = heads_of("posts", animate=True)
    if not any(word.lower() in posts for word in text[rest:].split()):
        return Declined({case: Form(text) for case in cases})
    genitive = _join(_read(text[rest:], posts).pieces, Case.GENITIVE)
    return Declined(
        {
            case: Form(text)
            if case is Case.NOMINATIVE
            else Form(text[:rest] + genitive, Why.UNKNOWN_WORD)
            for case in cases
        }
    )


def _entrepreneur(text: str) -> re.Match[str] | None:
    words = text.split()
    for index, word in enumerate(words):
        if word.lower() in _ENTREPRENEURS and len(words) - index - 1 in _NAME_LENGTHS:
            return re.compile(r"\S+(?:\s+\S+)*$").search(text, _start_of(text, index + 1))
    return None


def _start_of(text: str, word: int) -> int:
    return [match.start() for match in re.finditer(r"\S+", text)][word]


def _decline_entrepreneur(title: str, name: str, cases: tuple[Case, ...]) -> Declined:
    family, given, patronymic = [*name.split(maxsplit=2), "", ""][:3]
    person = decline_person(Person(family, given, patronymic), cases)
    read = _read(title, heads_of("bodies", animate=True))
    forms = {
        case: Form(_join(read.pieces, case) + person.forms[case].text, person.forms[case].why)
        for case in cases
    }
    return Declined(forms, Gender.MASCULINE)


def _read(text: str, heads: Heads) -> _Reading:
    reading = _Reading(heads)
    previous = ""
    for match in _TOKEN.finditer(text):
        token = match.group()
        _take(reading, token, previous)
        previous = previous if token.isspace() else token
    _settle_waiting(reading)
    return reading


def _take(reading: _Reading, token: str, previous: str) -> None:
    """Add one token to the reading and decide whether it declines."""
    lower = token.lower()
    forms: Forms | None = None
    if token.isspace() or lower in lexicon()["adverbs"]:
        pass
    elif reading.waiting and is_adjective(lower.strip("()")):
        reading.waiting.append(len(reading.pieces))
    elif token.startswith("("):
        forms = _in_brackets(reading, lower)
    elif lower in _SEPARATORS:
        reading.may_begin = True
    elif lower in reading.heads and _may_stand_here(reading, previous):
        forms = _take_head(reading, lower)
    elif is_adjective(lower) and not _is_abbreviation(token):
        reading.waiting.append(len(reading.pieces))
    else:
        forms = _take_other(reading, token)
    reading.pieces.append((token, forms))


def _in_brackets(reading: _Reading, lower: str) -> Forms | None:
    """Decline one other name of the head: «ассистент (помощник)»."""
    inner = lower.strip("()")
    if not reading.found_head or inner not in reading.heads:
        return None
    forms = reading.heads.forms(inner)
    return {case: f"({form})" for case, form in forms.items()}


def _may_stand_here(reading: _Reading, previous: str) -> bool:
    """Tell whether a nominative may begin: always at the start; later only an organisation's."""
    if reading.may_begin or _is_like_adjective(reading, previous.lower()):
        return True
    return not reading.heads.animate and previous not in lexicon()["prepositions"]


def _is_like_adjective(reading: _Reading, previous: str) -> bool:
    """Tell a head that leans on the next one: «управляющий директор»."""
    return reading.heads.animate and previous in reading.heads and is_adjective(previous)


def _take_head(reading: _Reading, lower: str) -> Forms:
    forms = reading.heads.forms(lower)
    gender = head_gender(lower)
    _decline_waiting(reading, gender)
    if not reading.found_head:
        reading.gender = gender
    reading.found_head, reading.may_begin = True, False
    return forms


def _take_other(reading: _Reading, token: str) -> Forms | None:
    """Take a quoted name, an abbreviation, a number, or a word the lexicon lacks."""
    forms = None
    if _is_abbreviation(token):
        _take_abbreviation(reading, token)
    elif not reading.found_head:
        forms = _take_unknown(reading, token.lower())
    reading.waiting.clear()
    reading.may_begin = False
    return forms


def _take_unknown(reading: _Reading, lower: str) -> Forms | None:
    """Make a noun the lexicon lacks the head, else the adjectives before it."""
    noun = None
    if _RUSSIAN_WORD.fullmatch(lower) and lower not in lexicon()["prepositions"]:
        noun = reading.heads.unknown(lower)
        reading.why = Why.UNKNOWN_WORD
    if noun is None:
        _settle_waiting(reading)
        return None
    forms, reading.gender = noun
    _decline_waiting(reading, reading.gender)
    reading.found_head = True
    return forms


def _is_abbreviation(token: str) -> bool:
    return sum(letter.isupper() for letter in token) > 1 and token.isalpha()


def _take_abbreviation(reading: _Reading, token: str) -> None:
    gender = _abbreviation_gender(token)
    if not reading.found_head:
        _decline_waiting(reading, gender)
        reading.gender = gender
        reading.found_head = gender is not None


def _abbreviation_gender(token: str) -> Gender | None:
    table: Mapping[str, list[str]] = lexicon()["abbreviations"]
    for gender, known in table.items():
        if token in known:
            return None if gender == "none" else Gender(gender)
    return Gender.NEUTER if token.endswith(("У", "УП")) else None


def _decline_waiting(reading: _Reading, gender: Gender | None) -> None:
    """Decline the adjectives that agree with the head word just found."""
    for index in reading.waiting:
        token = reading.pieces[index][0]
        adjective = token.lower().strip("()")
        if gender is None or adjective_gender(adjective) is gender:
            forms = decline_adjective(adjective, animate=reading.heads.animate)
            lower = token.lower()
            wrapped = {case: lower.replace(adjective, form) for case, form in forms.items()}
            reading.pieces[index] = (token, wrapped)
    reading.waiting.clear()


def _settle_waiting(reading: _Reading) -> None:
    """Let adjectives without a noun be the head themselves: «дежурный по школе»."""
    if not reading.waiting:
        return
    if not reading.found_head:
        gender = adjective_gender(reading.pieces[reading.waiting[0]][0].lower())
        _decline_waiting(reading, gender)
        reading.found_head, reading.gender, reading.why = True, gender, Why.UNKNOWN_WORD
    reading.waiting.clear()


def _finish(reading: _Reading, cases: Iterable[Case]) -> Declined:
    forms = {
        case: Form(
            _join(reading.pieces, case), Why.NOTHING if case is Case.NOMINATIVE else reading.why
        )
        for case in cases
    }
    return Declined(forms, reading.gender)


def _join(pieces: list[tuple[str, Forms | None]], case: Case) -> str:
    return "".join(
        token if forms is None or case is Case.NOMINATIVE else recase(forms[case], token)
        for token, forms in pieces
    )
