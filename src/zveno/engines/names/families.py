"""Family names that are also words: the dictionary knows where their endings are stressed."""

import re

from zveno.engines.names.model import OBLIQUE, Case, Gender
from zveno.engines.names.words import Forms, common_nouns, is_known_adjective

_VOWEL = re.compile("[аеёиоуыэюя]")
_HUSHING_IN_A = re.compile("[жшчщц]а$")
_IN_ETS = re.compile("[^аеёиоуыэюяй]ец$")
_SHORT_ETS = re.compile("(?<!ов)(?<!ев)(?<!ин)ец$")
_CONSONANTS = re.compile("[жшчщц]$")
_IN_Y = re.compile("([^кгхц]ий|ой)$")
_SHORT = 3


def by_dictionary(family: str, gender: Gender) -> Forms | None:
    """Decline a lower-case family name whose vowels or stress no rule of endings can tell."""
    if _HUSHING_IN_A.search(family):
        return _as_word(family, {Gender.MASCULINE, Gender.FEMININE}) or _in_a(family)
    if gender is Gender.MASCULINE and _IN_Y.search(family):
        return None if is_known_adjective(family) else _in_y(family)
    if gender is not Gender.MASCULINE or not _CONSONANTS.search(family):
        return None
    if family.endswith("ач"):
        return _forms(family, "а у а ом е")
    if len(_VOWEL.findall(family)) == 1 or family.endswith("ец"):
        return _as_word(family, {Gender.MASCULINE}) or _in_ets(family)
    return None


def _as_word(family: str, genders: set[Gender]) -> Forms | None:
    for forms, gender in common_nouns(family):
        if gender in genders and forms[Case.GENITIVE] != family:
            animate = Case.ACCUSATIVE if family[-1] == "а" else Case.GENITIVE
            return {**forms, Case.ACCUSATIVE: forms[animate]}
    return None


def _in_a(family: str) -> Forms:
    vowel = "ы" if family[-2] == "ц" else "и"
    return _forms(family[:-1], f"{vowel} е у ей е")


def _in_y(family: str) -> Forms | None:
    """Decline «Топчий» as a noun always, «Прибой» if it is one: «Толстой» is none."""
    if family.endswith("ий"):
        return _forms(family[:-1], "я ю я ем и")
    return _as_word(family, {Gender.MASCULINE})


def _in_ets(family: str) -> Forms | None:
    """Let the vowel of «Горобец» fall out; a word of one syllable («Швец») keeps it."""
    if not _IN_ETS.search(family) or len(_VOWEL.findall(family)) not in range(2, _SHORT + 1):
        return None
    stressed = _SHORT_ETS.search(family)
    return _forms(family[:-2] + "ц", "а у а ом е" if stressed else "а у а ем е")


def _forms(stem: str, endings: str) -> Forms:
    return {case: stem + ending for case, ending in zip(OBLIQUE, endings.split(), strict=True)}
