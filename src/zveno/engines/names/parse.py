"""Part a name written in one line into family, given name and patronymic."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from zveno.engines.names.model import Gender, Person
from zveno.engines.names.persons import PARTICLES, PATRONYMIC_TAILS

_PATRONYMIC = re.compile(r"\w{2,}([иы]ч|овна|евна|ёвна|ична|инична)$", re.IGNORECASE)
_PARTS = ("family", "given", "patronymic")
_WHOLE = 3


def parse(name: str | Mapping[str, Any]) -> Person:
    """Read «Соколов Андрей Викторович», or ``{"text": the same}``, or parts already apart.

    The family name comes first, except in «Андрей Викторович Соколов»; a patronymic is known
    by its ending, and without one all words after the family name are the given name.
    """
    if isinstance(name, str):
        return _parse_text(name)
    gender = Gender(name["gender"]) if name.get("gender") else None
    if "text" in name:
        return replace(_parse_text(name["text"]), gender=gender)
    family, given, patronymic = (composed(name.get(part)) for part in _PARTS)
    return Person(family, given, patronymic, gender)


def composed(text: str | None) -> str:
    """Join «и» and its breve, which some keyboards send apart; our endings are one letter each."""
    return unicodedata.normalize("NFC", text or "").strip()


def _parse_text(text: str) -> Person:
    words = composed(text).split()
    if len(words) == _WHOLE and _PATRONYMIC.match(words[1]) and not _PATRONYMIC.match(words[2]):
        return Person(words[2], words[0], words[1])
    patronymic = _patronymic_length(words)
    names, tail = words[: len(words) - patronymic], words[len(words) - patronymic :]
    family = len(names) - 1 if patronymic else _family_length(names)
    return Person(" ".join(names[:family]), " ".join(names[family:]), " ".join(tail))


def _patronymic_length(words: list[str]) -> int:
    if not words:
        return 0
    if words[-1].lower() in PATRONYMIC_TAILS:
        return 2 if len(words) > _WHOLE else 1
    return 1 if len(words) > 1 and _PATRONYMIC.match(words[-1]) else 0


def _family_length(names: list[str]) -> int:
    for place, word in enumerate(names, start=1):
        if not PARTICLES.fullmatch(word.lower()):
            return place
    return len(names)
