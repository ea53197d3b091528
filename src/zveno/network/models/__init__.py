"""Clusters, memberships, agreements, obligations."""

from zveno.network.models.agreements import Agreement, Party
from zveno.network.models.calendars import (
    SEPTEMBER,
    Season,
    Span,
    academic_year,
    days_of,
    usual_seasons,
)
from zveno.network.models.clusters import Cluster, Membership, Role, joined_by, places_of, start_of
from zveno.network.models.lists import Fate, ListRow, MemberList
from zveno.network.models.obligations import Fulfilment, Obligation
from zveno.network.models.owing import Period

__all__ = [
    "SEPTEMBER",
    "Agreement",
    "Cluster",
    "Fate",
    "Fulfilment",
    "ListRow",
    "MemberList",
    "Membership",
    "Obligation",
    "Party",
    "Period",
    "Role",
    "Season",
    "Span",
    "academic_year",
    "days_of",
    "joined_by",
    "places_of",
    "start_of",
    "usual_seasons",
]
