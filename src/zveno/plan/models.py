"""The year's plan of a cluster and its items."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models import SEPTEMBER, Cluster, Obligation, joined_by
from zveno.organisations.models import Organisation
from zveno.ui.faces import Face

MONTHS = range(1, 13)


def months_of(year: int) -> list[int]:
    """Return the months of an academic year in their order."""
    return sorted(MONTHS, key=lambda month: _first_day(month, year))


def month_label(month: int, year: int) -> str:
    """Name a month of the academic year that began in ``year``: «Ноябрь 2026»."""
    return date_format(_first_day(month, year), "F Y")


def _first_day(month: int, year: int) -> date:
    return date(year if month >= SEPTEMBER else year + 1, month, 1)


class PlanQuerySet(Questions["Plan"]):
    """Questions about plans."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep plans of the clusters the scope leads or belongs to."""
        return self.filter(joined_by(actor, "cluster__"))


class Plan(Record):
    """What a cluster means to do in an academic year (1 September to 31 August)."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField()
    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cluster", "year"], name="one_plan_a_year"),
        ]

    def __str__(self) -> str:
        """Name the academic year: 2026/27."""
        return f"{self.year}/{(self.year + 1) % 100:02}"

    def home(self) -> int | None:
        """Return the base organisation of the cluster."""
        return self.cluster.base_id


class PlanItemQuerySet(Questions["PlanItem"]):
    """Questions about plan items."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep items of the plans the actor sees."""
        return self.filter(joined_by(actor, "plan__cluster__"))

    def of_year(self, cluster: Cluster, year: int) -> Self:
        """Keep the plan of an academic year, as it will be read."""
        mine = self.filter(plan__cluster=cluster, plan__year=year)
        return mine.select_related("host").order_by("day", "pk")


class PlanItem(Record):
    """A line of the plan. ``month`` is 1 to 12; the original day stays when the item moves."""

    DATA: ClassVar = {"title": Data.PUBLIC}

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("plan item", "planned")
        DATED = "dated", pgettext_lazy("plan item", "dated")
        DONE = "done", pgettext_lazy("plan item", "done")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items")
    obligation = models.ForeignKey(Obligation, models.PROTECT, null=True, related_name="plan_items")
    host = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    audience = models.CharField(max_length=200, blank=True)
    month = models.PositiveSmallIntegerField()
    original_day = models.DateField(null=True)
    day = models.DateField(null=True)
    state = models.CharField(max_length=20, choices=State, default=State.PLANNED)
    done_note = models.CharField(max_length=300, blank=True)
    objects = PlanItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="item_has_a_month"),
            models.CheckConstraint(
                condition=Q(state="planned") ^ Q(day__isnull=False), name="dated_item_has_a_day"
            ),
            models.UniqueConstraint(
                fields=["plan", "title", "month"], name="item_stands_once_in_a_month"
            ),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def home(self) -> int | None:
        """Return the host."""
        return self.host_id

    @property
    def month_now(self) -> int:
        """Return the month it stands in: that of its day, else the planned one."""
        return self.day.month if self.day else self.month

    @property
    def has_moved(self) -> bool:
        """Whether its day is not the one first named."""
        return self.day != self.original_day and self.original_day is not None

    @property
    def face(self) -> Face:
        """How its state looks."""
        return ITEM_FACES[self.State(self.state)]


ITEM_FACES = {
    PlanItem.State.PLANNED: Face(pgettext_lazy("plan item", "Planned"), "brand"),
    PlanItem.State.DATED: Face(_("Date set"), "brass", "clock"),
    PlanItem.State.DONE: Face(pgettext_lazy("plan item", "Done"), "ok", "check"),
}
