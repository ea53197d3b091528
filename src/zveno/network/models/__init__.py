"""Clusters, memberships, agreements, obligations."""

from zveno.network.models.agreements import Agreement, Fulfilment, Obligation, Party
from zveno.network.models.clusters import Cluster, MemberList, Membership

__all__ = [
    "Agreement",
    "Cluster",
    "Fulfilment",
    "MemberList",
    "Membership",
    "Obligation",
    "Party",
]
