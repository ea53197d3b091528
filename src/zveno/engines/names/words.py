"""How single Russian words decline: adjectives by their ending, nouns of the lexicon by theirs."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from zveno.engines.names.model import OBLIQUE, Case, Gender

Forms = Mapping[Case, str]
"""The five oblique forms of a word in lower case."""

_LEXICON = Path(__file__).with_name("lexicon.json")
HYPHEN = re.compile("([-‐‑])")
_VELAR, _HISSING = "гкх", "жшчщ"
_NOUN_ENDING = re.compile(r"(ение|ание|ятие|итие|ствие|арий|орий)$")
_ENDING = 2
_ADJECTIVES = {
    "ый": "ого ому ый ым ом",
    "ий": "его ему ий им ем",
    "ой": "ого ому ой ым ом",
    "ая": "ой ой ую ой ой",
    "яя": "ей ей юю ей ей",
    "ое": "ого ому ое ым ом",
    "ее": "его ему ее им ем",
    "ые": "ых ым ые ыми ых",
    "ие": "их им ие ими их",
    "ья": "ьей ьей ью ьей ьей",
    "ье": "ьего ьему ье ьим ьем",
}
_POSSESSIVE = re.compile("(?:казач|рыбач|охотнич|медвеж|птич|бож|трет)(?:ий|ья|ье)")
_PLAIN = frozenset(_ADJECTIVES) - {"ья", "ье"}
_ADJECTIVE_GENDER = {
    "ый": Gender.MASCULINE,
    "ий": Gender.MASCULINE,
    "ой": Gender.MASCULINE,
    "ая": Gender.FEMININE,
    "яя": Gender.FEMININE,
    "ое": Gender.NEUTER,
    "ее": Gender.NEUTER,
    "ья": Gender.FEMININE,
    "ье": Gender.NEUTER,
}
_NOUNS = {
    "ий": ("й", "я ю й ем и"),
    "й": ("й", "я ю й ем е"),
    "ия": ("я", "и и ю ей и"),
    "я": ("я", "и е ю ей е"),
    "а": ("а", "ы е у ой е"),
    "ие": ("е", "я ю е ем и"),
    "о": ("о", "а у о ом е"),
    "е": ("е", "а у е ем е"),
}
_FEMININE_SOFT = ("ь", "и и ь ью и")
_MASCULINE_SOFT = ("ь", "я ю ь ем е")
_MASCULINE_HARD = ("", "а у - ом е")


@cache
def lexicon() -> Mapping[str, Any]:
    """Read the words we know, once per process."""
    words: Mapping[str, Any] = json.loads(_LEXICON.read_text(encoding="utf-8"))
    return words


def recase(form: str, like: str) -> str:
    """Give the lower-case ``form`` the capitals of the word it came from, each hyphened part."""
    if like.isupper() and len(like) > 1:
        return form.upper()
    parts = zip(HYPHEN.split(form), HYPHEN.split(like), strict=True)
    return "".join(f[:1].upper() + f[1:] if o[:1].isupper() else f for f, o in parts)


def is_adjective(word: str) -> bool:
    """Tell whether a lower-case word has an adjective's ending."""
    if _POSSESSIVE.fullmatch(word):
        return True
    return len(word) > _ENDING and word[-_ENDING:] in _PLAIN and not _NOUN_ENDING.search(word)


def adjective_gender(word: str) -> Gender | None:
    """Return the gender an adjective shows by its ending, none for the plural."""
    return _ADJECTIVE_GENDER.get(word[-2:])


def decline_adjective(word: str, *, animate: bool) -> Forms:
    """Put a lower-case adjective into the oblique cases by its ending."""
    stem, ending = word[:-2], word[-2:]
    if _POSSESSIVE.fullmatch(word) and ending == "ий":
        return _possessive(word, stem, animate=animate)
    forms = dict(zip(OBLIQUE, _adjective_endings(stem, ending), strict=True))
    if animate and adjective_gender(word) is Gender.MASCULINE:
        forms[Case.ACCUSATIVE] = forms[Case.GENITIVE]
    return {case: stem + tail for case, tail in forms.items()}


def _possessive(word: str, stem: str, *, animate: bool) -> Forms:
    genitive, dative, instrumental, prepositional = (
        stem + ending for ending in ("ьего", "ьему", "ьим", "ьем")
    )
    accusative = genitive if animate else word
    forms = (genitive, dative, accusative, instrumental, prepositional)
    return dict(zip(OBLIQUE, forms, strict=True))


