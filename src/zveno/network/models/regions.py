"""What an authority sees of its region: clusters with numbers, no agreement and no child."""

from collections import Counter
from collections.abc import Collection
from typing import ClassVar, NamedTuple, Self
from uuid import UUID

from django.db import models
from django.db.models import Count

from zveno.kernel import clock, questions
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models.agreements import Agreement
from zveno.network.models.clusters import Cluster


class AgreedQuerySet(Questions["Agreed"]):
    """Questions about how many agreements there are."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all for whoever works in the network; none for a stranger."""
        return self.all() if actor.scope else self.none()


class Agreed(Record):
    """How many agreements of a cluster are in a state, as Zveno has counted last.

    Who sees an agreement is its own business; how many there are is told by this.
    """

    DATA: ClassVar = {"number": Data.WORK}

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    state = models.CharField(max_length=30, choices=Agreement.State)
    number = models.PositiveIntegerField()
    objects = AgreedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cluster", "state"], name="a_state_is_counted_once"),
        ]

    def __str__(self) -> str:
        """Name the state."""
        return str(self.get_state_display())

    def home(self) -> int | None:
        """Return the base organisation."""
        return self.cluster.base_id


def miscounted() -> set[int]:
    """Return the keys of clusters whose agreements are not those counted: for Zveno itself."""
    there = Agreement.objects.values_list("cluster", "state").annotate(Count("pk")).order_by()
    counted = Agreed.objects.values_list("cluster", "state", "number")
    return {cluster for cluster, _state, _number in set(there) ^ set(counted)}


class Led(NamedTuple):
    """A cluster of a region in numbers; of few children nothing is told."""

    key: UUID
    pk: int
    name: str
    sector: str
    base: str
    members: int
    events: int
    visits: int
    agreements: Counter[str]


_CLUSTERS = """
    SELECT c.public_id, c.id, c.name, c.sector, COALESCE(NULLIF(b.short_name, ''), b.name),
        (SELECT count(*) FROM network_membership m WHERE m.cluster_id = c.id
            AND m.since <= %s AND (m.until IS NULL OR m.until > %s)),
        COALESCE(r.events, 0), COALESCE(r.visits, 0),
        (SELECT json_object_agg(a.state, a.number) FROM network_agreed a WHERE a.cluster_id = c.id)
    FROM network_cluster c JOIN organisations_organisation b ON b.id = c.base_id
        LEFT JOIN network_result r ON r.cluster_id = c.id AND r.year = %s
    WHERE c.territory_id = ANY(%s) AND c.closed_on IS NULL ORDER BY c.name, c.id
"""


def clusters_in(places: Collection[int], year: int) -> list[Led]:
    """Return the clusters at work in these places, with what came of an academic year."""
    now = clock.now()
    rows = questions.rows(_CLUSTERS, now, now, year, list(places))
    return [Led._make([*row[:-1], Counter(row[-1] or {})]) for row in rows]
