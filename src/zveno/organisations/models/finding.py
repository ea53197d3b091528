"""Organisations somebody looks for: by any name, by a number, by the tail of a telephone."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Case, Q, QuerySet, When

from zveno.kernel.actor import Actor
from zveno.kernel.finding import MOST, Wanted
from zveno.organisations.models.chapters import Chapter
from zveno.organisations.models.register import (
    SHORTEST_NUMBER,
    Organisation,
    OrganisationQuerySet,
)

NAMES = ("name", "short_name")
ABROAD_AND_CODE = 11
KINDS = {"школа": "сош", "сош": "школа", "школы": "сош", "школу": "сош", "школе": "сош"}
"""Words that stand for each other in names of organisations."""


def organisations_found(
    actor: Actor, wanted: Wanted, near: Collection[int] = ()
) -> OrganisationQuerySet:
    """Return those the actor sees whose names or numbers are ``wanted``, the likeliest first.

    «47» finds «Школа № 47»; a name of the past leads to what it is called now. What is ``near``
    stands before others as likely. What exists no more is not found. Of more than ``MOST`` not all
    are put in order, but those with the whole words and those near are among them.
    """
    meant = _with_synonyms(wanted)
    rows = Organisation.objects.visible_to(actor).filter(closed_on=None)
    whole = rows.filter(meant.said_whole(*NAMES)).values("pk")[:MOST]
    likely = Case(When(pk__in=whole, then=0), default=1)
    close = Case(When(pk__in=list(near), then=0), default=1)
    hits = whole.union(*_hits(meant, rows), *_hits(meant, rows.filter(pk__in=near)))
    return rows.filter(pk__in=hits).order_by(likely, close, "name_key", "pk")


def organisations_resembling(actor: Actor, wanted: Wanted) -> OrganisationQuerySet:
    """Return those with a name that is like the words, for who mistyped."""
    rows = Organisation.objects.visible_to(actor).filter(closed_on=None)
    likest = wanted.resemblance("name_key").desc()
    return rows.filter(wanted.resembles("name_key")).order_by(likest, "name_key", "pk")


def _hits(wanted: Wanted, rows: OrganisationQuerySet) -> Iterator[QuerySet[Organisation, Any]]:
    """Yield the keys of what is named so, once was or has such a number; each has its index."""
    once = Chapter.objects.filter(wanted.said("name")).values("organisation")
    yield rows.filter(wanted.said(*NAMES)).values("pk")[:MOST]
    yield rows.filter(pk__in=once).values("pk")[:MOST]
    if wanted.long_number:
        yield rows.filter(_numbered(wanted.long_number)).values("pk")[:MOST]


def _numbered(digits: str) -> Q:
    """Say whose INN begins so, whose OGRN this is, whose telephone ends so."""
    tail = f"7{digits[1:]}" if len(digits) == ABROAD_AND_CODE and digits[0] == "8" else digits
    dialled = Q(phone__endswith=tail) | Q(phone__contains=f"{tail} ")
    if len(digits) > SHORTEST_NUMBER:
        dialled |= Q(ogrn=digits)
    return dialled | Q(inn__startswith=digits)


def _with_synonyms(wanted: Wanted) -> Wanted:
    """Let a school be found however its kind is shortened."""
    others = [
        " ".join(KINDS.get(word, word) for word in words)
        for words in wanted.words
        if KINDS.keys() & set(words)
    ]
    return Wanted([*wanted.readings, *others])
