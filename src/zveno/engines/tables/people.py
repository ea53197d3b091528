"""Names of people: judge a part, tell the parts of a full name apart, notice a swapped order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from zveno.engines.tables.codes import Code
from zveno.engines.tables.given_names import is_given_name
from zveno.engines.tables.lookalikes import CYRILLIC, asked_about
from zveno.engines.tables.model import Finding, Judged, error, note, question
from zveno.engines.tables.text import (
    judged_by,
    no_longer_than,
    not_a_formula,
    settled,
    stands_for_nothing,
    tidied,
)

PARTS = ("family_name", "given_name", "patronymic")
PART_LIMIT = 100
PARTICLES = frozenset(
    {"ван", "фон", "дер", "ден", "де", "ди", "да", "ла", "ле", "дю", "аль", "эль", "ибн", "бин"}
)
_TAILS = frozenset({"оглы", "оглу", "кызы", "гызы", "кизи", "улы", "угли", "уулу", "улу", "кыз"})
_PATRONYMIC = re.compile(r"(?:в|ь|м|к|т|н|ф)ич|(?:в|ч|ш)на", re.IGNORECASE)
_DASH = re.compile(r"\s*[-\u2010-\u2015\u2212]+\s*")
_ALLOWED = re.compile(r"[^\W\d_]|[\u0300-\u036f'’ʼ`´. -]")
_CASED = re.compile(rf"[A-Za-z{CYRILLIC}'’ .-]+")
_WORD = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[- ]?){1,3}(?:[^\W\d_]\.?)?|[^\W\d_]\.?")
_BARE = re.compile(r"[А-ЯЁ]{2}")
_GLUED_INITIALS = re.compile(r"([^\W\d_]{2,})\s*((?:[^\W\d_]\.){1,2})")
_NUMBERING = re.compile(r"^\s*\d{1,4}\s*[.)]\s*(?=[^\W\d_])")
_MOST_WORDS = 5
_WHOLE = 3


@dataclass(frozen=True, slots=True)
class Split:
    """The parts of a full name, and what must be asked about each."""

    parts: Mapping[str, str]
    asked: Mapping[str, Finding] = field(default_factory=dict)


def judge_part(raw: str) -> Judged:
    """Judge a surname, a given name or a patronymic; nothing is refused for being unusual."""
    stages = (
        not_a_formula,
        _hyphenated,
        asked_about,
        _of_letters,
        _cased,
        no_longer_than(PART_LIMIT),
    )
    return judged_by(raw, stages)


def judge_patronymic(raw: str) -> Judged:
    """Judge a patronymic; «нет» and the like mean that there is none."""
    typed, tidy = tidied(raw)
    if stands_for_nothing(typed):
        return settled(raw, "", "", [*tidy, note(Code.PLACEHOLDER_PATRONYMIC)])
    return judge_part(raw)


def _hyphenated(text: str) -> tuple[str, Finding | None]:
    better = _DASH.sub("-", text).strip("-")
    return better, note(Code.HYPHEN_TIDIED) if better != text else None


def _of_letters(text: str) -> tuple[str, Finding | None]:
    strange = _ALLOWED.sub("", text)
    if not strange:
        return text, None
    better = " ".join("".join(_ALLOWED.findall(text)).split())
    return better, question(Code.UNUSUAL_CHARACTERS, characters=strange[:20])


def _cased(text: str) -> tuple[str, Finding | None]:
    shouted = text.isupper() or (text[:1].islower() and text[1:].isupper())
    if not _CASED.fullmatch(text) or not (shouted or text.islower()):
        return text, None
    better = " ".join(_capital(word) for word in text.split(" "))
    return better, note(Code.CASE_PROPOSED) if better != text else None


def _capital(word: str) -> str:
    if word.lower() in PARTICLES | _TAILS:
        return word.lower()
    return _WORD.sub(lambda piece: piece[0][:1].upper() + piece[0][1:].lower(), word)


def is_patronymic(word: str) -> bool:
    """Whether a word ends as patronymics do."""
    match = _PATRONYMIC.search(word)
    return word.lower() in _TAILS or bool(match and match.end() == len(word))


def split_full_name(text: str) -> Split:
    """Tell surname, given name and patronymic apart; what stays doubtful is asked."""
    text = _NUMBERING.sub("", text).replace(",", " ")
    glued = _GLUED_INITIALS.fullmatch(text.strip())
    units = list(glued.groups()) if glued else _units(_DASH.sub(_closed_up, text).split())
    initials = [unit for n, unit in enumerate(units) if _is_initials(unit, units[0] if n else "")]
    if initials:
        return _with_initials(units, initials)
    if len(units) >= _WHOLE and stands_for_nothing(units[-1]):
        split = split_full_name(" ".join(units[:-1]))
        return Split({**split.parts, "patronymic": units[-1]}, split.asked)
    if not 1 <= len(units) < _MOST_WORDS:
        return _unclear(text, len(units))
    return _SPLITS[len(units)](units)


def _is_initials(unit: str, family: str) -> bool:
    """Whether a word is «И.И.», or «И» or «ИИ» after a surname that is not all capitals."""
    if "." in unit:
        return bool(_INITIALS.fullmatch(unit))
    return bool(family) and (
        len(unit) == 1 or (bool(_BARE.fullmatch(unit)) and not family.isupper())
    )


def _closed_up(dash: re.Match[str]) -> str:
    """Close a spaced dash up, and leave it for ``_hyphenated`` to mend and to tell of."""
    return "-" if dash[0] == "-" else "–"


def _units(words: list[str]) -> list[str]:
    """Join particles to the name after them and «оглы» to the name before it."""
    units: list[str] = []
    for word in words:
        if units and _belongs(word, units):
            units[-1] += f" {word}"
        else:
            units.append(word)
    return units


def _belongs(word: str, units: list[str]) -> bool:
    if word.lower() in _TAILS:
        return len(units) >= _WHOLE
    last = units[-1].split()[-1]
    return last in PARTICLES or (word in PARTICLES and last.lower() in PARTICLES)


def _with_initials(units: list[str], initials: list[str]) -> Split:
    family = " ".join(unit for unit in units if unit not in initials)
    letters = " ".join(initials)
    asked = {"given_name": question(Code.INITIALS_ONLY, initials=letters)}
    return Split({"family_name": family, "given_name": letters, "patronymic": ""}, asked)


def _unclear(text: str, words: int) -> Split:
    whole = {"family_name": text.strip(), "given_name": "", "patronymic": ""}
    return Split(whole, {"family_name": question(Code.NAME_UNCLEAR, words=words)} if words else {})


def _split_one(units: list[str]) -> Split:
    return Split(_named(units[0]))


def _split_two(units: list[str]) -> Split:
    first, second = units
    if not is_patronymic(second):
        return Split(_named(first, second))
    return Split(_named("", first, second) if is_given_name(first) else _named(first, "", second))


def _split_three(units: list[str]) -> Split:
    first, second, third = units
    if is_patronymic(third.split()[-1]):
        return Split(_named(first, second, third))
    if is_patronymic(second):
        return _swapped(_named(first, third, second), family=third, given=first)
    known = [is_given_name(unit) for unit in units]
    if known[1] and not known[2]:
        return _unclear(" ".join(units), len(units))
    if known[2] and not known[1]:
        return Split(_named(f"{first} {second}", third))
    if known[0] and not known[1]:
        rest = f"{second} {third}"
        return _swapped(_named(first, rest), family=rest, given=first)
    return Split(_named(first, f"{second} {third}"))


def _split_four(units: list[str]) -> Split:
    if not is_patronymic(units[3].split()[-1]) or not is_given_name(units[2]):
        return _unclear(" ".join(units), len(units))
    return Split(_named(f"{units[0]} {units[1]}", units[2], units[3]))


_SPLITS = {1: _split_one, 2: _split_two, 3: _split_three, 4: _split_four}


def _named(family: str, given: str = "", patronymic: str = "") -> dict[str, str]:
    return {"family_name": family, "given_name": given, "patronymic": patronymic}


def _swapped(parts: Mapping[str, str], *, family: str, given: str) -> Split:
    asked = {
        "family_name": replace(question(Code.NAME_ORDER), suggestion=family),
        "given_name": replace(question(Code.NAME_ORDER), suggestion=given),
    }
    return Split(parts, asked)


def judge_person(parts: Mapping[str, str], asked: Mapping[str, Finding]) -> dict[str, Judged]:
    """Judge the parts of a name together; ``asked`` is what splitting already found."""
    judged = {part: judge_part(parts.get(part, "")) for part in PARTS[:2]}
    judged["patronymic"] = judge_patronymic(parts.get("patronymic", ""))
    asked = asked or _initials_of(judged) or _order_of(judged)
    for part, finding in asked.items():
        judged[part] = doubted(judged[part], finding)
    for part in PARTS[:2]:
        if not judged[part].likely and not judged[part].findings:
            judged[part] = doubted(judged[part], error(Code.VALUE_MISSING))
    return judged


def _initials_of(judged: Mapping[str, Judged]) -> Mapping[str, Finding]:
    given = judged["given_name"].likely
    if not _is_initials(given, judged["family_name"].likely):
        return {}
    return {"given_name": question(Code.INITIALS_ONLY, initials=given)}


def _order_of(judged: Mapping[str, Judged]) -> Mapping[str, Finding]:
    family, given = judged["family_name"].likely, judged["given_name"].likely
    if not given or not is_given_name(family) or is_given_name(given):
        return {}
    return _swapped({}, family=given, given=family).asked


def doubted(judged: Judged, finding: Finding) -> Judged:
    """Add a question to a judged value: it stands no longer, the suggestion is its best reading."""
    suggestion = finding.suggestion if finding.suggestion is not None else judged.likely or None
    likely = "" if finding.code == Code.INITIALS_ONLY else suggestion or ""
    told = replace(finding, before=judged.typed, suggestion=likely or None)
    typed = None if finding.code == Code.VALUE_MISSING else judged.typed
    return Judged(None, likely, typed, (*judged.findings, told))
