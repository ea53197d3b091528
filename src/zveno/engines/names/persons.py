"""How Russian names of persons decline: pytrovich where it is right, our rules where it is not."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Case as TheirCase
from pytrovich.enums import Gender as TheirGender
from pytrovich.enums import NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from zveno.engines.names.families import by_dictionary
from zveno.engines.names.model import OBLIQUE, Case, Declined, Form, Gender, Person, Why
from zveno.engines.names.words import HYPHEN, recase

_VOWELS = "аеёиоуыэюя"
PARTICLES = re.compile("ван|фон|де[рнл]?|д[иа]|л[ае]|дель|дос|б[ие]н|ибн|[аэ]ль|ас|аш|тер")
PATRONYMIC_TAILS = {
    "оглы": Gender.MASCULINE,
    "улы": Gender.MASCULINE,
    "уулу": Gender.MASCULINE,
    "кызы": Gender.FEMININE,
    "гызы": Gender.FEMININE,
}
_STANDING_FAMILIES = frozenset({"золя", "труайя", "моруа", "деррида"})
_STANDING_PARTS = frozenset({"тян", "грум", "кара", "мелик", "бек", "мирза"})
_TITLES = frozenset({"заде", "зада", "оглы", "кызы", "паша", "ханум"})
_STANDING_FIRST_GIVEN = frozenset({"жан", "пьер", "шарль", "анри", "мари", "луи"})
_IN_YCH: dict[Case, str] = dict(zip(OBLIQUE, ("а", "у", "а", "ем", "е"), strict=True))
_FOREIGN_IN = frozenset({"грин", "дарвин", "чаплин", "франклин", "кронин", "бюлов", "флотов"})
_HARD, _HARD_STRESSED, _SOFT_STRESSED = "а у а ем е", "а у а ом е", "я ю я ём е"
_CHANGED_STEMS = {
    "заяц": ("зайц", _HARD),
    "перец": ("перц", _HARD),
    "лев": ("льв", _HARD_STRESSED),
    "соловей": ("соловь", _SOFT_STRESSED),
    "воробей": ("воробь", _SOFT_STRESSED),
    "пономарь": ("пономар", _SOFT_STRESSED),
    "звонарь": ("звонар", _SOFT_STRESSED),
    "кобзарь": ("кобзар", _SOFT_STRESSED),
    "золотарь": ("золотар", _SOFT_STRESSED),
    "косарь": ("косар", _SOFT_STRESSED),
    "король": ("корол", _SOFT_STRESSED),
    "коваль": ("ковал", _SOFT_STRESSED),
}
_FAMILY_GENDER = (
    (re.compile(r"(ов|ев|ёв|ин|ын|ский|цкий|ый)$"), Gender.MASCULINE),
    (re.compile(r"(ова|ева|ёва|ина|ына|ская|цкая|ная)$"), Gender.FEMININE),
)
_CERTAIN_MALE = re.compile(r"(ов|ев|ёв|ин|ын|ский|цкий|ый|[оеиуыэю]|ых|их|ич)$")
_CERTAIN_FEMALE = re.compile(r"(ова|ева|ёва|ина|ына|[ая]я|[оеиуыэю]|ых|их)$")
_RISKY_MALE = re.compile(r"([её]ц|яц|[оеё]к|[ое]й|[её]нь|[её]л|[ая]|ий)$")
_SHORT_IN_IYA = re.compile(r"[^аеёиоуыэюя]*ия")
_CYRILLIC = re.compile(r"[А-ЯЁа-яё’' .\-‐‑]*")
_INITIAL = re.compile(r"[^\W\d_]\.?")
_THEIR_CASES = {
    Case.GENITIVE: TheirCase.GENITIVE,
    Case.DATIVE: TheirCase.DATIVE,
    Case.ACCUSATIVE: TheirCase.ACCUSATIVE,
    Case.INSTRUMENTAL: TheirCase.INSTRUMENTAL,
    Case.PREPOSITIONAL: TheirCase.PREPOSITIONAL,
}
_THEIR_GENDERS = {Gender.MASCULINE: TheirGender.MALE, Gender.FEMININE: TheirGender.FEMALE}


def decline_person(person: Person, cases: Iterable[Case]) -> Declined:
    """Put a whole name, family name first, into ``cases``; the nominative is as given."""
    gender, guessed = find_gender(person)
    why = _why(person, gender, guessed=guessed)
    parts = _parts(person, gender)
    forms = {}
    for case in cases:
        text = " ".join(_inflect(part, case) for part in parts)
        forms[case] = Form(text, Why.NOTHING if case is Case.NOMINATIVE else why)
    return Declined(forms, gender)


def find_gender(person: Person) -> tuple[Gender, bool]:
    """Find the gender of a person, and whether it is only a guess."""
    if person.gender is not None:
        return person.gender, False
    patronymic = _patronymic_gender(person.patronymic)
    family = _family_gender(person.family)
    if patronymic:
        return patronymic, family not in {None, patronymic}
    given = _given_gender(person.given)
    if given or family:
        return given or family or Gender.MASCULINE, None not in {given, family} and given != family
    last = (person.given or person.family).lower()[-1:]
    return Gender.FEMININE if last in {"а", "я"} else Gender.MASCULINE, True


def _patronymic_gender(patronymic: str) -> Gender | None:
    lower = patronymic.lower()
    last_word = lower.split(" ")[-1]
    if last_word in PATRONYMIC_TAILS:
        return PATRONYMIC_TAILS[last_word]
    if lower.endswith(("ич", "ыч")):
        return Gender.MASCULINE
    return Gender.FEMININE if lower.endswith(("вна", "чна", "шна")) else None


def _family_gender(family: str) -> Gender | None:
    last = re.split(r"[ \-‐‑]", family.lower())[-1]
    return next((gender for pattern, gender in _FAMILY_GENDER if pattern.search(last)), None)


def _given_gender(given: str) -> Gender | None:
    if not given or _INITIAL.fullmatch(given):
        return None
    found = _detector().detect(firstname=re.split(r"[ \-‐‑]", given)[0])
    return next((ours for ours, theirs in _THEIR_GENDERS.items() if theirs is found), None)


@cache
def _maker() -> Any:
    return PetrovichDeclinationMaker()


@cache
def _detector() -> Any:
    return PetrovichGenderDetector()


def _why(person: Person, gender: Gender, *, guessed: bool) -> Why:
    """Name the first reason to look at the forms of this name, if there is one."""
    whole = f"{person.family} {person.given} {person.patronymic}"
    if not _CYRILLIC.fullmatch(whole) or _is_eastern(person) or not person.family:
        return Why.FOREIGN_NAME
    if guessed:
        return Why.GENDER_DOUBTFUL
    return _why_family(person, gender) or _why_given(person.given, gender)


def _why_family(person: Person, gender: Gender) -> Why:
    last = re.split(r"[ \-‐‑]", person.family.lower())[-1]
    if " " in person.family or last in _STANDING_FAMILIES | _FOREIGN_IN:
        return Why.FOREIGN_NAME
    if len(last) == 1:
        return Why.FAMILY_UNCHANGED
    return _why_of_a_woman(last) if gender is Gender.FEMININE else _why_of_a_man(last)


def _why_of_a_woman(family: str) -> Why:
    if _CERTAIN_FEMALE.search(family):
        return Why.NOTHING
    return Why.RARE_FAMILY if family[-1] in _VOWELS else Why.FAMILY_UNCHANGED


def _why_of_a_man(family: str) -> Why:
    rare = _RISKY_MALE.search(family) and not _CERTAIN_MALE.search(family)
    return Why.RARE_FAMILY if rare or family in _CHANGED_STEMS else Why.NOTHING


def _why_given(given: str, gender: Gender) -> Why:
    last = given.lower()[-1:]
    if _INITIAL.fullmatch(given) or not last:
        return Why.NOTHING
    if last in "оеёиуыэю" or (gender is Gender.FEMININE and last not in "аяь"):
        return Why.GIVEN_UNCHANGED
    soft = gender is Gender.FEMININE and last == "ь" and given.lower() != "любовь"
    foreign = soft or not given.isalpha() or given.lower().endswith(("ек", "ёк"))
    return Why.FOREIGN_NAME if foreign else Why.NOTHING


def _is_eastern(person: Person) -> bool:
    """Tell a Korean, Chinese or Vietnamese name: given in several words, each of one syllable."""
    words = person.given.lower().split(" ")
    return (
        not person.patronymic
        and len(words) > 1
        and all(sum(letter in _VOWELS for letter in word) <= 1 for word in words)
    )


_Part = tuple[str, Callable[[str, Case], str]]
"""A word of a name and how it declines."""


def _parts(person: Person, gender: Gender) -> list[_Part]:
    if _is_eastern(person):
        *standing, last = [person.family, *person.given.split(" ")]
        regular = _regular(NamePart.FIRSTNAME, gender)
        return [*((word, _stand) for word in standing), (last, regular)]
    family = _family_parts(person.family, gender)
    given = [(word, _given(gender)) for word in person.given.split(" ")]
    patronymic = _patronymic_parts(person.patronymic, gender)
    return [part for part in family + given + patronymic if part[0]]


def _family_parts(family: str, gender: Gender) -> list[_Part]:
    words = family.split(" ")
    return [
        (word, _stand if len(words) > 1 and PARTICLES.fullmatch(word.lower()) else _family(gender))
        for word in words
    ]


def _patronymic_parts(patronymic: str, gender: Gender) -> list[_Part]:
    words = patronymic.split(" ")
    if words[-1].lower() in PATRONYMIC_TAILS:
        return [(word, _stand) for word in words]
    return [(word, _patronymic(gender)) for word in words]


def _patronymic(gender: Gender) -> Callable[[str, Case], str]:
    regular = _regular(NamePart.MIDDLENAME, gender)

    def decline(word: str, case: Case) -> str:
        if not word.lower().endswith("ыч"):
            return regular(word, case)
        return word + _IN_YCH[case]

    return decline


def _inflect(part: _Part, case: Case) -> str:
    word, decline = part
    if case is Case.NOMINATIVE or word.endswith(".") or not _CYRILLIC.fullmatch(word):
        return word
    if word.isupper() and len(word) > 1:
        return decline(word.title(), case).upper()
    return decline(word, case)


def _stand(word: str, _case: Case) -> str:
    return word


def _regular(part: NamePart, gender: Gender) -> Callable[[str, Case], str]:
    """Decline each piece of a hyphened word by the rules of pytrovich."""

    def decline(word: str, case: Case) -> str:
        pieces = HYPHEN.split(word)
        last = len(pieces) - 1
        for index in range(0, len(pieces), 2):
            if index == last or not PARTICLES.fullmatch(pieces[index].lower()):
                pieces[index] = _maker().make(
                    part, _THEIR_GENDERS[gender], _THEIR_CASES[case], pieces[index], index == last
                )
        return "".join(pieces)

    return decline


def _given(gender: Gender) -> Callable[[str, Case], str]:
    regular = _regular(NamePart.FIRSTNAME, gender)

    def decline(word: str, case: Case) -> str:
        first, hyphen, rest = word.partition("-")
        if rest and first.lower() in _STANDING_FIRST_GIVEN and gender is Gender.MASCULINE:
            return first + hyphen + regular(rest, case)
        if _SHORT_IN_IYA.fullmatch(word.lower()) and case in {Case.DATIVE, Case.PREPOSITIONAL}:
            return word[:-1] + "е"
        form = regular(word, case)
        return form[:-2] + "ем" if form.endswith("цом") else form

    return decline


def _family(gender: Gender) -> Callable[[str, Case], str]:
    def decline(word: str, case: Case) -> str:
        pieces = HYPHEN.split(word)
        last = len(pieces) - 1
        for index in range(last if pieces[-1].lower() in _TITLES else 0, len(pieces), 2):
            lower = pieces[index].lower()
            if index == last or not (PARTICLES.fullmatch(lower) or lower in _STANDING_PARTS):
                pieces[index] = _family_piece(pieces[index], case, gender, last=index == last)
        return "".join(pieces)

    return decline


def _family_piece(word: str, case: Case, gender: Gender, *, last: bool) -> str:
    lower = word.lower()
    if lower in _STANDING_FAMILIES:
        return word
    if gender is Gender.MASCULINE and lower in _CHANGED_STEMS:
        stem, endings = _CHANGED_STEMS[lower]
        forms: dict[Case, str] = dict(zip(OBLIQUE, endings.split(), strict=True))
        return recase(stem + forms[case], word)
    as_word = by_dictionary(lower, gender)
    if as_word:
        return recase(as_word[case], word)
    form = str(
        _maker().make(NamePart.LASTNAME, _THEIR_GENDERS[gender], _THEIR_CASES[case], word, last)
    )
    return re.sub("ым$", "ом", form) if lower in _FOREIGN_IN else form
