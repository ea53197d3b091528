"""The public catalogue: which of the events to come are asked for, and what may be asked."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import F

from zveno.events.models.events import Event, EventQuerySet
from zveno.kernel import clock, questions
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotFound
from zveno.network.models import start_of
from zveno.organisations.models import Territory

AGES = {"": (0, 11), "kg": (0, 0), "primary": (1, 4), "basic": (5, 9), "senior": (10, 11)}
"""Grades of each age; 0 is the kindergarten."""
SUNDAY, SATURDAY = 1, 7
_PLACE = "cluster__territory"


class Stage(NamedTuple):
    """Where events to come are: the sector, and the places it lies in by key and name."""

    sector: str
    places: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """Which events to come are asked for; what is empty asks nothing. Days are those of Zveno."""

    words: str = ""
    grades: tuple[int, int] = AGES[""]
    sector: str = ""
    place: UUID | None = None
    since: date | None = None
    until: date | None = None
    weekend: bool = False
    free: bool = False

    def chosen(self, actor: Actor, after: str = "") -> EventQuerySet:
        """Return announced events to come that fit, soonest first, from a cursor on."""
        rows = Event.objects.visible_to(actor).public().section("", after)
        rows = rows.about(self.words).for_grades(*self.grades).select_related("host", "cluster")
        if self.sector:
            rows = rows.filter(cluster__sector=self.sector)
        if self.place:
            inside = Territory.objects.visible_to(actor).within(self.place)
            rows = rows.filter(cluster__territory__in=inside)
        if self.weekend:
            rows = rows.filter(starts_at__week_day__in=(SUNDAY, SATURDAY))
        return self.between(rows.filter(taken__lt=F("capacity") - F("kept")) if self.free else rows)

    def between(self, rows: EventQuerySet) -> EventQuerySet:
        """Keep those of the days asked for."""
        if self.since:
            rows = rows.filter(starts_at__gte=start_of(self.since))
        if self.until:
            rows = rows.filter(starts_at__lt=start_of(self.until + timedelta(days=1)))
        return rows


def stages(actor: Actor) -> list[Stage]:
    """Return the sectors and places of events to come."""
    paths = [_PLACE, f"{_PLACE}__above", f"{_PLACE}__above__above"]
    named = [f"{path}__{field}" for path in paths for field in ("public_id", "name")]
    rows = Event.objects.visible_to(actor).public().coming().order_by()
    found = []
    for sector, *facts in rows.values_list("cluster__sector", *named).distinct():
        path = [(key, name) for key, name in zip(facts[::2], facts[1::2], strict=True) if key]
        # The country holds all there is: it tells nothing apart.
        found.append(Stage(sector, tuple(path[:-1] or path)))
    return sorted(found)


_VERSION = """
    SELECT e.ctid::text, e.xmin::text, o.ctid::text, o.xmin::text, c.ctid::text, c.xmin::text,
        e.starts_at > t.now, e.ends_at > t.now, e.opens_at > t.now, e.closes_at > t.now,
        e.members_until > t.now
    FROM (SELECT %s::timestamptz AS now) t, events_event e
        JOIN organisations_organisation o ON o.id = e.host_id
        JOIN network_cluster c ON c.id = e.cluster_id
    WHERE e.public_id = %s AND e.state <> 'draft'
        AND (e.state <> 'cancelled' OR e.announced_at IS NOT NULL)
"""


def announced_version(key: UUID) -> tuple[object, ...]:
    """Name the version of an announced event, its host and cluster; raise ``NotFound``.

    It tells where each row lies and which transaction wrote it, so every change gives another;
    and whether the event has begun and is over.
    """
    for version in questions.rows(_VERSION, clock.now(), key):
        return version
    raise NotFound
