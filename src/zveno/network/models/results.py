"""What came of a cluster, year by year: counted once, when it happens."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, Q, Sum

from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models.agreements import Agreement
from zveno.network.models.calendars import days_of
from zveno.network.models.clusters import Cluster, start_of
from zveno.network.models.ties import A_DAY, Deed

FEWEST_TOLD = 5
"""Fewer children are told to nobody: who they were could be guessed."""


class ResultQuerySet(Questions["Result"]):
    """Questions about results."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all: how much a cluster has done is public; how few children came is not told."""
        return self.all()

    def eventful(self) -> Self:
        """Keep years in which anything came of a cluster, the latest first."""
        return self.filter(Q(events__gt=0) | Q(agreements__gt=0)).order_by("-year")


class Result(Record):
    """An academic year of a cluster: events held, visits of children, agreements come into force.

    A child that came twice is two ``visits``.
    """

    DATA: ClassVar = dict.fromkeys(["cluster", "year", "events", "agreements"], Data.PUBLIC)

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="results")
    year = models.PositiveSmallIntegerField()
    events = models.PositiveIntegerField(default=0)
    visits = models.PositiveIntegerField(default=0)
    agreements = models.PositiveIntegerField(default=0)
    objects = ResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "year"], name="one_result_of_a_cluster_a_year"
            ),
        ]

    def __str__(self) -> str:
        """Name the academic year."""
        return f"{self.year}/{self.year + 1}"

    def home(self) -> int | None:
        """Return the base organisation."""
        return self.cluster.base_id

    @property
    def told_visits(self) -> int | None:
        """How many visits are told: of an event with fewer than ``FEWEST_TOLD``, nothing."""
        return self.visits if self.visits >= FEWEST_TOLD or not self.events else None

    def recount(self) -> None:
        """Count what the deeds and the agreements say, and keep it."""
        first, last = days_of(self.year)
        held = Deed.objects.filter(
            cluster=self.cluster_id, what=Deed.What.EVENT, day__range=(first, last)
        )
        counted = held.aggregate(events=Count("source", distinct=True), visits=Sum("children"))
        self.events, self.visits = counted["events"], counted["visits"] or 0
        self.agreements = Agreement.objects.filter(
            cluster=self.cluster_id,
            in_force_at__gte=start_of(first),
            in_force_at__lt=start_of(last + A_DAY),
        ).count()
        self.save(update_fields=["events", "visits", "agreements"])