def _adjective_endings(stem: str, ending: str) -> list[str]:
    if ending == "ий" and stem[-1] in _VELAR:
        return ["ого", "ому", "ий", "им", "ом"]
    if ending in {"ой", "ое"} and stem[-1] in _VELAR + _HISSING:
        return _ADJECTIVES[ending].replace("ым", "им").split()
    if ending == "ая" and stem[-1] in _HISSING:
        return ["ей", "ей", "ую", "ей", "ей"]
    return _ADJECTIVES[ending].split()


def noun_gender(word: str) -> Gender | None:
    """Return the gender of a lower-case noun of the lexicon, none for a plural."""
    if word in lexicon()["plural"]:
        return None
    if word in lexicon()["feminine_soft"]:
        return Gender.FEMININE
    if word[-1] in "ое" or word in lexicon()["unchanged"]:
        return Gender.NEUTER
    if word[-1] in "ая" and word not in lexicon()["masculine_in_a"]:
        return Gender.FEMININE
    return Gender.MASCULINE


def decline_noun(word: str, *, animate: bool) -> Forms:
    """Put a lower-case noun of the lexicon into the oblique cases by its ending."""
    if word in lexicon()["unchanged"]:
        return dict.fromkeys(OBLIQUE, word)
    if word in lexicon()["paradigms"]:
        return dict(zip(OBLIQUE, lexicon()["paradigms"][word], strict=True))
    cut, endings = _noun_class(word)
    stem = lexicon()["stems"].get(word, word.removesuffix(cut))
    forms = dict(zip(OBLIQUE, _noun_endings(word, stem, endings), strict=True))
    if animate and word[-1] not in "ая":
        forms[Case.ACCUSATIVE] = forms[Case.GENITIVE]
    return {case: word if tail == "-" else stem + tail for case, tail in forms.items()}


def _noun_class(word: str) -> tuple[str, str]:
    if word[-1] == "ь":
        return _FEMININE_SOFT if word in lexicon()["feminine_soft"] else _MASCULINE_SOFT
    return _NOUNS.get(word[-2:]) or _NOUNS.get(word[-1]) or _MASCULINE_HARD


def _noun_endings(word: str, stem: str, endings: str) -> list[str]:
    if word in lexicon()["stressed_soft"]:
        return endings.replace("ем", "ём").split()
    hissing = stem[-1] in _HISSING
    if word[-1] == "а" and (hissing or stem[-1] in _VELAR):
        endings = endings.replace("ы", "и")
    stressed = word in lexicon()["stressed_hissing"] or stem in lexicon()["stressed_stems"]
    if (hissing or stem[-1] == "ц") and not stressed:
        endings = endings.replace("ой", "ей").replace("ом", "ем")
    return endings.split()


@cache
def _dictionary() -> Any:
    """Load the big dictionary; it costs more than all the rest, so only for a word we lack."""
    return import_module("pymorphy3").MorphAnalyzer(lang="ru")


_GRAMMEMES = dict(zip(OBLIQUE, ["gent", "datv", "accs", "ablt", "loct"], strict=True))
_THEIR_GENDERS = {"masc": Gender.MASCULINE, "femn": Gender.FEMININE, "neut": Gender.NEUTER}


def look_up(word: str) -> tuple[Forms, Gender | None] | None:
    """Decline a lower-case noun the lexicon lacks, if the big dictionary has it as one."""
    return next(iter(_nouns(word, frozenset())), None)


def common_nouns(word: str) -> list[tuple[Forms, Gender | None]]:
    """Decline a lower-case word in every way the big dictionary has it, names left aside."""
    return list(_nouns(word, frozenset({"Surn", "Name", "Geox", "Patr"})))


def is_known_adjective(word: str) -> bool:
    """Tell whether the big dictionary has a lower-case word as an adjective."""
    return any(found.is_known and "ADJF" in found.tag for found in _dictionary().parse(word))


def _nouns(word: str, without: frozenset[str]) -> Iterator[tuple[Forms, Gender | None]]:
    for found in _dictionary().parse(word):
        if found.is_known and {"NOUN", "nomn"} in found.tag and not without & found.tag.grammemes:
            inflected = {case: found.inflect({mark}) for case, mark in _GRAMMEMES.items()}
            forms: Forms = {case: form.word if form else word for case, form in inflected.items()}
            yield forms, _THEIR_GENDERS.get(found.tag.gender)
