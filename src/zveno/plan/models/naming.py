"""Which members a text names: «Школа № 47, актовый зал», «колледж», «ИМЦ»."""

from collections.abc import Iterable, Iterator, Sequence

from zveno.organisations.models import Organisation, name_key

SHORTEST = 3
"""A number of a room is no name: a text has a word of as many letters."""


def named_in(text: str, members: Iterable[Organisation]) -> Iterator[Organisation]:
    """Yield the members that a text names, or whose name it is a part of.

    A whole name goes before a part of one: «Школа № 4» is not «Школа № 4 имени Ломоносова».
    """
    said = name_key(text).split()
    if not any(word.isalpha() and len(word) >= SHORTEST for word in said):
        return
    names = [
        (one, [name_key(one.name).split(), name_key(one.short_name).split()]) for one in members
    ]
    whole = [one for one, keys in names if any(_within(key, said) for key in keys)]
    part = whole or [one for one, keys in names if any(_within(said, key) for key in keys)]
    yield from part or [one for one, keys in names if said == [_initials(keys[0], said[0])]]


def _initials(words: Sequence[str], like: str) -> str:
    """Shorten a name to as many letters: «ИМЦ» is the Информационно-методический центр."""
    return "".join(word[0] for word in words)[: len(like)]


def _within(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether words stand in a row among others."""
    width = len(part)
    starts = range(len(whole) - width + 1)
    return bool(part) and any(list(whole[at : at + width]) == list(part) for at in starts)
