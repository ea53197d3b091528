"""Numbered books of an office, and how their numbers are written."""

import re
from collections.abc import Iterator
from itertools import count
from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.finding import Said
from zveno.kernel.models import Questions, Record
from zveno.organisations.models import Double, Organisation

YEAR = "{год}"
LONGEST_PATTERN = 30
PATTERNS = {"agreements": "#", "certificates": f"{YEAR}-######", "minutes": "#", "plans": "#"}
"""How numbers are written where nobody has said otherwise; a run of # is the number."""
_DIGITS = re.compile("#+")


def written(pattern: str, year: int, number: int) -> str:
    """Write a number of a year's book by a pattern: the run of # says how many digits at least."""
    with_year = pattern.replace(YEAR, str(year))
    return _DIGITS.sub(lambda found: f"{number:0{len(found[0])}}", with_year, count=1)


class NumberingQuerySet(Questions["Numbering"]):
    """Questions about how numbers are written."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what the scope has said."""
        return self.filter(organisation__in=actor.scope)

    def pattern(self, organisation: Organisation, kind: str) -> str:
        """Return how an organisation writes the numbers of its books of a kind."""
        said = self.filter(organisation=organisation, kind=kind).values_list("pattern", flat=True)
        return said.first() or PATTERNS[kind]


class BookQuerySet(Questions["Book"]):
    """Questions about books."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the scope's books."""
        return self.filter(organisation__in=actor.scope)


class Book(Record):
    """A register of an organisation's office for a calendar year; numbers are never reused."""

    class Kind(models.TextChoices):
        AGREEMENTS = "agreements", _("agreements")
        CERTIFICATES = "certificates", _("certificates")
        MINUTES = "minutes", _("minutes of meetings")
        PLANS = "plans", _("plans of clusters")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="books")
    kind = models.CharField(max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)
    pattern = models.CharField(max_length=LONGEST_PATTERN, blank=True)
    objects = BookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "year"], name="one_book_a_year"
            ),
        ]

    def __str__(self) -> str:
        """Name the book and its year."""
        return f"{self.get_kind_display()}, {self.year}"

    def home(self) -> int | None:
        """Return the organisation whose office keeps it."""
        return self.organisation_id

    def following(self) -> Iterator[int]:
        """Yield the numbers that are free from the last one on: those by hand are stepped over."""
        rows = Number.objects.filter(book=self, number__gt=self.last)
        by_hand = set(rows.values_list("number", flat=True))
        return (number for number in count(self.last + 1) if number not in by_hand)

    def written(self, number: int) -> str:
        """Write one of its numbers; the pattern of a book stays as it was with its first number."""
        return written(self.pattern or PATTERNS[self.kind], self.year, number)


class Numbering(Record):
    """How an organisation writes the numbers of its books of a kind, from the next book on."""

    DOUBLE: ClassVar = Double.YIELDS

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Book.Kind)
    pattern = models.CharField(max_length=LONGEST_PATTERN)
    objects = NumberingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"], name="numbers_are_written_one_way"
            ),
        ]

    def __str__(self) -> str:
        """Return the pattern."""
        return self.pattern

    def home(self) -> int | None:
        """Return the organisation whose books they are."""
        return self.organisation_id


class NumberQuerySet(Questions["Number"]):
    """Questions about numbers."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the numbers of the scope's books."""
        return self.filter(book__organisation__in=actor.scope)


class Number(Record):
    """A line of a book: a number taken for a document; a voided one stays, with its reason.

    One that was given on paper is entered by hand, with the day it bears (``dated``) and a reason.
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="numbers")
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=300, blank=True)
    taken_at = models.DateTimeField(default=clock.now)
    dated = models.DateField(null=True)
    hand_reason = models.CharField(max_length=200, blank=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=200, blank=True)
    objects = NumberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="number_is_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="number_begins_with_one"),
            models.CheckConstraint(
                condition=Q(voided_at=None) ^ ~Q(void_reason=""), name="voided_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(dated=None) ^ ~Q(hand_reason=""), name="by_hand_with_day_and_reason"
            ),
        ]
        indexes = [
            GinIndex(Said("subject"), name="number_said", condition=Q(dated__isnull=False)),
            models.Index(fields=["number"], name="number_by_itself"),
        ]

    def __str__(self) -> str:
        """Return the bare number."""
        return f"{self.number}"

    @property
    def printed(self) -> str:
        """The number as its book writes it."""
        return self.book.written(self.number)
