"""The academic calendar of a cluster: its terms and holidays, year by year."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar, NamedTuple, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models.clusters import Cluster

SEPTEMBER = 9
SEASONS = "seasons"
DAYS = models.Func(
    "begins",
    "ends",
    models.Value("[]"),
    function="DATERANGE",
    output_field=DateRangeField(),
)
HOLIDAYS_LAST = timedelta(days=8)
"""From the Saturday they begin on to the Sunday a week later."""


def academic_year(day: date) -> int:
    """Return the year in which the academic year of ``day`` began (1 September)."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


def days_of(year: int) -> tuple[date, date]:
    """Return the first and the last day of the academic year that began in ``year``."""
    return date(year, SEPTEMBER, 1), date(year + 1, SEPTEMBER, 1) - timedelta(days=1)


class SeasonQuerySet(Questions["Season"]):
    """Questions about terms and holidays."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all: when children learn is public."""
        return self.all()


class Season(Record):
    """A term or holidays of a cluster in an academic year, both days in it."""

    class Kind(models.TextChoices):
        TERM = "term", _("term")
        HOLIDAYS = "holidays", _("holidays")

    DATA: ClassVar = dict.fromkeys(["cluster", "year", "kind", "name"], Data.PUBLIC) | {
        "begins": Data.PUBLIC,
        "ends": Data.PUBLIC,
    }

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="seasons")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=100)
    begins = models.DateField()
    ends = models.DateField()
    objects = SeasonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="season_ends_later"),
            ExclusionConstraint(
                name="seasons_of_a_cluster_do_not_overlap",
                expressions=[
                    ("cluster", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    def home(self) -> int | None:
        """Return the base organisation."""
        return self.cluster.base_id


def calendar_of(cluster: Cluster, year: int) -> dict[str, Any]:
    """Return all that is kept of an academic year as one field: it is saved together."""
    rows = Season.objects.filter(cluster=cluster, year=year).order_by("begins")
    return {
        SEASONS: [
            {
                "kind": row.kind,
                "name": row.name,
                "begins": row.begins.isoformat(),
                "ends": row.ends.isoformat(),
            }
            for row in rows
        ]
    }


class Span(NamedTuple):
    """A term or holidays as they are given."""

    kind: str
    name: str
    begins: date
    ends: date


def usual_seasons(year: int) -> Iterator[Span]:
    """Offer four terms and the holidays between them, as most schools have them.

    Holidays in autumn and spring last nine days that end on a Sunday; the winter ones begin on
    31 December, learning ends on 26 May.
    """
    first, last = days_of(year)
    autumn, spring = _sunday(date(year, 10, 27)), _sunday(date(year + 1, 3, 30))
    breaks = [
        (gettext("Autumn holidays"), autumn - HOLIDAYS_LAST, autumn),
        (gettext("Winter holidays"), date(year, 12, 31), _sunday(date(year + 1, 1, 8))),
        (gettext("Spring holidays"), spring - HOLIDAYS_LAST, spring),
        (gettext("Summer holidays"), date(year + 1, 5, 27), last),
    ]
    day = timedelta(days=1)
    for number, (name, begins, ends) in enumerate(breaks, start=1):
        term = gettext("Term %(number)s") % {"number": number}
        yield Span(Season.Kind.TERM, term, first, begins - day)
        yield Span(Season.Kind.HOLIDAYS, name, begins, ends)
        first = ends + day


def _sunday(day: date) -> date:
    """Return the first Sunday from ``day`` on."""
    return day + timedelta(days=7 - day.isoweekday())
