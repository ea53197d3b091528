"""What a region asks of its clusters, in SQL; ``tests/test_region.py`` compares the answers."""

from datetime import datetime, time
from typing import NamedTuple
from uuid import UUID

from django.utils.timezone import make_aware

from zveno.codes.models import sectors
from zveno.kernel import clock, questions
from zveno.network.models import Cluster
from zveno.network.models.calendars import academic_year, days_of


class InRegion(NamedTuple):
    """A cluster of a region: who leads it, its members, agreements, events of this school year."""

    public_id: UUID
    name: str
    kind: str
    sector: str
    base: str
    members: int
    in_force: int
    awaited: int
    held: int

    @property
    def trade(self) -> str:
        """Name the sector, or the kind of a cluster that stands for none."""
        return sectors().name(self.sector) if self.sector else str(Cluster.Kind(self.kind).label)


_CLUSTERS = """
    SELECT c.public_id, c.name, c.kind, c.sector, coalesce(nullif(b.short_name, ''), b.name),
        (SELECT count(*) FROM network_membership m WHERE m.cluster_id = c.id
            AND m.since <= %s AND (m.until IS NULL OR m.until > %s)),
        a.in_force, a.awaited,
        (SELECT count(*) FROM events_event e
            WHERE e.cluster_id = c.id AND e.state = 'held' AND e.starts_at >= %s)
    FROM network_cluster c
        JOIN organisations_territory t ON t.id = c.territory_id
        JOIN organisations_organisation b ON b.id = c.base_id
        CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE state = 'in_force') AS in_force,
                count(*) FILTER (WHERE state = 'out_for_signature') AS awaited
            FROM network_agreement WHERE cluster_id = c.id) a
    WHERE %s IN (t.id, t.above_id)
    ORDER BY c.name, c.id
"""


def clusters_of(region: int) -> list[InRegion]:
    """Return the clusters that work in a region or in one of its districts."""
    now = clock.now()
    found = questions.rows(_CLUSTERS, now, now, year_begins(), region)
    return list(map(InRegion._make, found))


_ORGANISATIONS = """
    SELECT count(DISTINCT m.organisation_id)
    FROM network_membership m
        JOIN network_cluster c ON c.id = m.cluster_id
        JOIN organisations_territory t ON t.id = c.territory_id
    WHERE m.since <= %s AND (m.until IS NULL OR m.until > %s) AND %s IN (t.id, t.above_id)
"""


def organisations_of(region: int) -> int:
    """Count the organisations in the clusters of a region, each once."""
    now = clock.now()
    return int(questions.rows(_ORGANISATIONS, now, now, region)[0][0])


def year_begins() -> datetime:
    """Return the moment at which this academic year began."""
    first, _last = days_of(academic_year(clock.today()))
    return make_aware(datetime.combine(first, time.min))
