"""The clashes of a year's plan: what the engine finds, without what was left so on purpose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zveno.codes.models.working_days import A_DAY, is_day_off
from zveno.kernel import clock, questions
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.network.models import Cluster, Season, days_of, joined_by, usual_seasons
from zveno.plan.models.audiences import audience_of, is_for_children, people_of, place_of
from zveno.plan.models.clashing import Calendar, Clash, Entry, Kind, Proposal, found, proposed
from zveno.plan.models.items import PlanItem
from zveno.plan.models.plans import Plan

LABELS = {
    Kind.PLACE: _("One place twice on a day"),
    Kind.PERSON: _("One person at two places"),
    Kind.DAY_OFF: _("A day off"),
    Kind.HOLIDAYS: _("School holidays"),
    Kind.AUDIENCE: _("The same audience twice in a week"),
}


_SEASONS = """
    SELECT s.begins, s.ends, s.kind FROM network_season s
    WHERE s.cluster_id = %s AND s.year = %s ORDER BY s.begins, s.id
"""
"""``Season.objects.filter(cluster, year)``: first day, last day and kind."""


class LeftClashQuerySet(Questions["LeftClash"]):
    """Questions about clashes that are left so."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the plans the actor sees."""
        return self.filter(joined_by(actor, "item__plan__cluster__"))


class LeftClash(Record):
    """A clash that whoever plans leaves as it is, as long as the item keeps its ``day``."""

    item = models.ForeignKey(PlanItem, models.CASCADE, related_name="left_clashes")
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Kind])
    other = models.ForeignKey(PlanItem, models.CASCADE, null=True, related_name="+")
    day = models.DateField()
    objects = LeftClashQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "kind", "other", "day"],
                name="clash_is_left_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        """Say what is left."""
        return str(LABELS[Kind(self.kind)])

    def home(self) -> int | None:
        """Return the base organisation."""
        return self.item.plan.home()


@dataclass(frozen=True, slots=True)
class Clashes:
    """What a plan has of clashes: ``waiting`` ones, and those ``left`` so."""

    items: Mapping[int, PlanItem]
    entries: Sequence[Entry]
    calendar: Calendar
    venues: Mapping[int, Sequence[tuple[str, str]]]
    waiting: Sequence[Clash]
    left: Sequence[Clash]

    def way_out(self, clash: Clash) -> Proposal | None:
        """Return the one proposal for a clash."""
        return proposed(clash, self.entries, self.calendar, self.venues)

    def clash_of(self, item: PlanItem, kind: str, other: str) -> Clash | None:
        """Return the clash of an item with the ``other`` that is told by its public id, if any."""
        for clash in (*self.waiting, *self.left):
            met = str(self.items[clash.other].public_id) if clash.other else ""
            if (clash.key, clash.kind, met) == (item.pk, kind, other):
                return clash
        return None


def clashes_of(cluster: Cluster, year: int, items: Sequence[PlanItem]) -> Clashes:
    """Return the clashes of a year's plan. Who may ask, the caller knows: who makes the plan."""
    there = (one for one in items if one.state != PlanItem.State.CANCELLED)
    entries = [_entry(one, one.day) for one in there if one.day]
    first, last = days_of(year)
    first = max(first, clock.today() + A_DAY)
    calendar, clashes, left = Calendar(first, last), [], set[tuple[Clash, date]]()
    if any(one.day >= first for one in entries):
        calendar = Calendar(first, last, days_off(year), _holidays(cluster, year))
        clashes = found(entries, calendar)
    if clashes:
        rows = LeftClash.objects.filter(item__plan__cluster=cluster, item__plan__year=year)
        told = rows.values_list("kind", "item", "other", "day")
        left = {(Clash(Kind(kind), item, other), day) for kind, item, other, day in told}
    days = {one.key: one.day for one in entries}
    waiting = [one for one in clashes if (one, days[one.key]) not in left]
    kept = [one for one in clashes if (one, days[one.key]) in left]
    by_key = {one.pk: one for one in items}
    return Clashes(by_key, entries, calendar, _venues(items), waiting, kept)


def clashes_of_plan(plan: Plan) -> Clashes:
    """Return the clashes of a plan, as a verb asks that is about to settle one."""
    items = PlanItem.objects.of_year(plan.cluster, plan.year)
    return clashes_of(plan.cluster, plan.year, list(items))


def days_off(year: int) -> frozenset[date]:
    """Return the days of an academic year on which nobody works."""
    return _days_off(year, settings.ZVENO_DAYS_OFF)


@lru_cache(maxsize=10)
def _days_off(year: int, _added: str) -> frozenset[date]:
    first, last = days_of(year)
    days = (first + A_DAY * number for number in range((last - first).days + 1))
    return frozenset(day for day in days if is_day_off(day))


def _holidays(cluster: Cluster, year: int) -> tuple[tuple[date, date], ...]:
    seasons = questions.rows(_SEASONS, cluster.pk, year) or [
        (one.begins, one.ends, one.kind) for one in usual_seasons(year)
    ]
    return tuple((first, last) for first, last, kind in seasons if kind == Season.Kind.HOLIDAYS)


def _entry(item: PlanItem, day: date) -> Entry:
    return Entry(
        item.pk,
        day,
        item.host_id,
        place_of(item.venue),
        people_of(item.responsible),
        audience_of(item.audience),
        is_for_children(item.audience),
        item.by_event or item.is_over,
    )


def _venues(items: Sequence[PlanItem]) -> dict[int, list[tuple[str, str]]]:
    """Return the places that the plan knows at each host, by name."""
    named: dict[int, dict[str, str]] = {}
    for item in items:
        if item.venue:
            named.setdefault(item.host_id, {}).setdefault(place_of(item.venue), item.venue)
    return {host: sorted(places.items()) for host, places in named.items()}
