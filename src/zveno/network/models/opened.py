"""What the page of a cluster shows of the cluster and its members, asked in SQL: all may see it."""

from uuid import UUID

from zveno.kernel import clock, questions
from zveno.kernel.errors import NotFound
from zveno.network.models.clusters import Cluster, Membership
from zveno.organisations.models import Organisation, Territory

_CLUSTER = questions.Records(
    """
    SELECT {columns} FROM network_cluster c
    JOIN organisations_organisation b ON b.id = c.base_id
    JOIN organisations_territory t ON t.id = c.territory_id
    WHERE c.public_id = %s
    """,
    c=Cluster,
    b=Organisation,
    t=Territory,
)
_MEMBERS = questions.Records(
    """
    SELECT {columns} FROM network_membership m
    JOIN organisations_organisation o ON o.id = m.organisation_id
    WHERE m.cluster_id = %s AND m.since <= %s AND (m.until IS NULL OR m.until > %s)
    ORDER BY CASE m.role WHEN 'base' THEN 0 WHEN 'methodical_operator' THEN 1 ELSE 2 END, m.id
    """,
    m=Membership,
    o=Organisation,
)


def opened(key: UUID) -> Cluster:
    """Return a cluster with its base and place, as ``pick``; raise ``NotFound``."""
    for cluster, base, territory in _CLUSTER(key):
        cluster.base, cluster.territory = base, territory
        found: Cluster = cluster
        return found
    raise NotFound


def members_now(cluster: Cluster) -> list[Membership]:
    """Return who is in a cluster now with their organisations, as ``live().base_first()``."""
    moment = clock.now()
    found = _MEMBERS(cluster.pk, moment, moment)
    for member, organisation in found:
        member.organisation = organisation
    return [member for member, _organisation in found]
