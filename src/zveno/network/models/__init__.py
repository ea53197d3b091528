"""Clusters, memberships, agreements, obligations."""

from zveno.network.models.agreements import Agreement, Fulfilment, Obligation, Party
from zveno.network.models.clusters import Cluster, Membership, Role, joined_by
from zveno.network.models.lists import Fate, ListRow, MemberList

__all__ = [
    "Agreement",
    "Cluster",
    "Fate",
    "Fulfilment",
    "ListRow",
    "MemberList",
    "Membership",
    "Obligation",
    "Party",
    "Role",
    "joined_by",
]
