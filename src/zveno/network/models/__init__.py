"""Clusters, memberships, agreements, obligations; programmes and their money."""

from zveno.network.models.agreements import Agreement, Party
from zveno.network.models.amending import Change
from zveno.network.models.assigning import Assignment
from zveno.network.models.calendars import (
    SEASONS,
    SEPTEMBER,
    Season,
    Span,
    academic_year,
    calendar_of,
    days_of,
    usual_seasons,
)
from zveno.network.models.checks import YearCheck, check_year
from zveno.network.models.closed import ClusterClosed, require_open
from zveno.network.models.clusters import Cluster, Membership, Role, joined_by, places_of, start_of
from zveno.network.models.contributions import Contribution, Given, given_in
from zveno.network.models.finding import agreements_found, clusters_found, programmes_found
from zveno.network.models.full_texts import FullText
from zveno.network.models.joining import Joining, ask_to_join
from zveno.network.models.kinds import PARTS, SHAPES, Kind, Side
from zveno.network.models.lists import Fate, ListRow, MemberList
from zveno.network.models.money import BY_HAND, MoneyLine, Source, Sum, by_source, total
from zveno.network.models.obligations import Fulfilment, Obligation
from zveno.network.models.offers import Interest, Offer
from zveno.network.models.opened import members_now, opened
from zveno.network.models.owing import Period
from zveno.network.models.own_templates import OwnTemplate
from zveno.network.models.own_wording import Wording
from zveno.network.models.passports import PrintedPassport, passport_of
from zveno.network.models.programmes import (
    Participation,
    Programme,
    Reach,
    Shared,
    reach_of,
    shared_in,
)
from zveno.network.models.progress import progress_of
from zveno.network.models.reforms import Reform
from zveno.network.models.regions import Agreed, clusters_in, miscounted
from zveno.network.models.results import FEWEST_TOLD, Result
from zveno.network.models.reviews import REVIEWING, Review, ReviewRule, reviewers
from zveno.network.models.signing import ELECTRONIC, Method, Signature, SigningOrder
from zveno.network.models.ties import Deed, Heard, Tie, heard_by, heard_in, silent

__all__ = [
    "BY_HAND",
    "ELECTRONIC",
    "FEWEST_TOLD",
    "PARTS",
    "REVIEWING",
    "SEASONS",
    "SEPTEMBER",
    "SHAPES",
    "Agreed",
    "Agreement",
    "Assignment",
    "Change",
    "Cluster",
    "ClusterClosed",
    "Contribution",
    "Deed",
    "Fate",
    "Fulfilment",
    "FullText",
    "Given",
    "Heard",
    "Interest",
    "Joining",
    "Kind",
    "ListRow",
    "MemberList",
    "Membership",
    "Method",
    "MoneyLine",
    "Obligation",
    "Offer",
    "OwnTemplate",
    "Participation",
    "Party",
    "Period",
    "PrintedPassport",
    "Programme",
    "Reach",
    "Reform",
    "Result",
    "Review",
    "ReviewRule",
    "Role",
    "Season",
    "Shared",
    "Side",
    "Signature",
    "SigningOrder",
    "Source",
    "Span",
    "Sum",
    "Tie",
    "Wording",
    "YearCheck",
    "academic_year",
    "agreements_found",
    "ask_to_join",
    "by_source",
    "calendar_of",
    "check_year",
    "clusters_found",
    "clusters_in",
    "days_of",
    "given_in",
    "heard_by",
    "heard_in",
    "joined_by",
    "members_now",
    "miscounted",
    "opened",
    "passport_of",
    "places_of",
    "programmes_found",
    "progress_of",
    "reach_of",
    "require_open",
    "reviewers",
    "shared_in",
    "silent",
    "start_of",
    "total",
    "usual_seasons",
]
