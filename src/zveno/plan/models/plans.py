"""The plan of a cluster for an academic year, and the sections it consists of."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Self

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from zveno.documents.models import Number
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.network.models import SEPTEMBER, Cluster, academic_year, joined_by
from zveno.organisations.models import name_key

MONTHS = range(1, 13)


def months_of(year: int) -> list[int]:
    """Return the months of an academic year in their order."""
    return sorted(MONTHS, key=lambda month: _first_day(month, year))


def month_label(month: int, year: int) -> str:
    """Name a month of the academic year that began in ``year``: «Ноябрь 2026»."""
    return _month_label(month, year, get_language())


@lru_cache(maxsize=200)
def _month_label(month: int, year: int, _language: str | None) -> str:
    return date_format(_first_day(month, year), "F Y")


def _first_day(month: int, year: int) -> date:
    return date(year if month >= SEPTEMBER else year + 1, month, 1)


def year_label(year: int) -> str:
    """Name an academic year: 2026/27."""
    return f"{year}/{(year + 1) % 100:02}"


def offered_years() -> dict[str, int]:
    """Offer this year, which needs no word in the address, the year before and the next."""
    now = academic_year(clock.today())
    return {str(now - 1): now - 1, "": now, str(now + 1): now + 1}


def usual_sections() -> list[str]:
    """Name the sections most plans have."""
    return [
        pgettext("section of a plan", "Organisation"),
        _("With pupils"),
        _("With teachers"),
        _("With parents"),
        _("With employers"),
        _("Monitoring"),
    ]


class PlanQuerySet(Questions["Plan"]):
    """Questions about plans."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep plans of the clusters the scope leads or belongs to."""
        return self.filter(joined_by(actor, "cluster__"))


class Plan(Record):
    """What a cluster means to do in an academic year (1 September to 31 August).

    Its ``number`` comes with the first approval by all sides.
    """

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField()
    number = models.OneToOneField(Number, models.PROTECT, null=True, related_name="+")
    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cluster", "year"], name="one_plan_a_year"),
        ]

    def __str__(self) -> str:
        """Name the academic year."""
        return year_label(self.year)

    def home(self) -> int | None:
        """Return the base organisation of the cluster."""
        return self.cluster.base_id

    def has_day(self, day: date) -> bool:
        """Whether a day lies in its academic year."""
        return academic_year(day) == self.year


class SectionQuerySet(Questions["Section"]):
    """Questions about sections."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep sections of the plans the actor sees."""
        return self.filter(joined_by(actor, "plan__cluster__"))

    def of_year(self, cluster: Cluster, year: int) -> Self:
        """Keep those of the plan of an academic year, in their order."""
        return self.filter(plan__cluster=cluster, plan__year=year).order_by("place", "pk")


class Section(Record):
    """A part of a plan; ``place`` orders them."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    objects = SectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "name"], name="section_stands_once_in_a_plan"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    def home(self) -> int | None:
        """Return the base organisation of the cluster."""
        return self.plan.home()


def made_plan(cluster: Cluster, year: int) -> Plan:
    """Return the plan of an academic year; made with the usual sections when needed."""
    plan, made = Plan.objects.get_or_create(cluster=cluster, year=year)
    if made:
        names = enumerate(usual_sections(), start=1)
        rows = [Section(plan=plan, place=place, name=name) for place, name in names]
        Section.objects.bulk_create(rows)
    return plan


def sections_called(plan: Plan, names: Sequence[str]) -> dict[str, Section]:
    """Return the sections of a plan by name, with those that are still missing."""
    known = {name_key(one.name): one for one in plan.sections.order_by("place", "pk")}
    last = max((one.place for one in known.values()), default=0)
    for name in dict.fromkeys(filter(None, names)):
        if name_key(name) not in known:
            last += 1
            known[name_key(name)] = Section.objects.create(plan=plan, place=last, name=name)
    return known
