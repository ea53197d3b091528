"""Money of a programme: what was planned and what has come, by year and source, in roubles."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Protocol, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.network.models.programmes import Programme, seen_by

DIGITS, KOPECKS, MOST_DIGITS = 18, 2, 15
NOTHING = Decimal("0.00")
LARGEST = Decimal("9999999999999.99")
"""The largest amount that is typed, of ``MOST_DIGITS``; sums have room for more."""


class Source(models.TextChoices):
    """Where money comes from."""

    FEDERAL = "federal", _("federal budget")
    REGIONAL = "regional", _("regional budget")
    PARTNERS = "partners", _("employers and partners")
    OWN = "own", _("own funds")


BY_HAND = (Source.FEDERAL, Source.REGIONAL, Source.OWN)
"""Sources whose fact the holder notes; what partners gave, confirmed contributions tell."""


def roubles() -> "models.DecimalField[Decimal, Decimal]":
    """Return a field for roubles and kopecks, exact."""
    return models.DecimalField(max_digits=DIGITS, decimal_places=KOPECKS, default=NOTHING)


class MoneyLineQuerySet(Questions["MoneyLine"]):
    """Questions about lines of money."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the programmes the actor sees."""
        return self.filter(seen_by(actor, "programme__"))


class MoneyLine(Record):
    """What one source was to give in a year and what it gave."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="lines")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=20, choices=Source)
    planned = roubles()
    fact = roubles()
    objects = MoneyLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "source"], name="a_source_has_one_line_a_year"
            ),
            models.CheckConstraint(
                condition=Q(planned__gte=0, fact__gte=0), name="money_is_not_below_zero"
            ),
        ]

    def __str__(self) -> str:
        """Name the year and the source."""
        return f"{self.year}, {self.get_source_display()}"

    def home(self) -> int | None:
        """Return the organisation that holds the programme."""
        return self.programme.holder_id


class Line(Protocol):
    """What is told of a line of money, whoever tells it."""

    @property
    def year(self) -> int:
        """The year it belongs to."""

    @property
    def source(self) -> str:
        """The code of its source."""

    @property
    def planned(self) -> Decimal:
        """What was to come."""

    @property
    def fact(self) -> Decimal:
        """What has come."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Planned and come, of one line or many; ``remaining`` is below zero when more has come."""

    planned: Decimal = NOTHING
    fact: Decimal = NOTHING

    @property
    def remaining(self) -> Decimal:
        """What has not come yet."""
        return self.planned - self.fact

    def __add__(self, other: "Sum") -> "Sum":
        """Add up."""
        return Sum(self.planned + other.planned, self.fact + other.fact)


def budget_of(years: Iterable[int], lines: Iterable[Line]) -> dict[str, str]:
    """Return all amounts that are typed, by field, as JSON has them; nothing is an empty word."""
    known = {(line.year, line.source): line for line in lines}
    words: dict[str, str] = {}
    for year, source in product(years, Source):
        line = known.get((year, source.value))
        words[field_of("planned", year, source)] = _plain(line.planned if line else NOTHING)
        if source in BY_HAND:
            words[field_of("fact", year, source)] = _plain(line.fact if line else NOTHING)
    return words


def field_of(what: str, year: int, source: Source) -> str:
    """Name the field of an amount."""
    return f"{what}-{year}-{source.value}"


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}" if amount else ""


def total(lines: Iterable[MoneyLine | Sum]) -> Sum:
    """Add lines up."""
    return sum((Sum(line.planned, line.fact) for line in lines), start=Sum())


def by_source(lines: Iterable[MoneyLine]) -> dict[Source, Sum]:
    """Add lines up by source, in the order of the sources."""
    known = list(lines)
    named = {Source(line.source) for line in known}
    return {
        source: total(line for line in known if line.source == source)
        for source in Source
        if source in named
    }
