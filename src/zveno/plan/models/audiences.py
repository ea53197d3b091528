"""For whom an item is, as far as its words tell: grades, children or adults."""

import re
from functools import lru_cache

from zveno.organisations.models import name_key

LAST_GRADE = 11
_GRADES = re.compile(r"(\d{1,2})(?:\s*[-–—]\s*(\d{1,2}))?")
_OF_GRADES = re.compile(r"класс|кл\.|grade", re.IGNORECASE)
_CHILDREN = re.compile(
    r"класс|кл\.|школьник|ученик|учащ|обучающ|воспитанник|\bдет[иея]|дошкол|студент"
    r"|grade|pupil|child|student",
    re.IGNORECASE,
)
_ADULTS = re.compile(
    r"педагог|учител|родител|методист|воспитател|преподавател|руководител|работодател"
    r"|директор|заведующ|психолог|teacher|parent|employer|head",
    re.IGNORECASE,
)
_LISTED = re.compile(r"[,;/]")


@lru_cache(maxsize=2000)
def audience_of(words: str) -> frozenset[str]:
    """Return the grades that are named, else the words themselves; nothing for nobody."""
    if _OF_GRADES.search(words):
        spans = ((int(first), int(last or first)) for first, last in _GRADES.findall(words))
        grades = {one for first, last in spans for one in range(first, last + 1)}
        if named := grades & set(range(1, LAST_GRADE + 1)):
            return frozenset(str(one) for one in named)
    return frozenset(filter(None, [name_key(words)]))


@lru_cache(maxsize=2000)
def is_for_children(words: str) -> bool:
    """Whether children are among those it is for, as they are where nobody is named."""
    return bool(_CHILDREN.search(words)) or not _ADULTS.search(words)


@lru_cache(maxsize=2000)
def people_of(words: str) -> frozenset[str]:
    """Return who is responsible: the posts of a list, folded."""
    return frozenset(filter(None, map(name_key, _LISTED.split(words))))


@lru_cache(maxsize=2000)
def place_of(words: str) -> str:
    """Return the name of a place, folded."""
    return name_key(words)
