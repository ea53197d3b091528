"""Organisations that are probably in the register twice, and pairs that are known to differ."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import ClassVar, NamedTuple, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions
from zveno.organisations.models.mergers import Double
from zveno.organisations.models.register import Organisation, name_key, shortened

Pair = tuple[int, int]
SHARED_BY = 3
"""Contacts that more organisations share are those of who entered them."""
LONG_WORD = 5
SAME_WORDS = {"сош": "школа", "оош": "школа", "гимназ": "гимназия", "дс": "сад", "цо": "центр"}
PASSED_OVER = {"средняя", "общеобразовательная", "детский", "имени", "им", "г", "и", "в"}
PASSED_OVER |= {"спб", "гбоу", "гбдоу", "гбпоу", "мбоу", "мбдоу"}
QUOTES = str.maketrans("", "", '«»„“”"')
NUMBER = re.compile(r"\d+")


class ApartQuerySet(Questions["Apart"]):
    """Questions about pairs that are known to differ."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all for whoever works in the network, as the register is."""
        return self.all() if actor.scope or actor.is_system() else self.none()

    def of(self, one: Organisation, other: Organisation) -> Self:
        """Keep what was said of two organisations, in either order."""
        return self.filter(Q(one=one, other=other) | Q(one=other, other=one))


class Apart(models.Model):
    """That two organisations which look like one are two: nobody is asked again."""

    DATA: ClassVar = dict.fromkeys(["one", "other"], Data.PUBLIC)
    DOUBLE: ClassVar = Double.YIELDS

    one = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    other = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    objects = ApartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="two_are_told_apart_once"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="two_are_told_apart"),
        ]

    def __str__(self) -> str:
        """Name both by their keys."""
        return f"{self.one_id} is not {self.other_id}"


class Why(models.TextChoices):
    """Why two rows of the register may be one organisation."""

    OGRN = "ogrn", _("the same OGRN")
    NAME = "name", _("nearly the same name")
    NUMBER = "number", _("the same number in the same area")
    EMAIL = "email", _("the same e-mail")
    PHONE = "phone", _("the same telephone")


class Known(NamedTuple):
    """What an organisation is compared by."""

    pk: int
    kind: str
    name: str
    inn: str
    ogrn: str
    email: str
    phone: str
    territory: int | None


class Suspicion(NamedTuple):
    """Two organisations that may be one, by their keys, and why."""

    one: int
    other: int
    reasons: tuple[Why, ...]


def suspected(actor: Actor) -> list[Suspicion]:
    """Return the pairs that are probably one organisation, those with most reasons first."""
    rows = Organisation.objects.visible_to(actor).filter(closed_on=None).order_by("pk")
    known = [Known._make(row) for row in rows.values_list(*Known._fields)]
    apart = {
        (min(pair), max(pair))
        for pair in Apart.objects.visible_to(actor).values_list("one", "other")
    }
    return [one for one in among(known) if (one.one, one.other) not in apart]


def among(known: Sequence[Known]) -> list[Suspicion]:
    """Find suspicions among what is known, by reasons first, then by keys."""
    reasons: dict[Pair, list[Why]] = defaultdict(list)
    for why, groups in _groups(known):
        for one, other in (pair for group in groups for pair in combinations(group, 2)):
            pair = (min(one.pk, other.pk), max(one.pk, other.pk))
            if why not in reasons[pair] and _may_be_one(one, other, why):
                reasons[pair].append(why)
    found = [Suspicion(*pair, tuple(why)) for pair, why in reasons.items() if why]
    return sorted(found, key=lambda one: (-len(one.reasons), one.one, one.other))


def _groups(known: Sequence[Known]) -> Iterator[tuple[Why, Iterable[list[Known]]]]:
    words = {one.pk: core(one.name) for one in known}
    yield Why.OGRN, _alike((one.ogrn, one) for one in known)
    yield Why.NAME, _alike((words[one.pk] and (words[one.pk], one.territory), one) for one in known)
    yield Why.NAME, _with_a_slip(known, words)
    yield Why.NUMBER, _alike((_numbered(one, words[one.pk]), one) for one in known)
    for why, field in ((Why.EMAIL, "email"), (Why.PHONE, "phone")):
        groups = _alike((getattr(one, field), one) for one in known)
        yield why, [group for group in groups if len(group) <= SHARED_BY]


def core(name: str) -> tuple[str, ...]:
    """Return the words that tell an organisation from others, in the order of the alphabet."""
    short = shortened(name.translate(QUOTES))
    said = (SAME_WORDS.get(word, word) for word in name_key(short).split())
    return tuple(sorted({word for word in said if word not in PASSED_OVER}))


def _numbered(one: Known, words: tuple[str, ...]) -> Hashable:
    numbers = [word for word in words if NUMBER.fullmatch(word)]
    return (one.kind, numbers[0], one.territory) if len(numbers) == 1 and one.territory else ()


def _alike(keyed: Iterable[tuple[Hashable, Known]]) -> list[list[Known]]:
    """Return those of the same key together; an empty one is no key."""
    groups: dict[Hashable, list[Known]] = defaultdict(list)
    for key, one in keyed:
        if key:
            groups[key].append(one)
    return [group for group in groups.values() if len(group) > 1]


def _with_a_slip(known: Sequence[Known], words: dict[int, tuple[str, ...]]) -> list[list[Known]]:
    """Return pairs in one place whose names differ by a slip of the pen in one long word."""
    rest: dict[Hashable, list[tuple[str, Known]]] = defaultdict(list)
    for one in known:
        for word in words[one.pk]:
            if len(word) >= LONG_WORD and not NUMBER.search(word):
                others = tuple(each for each in words[one.pk] if each != word)
                rest[others, one.territory].append((word, one))
    return [
        [one, other]
        for group in rest.values()
        for (word, one), (another, other) in combinations(group, 2)
        if word != another and is_slip(word, another)
    ]


def is_slip(word: str, other: str) -> bool:
    """Whether one letter was left out, added, changed, or changed places with its neighbour."""
    short, long = sorted((word, other), key=len)
    at = next((n for n, sign in enumerate(short) if sign != long[n]), len(short))
    if len(long) > len(short):
        return short[at:] == long[at + 1 :]
    swapped = short[:at] + short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long


def _may_be_one(one: Known, other: Known, why: Why) -> bool:
    """Two that both have an INN are two, whatever else they share, unless the OGRN is one."""
    return why == Why.OGRN or not (one.inn and other.inn)
