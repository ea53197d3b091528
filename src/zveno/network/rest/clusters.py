"""What programs see of clusters and do with them: founded, put right, the calendar kept."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query
from pydantic import Field

from zveno.codes.models import sectors
from zveno.kernel.http import Request
from zveno.kernel.meanwhile import ChangedMeanwhile
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Day, Endpoints, Given, Named, OneOf, Shown
from zveno.network import actions
from zveno.network.models import SEASONS, Cluster, ClusterClosed, Role, Season, Span
from zveno.network.models.listing import Standing, Which, Whose
from zveno.ui.rest import Line100, Line200, Maybe400

router = Endpoints(tags=["clusters"])
Sector = Annotated[str, Field(json_schema_extra={"enum": [*sectors().codes]})]
REFUSES = [
    actions.BaseWithoutPlace,
    actions.PlaceElsewhere,
    actions.NoSuchSector,
    actions.ClusterKnown,
    actions.FoundedLater,
]


class SeasonShown(Shown):
    """A term or holidays of a cluster in the academic year that begins in ``year``."""

    cluster: Named
    year: int
    kind: Annotated[str, OneOf(Season.Kind)]
    name: str
    begins: date
    ends: date


class SeasonsAsked(Asked):
    """Which terms and holidays."""

    LOOKUPS: ClassVar = {"cluster": "cluster__public_id", "year": "year"}
    cluster: UUID | None = None
    year: Annotated[int, Field(ge=2000, le=2100)] | None = None


class ClustersAsked(Asked):
    """Which clusters: with words in the name, of a place and all that lies in it, as of a day."""

    q: Annotated[str, Field(max_length=200)] | None = None
    kind: Annotated[str, OneOf(Cluster.Kind)] | None = None
    sector: Sector | None = None
    territory: UUID | None = None
    whose: Annotated[str, OneOf(Whose)] | None = None
    standing: Annotated[str, OneOf(Standing)] | None = None
    day: Day | None = None

    def which(self) -> Which:
        """Return it as the list is asked."""
        return Which(
            words=self.q or "",
            kind=self.kind or "",
            sector=self.sector or "",
            territory=self.territory,
            whose=self.whose or "",
            standing=self.standing or "",
            day=self.day,
        )


class ClusterShown(Named):
    """A cluster; ``base`` leads it; ``closed_on`` when another took it up."""

    kind: Annotated[str, OneOf(Cluster.Kind)]
    aim: str
    sector: str
    territory: Named
    base: Named
    founded_on: date
    closed_on: date | None


class PassportGiven(Given):
    """What is known of a cluster; without a territory it stands where its base stands."""

    name: Line200
    aim: Maybe400 = ""
    kind: Annotated[str, OneOf(Cluster.Kind)]
    sector: Sector
    territory: UUID | None = None
    founded_on: Day | None = None

    def passport(self) -> actions.ClusterPassport:
        """Return it as the verbs take it."""
        return actions.ClusterPassport(**self.model_dump(include=set(PassportGiven.model_fields)))


class ChangedPassportGiven(PassportGiven):
    """What is known of a cluster; ``seen``: what you read, so that nobody's change is lost."""

    seen: PassportGiven | None = None


class RoleGiven(Given):
    """Another role from a day on; the base is handed over instead."""

    role: Annotated[str, OneOf(Role)]
    day: Day


class LastDayGiven(Given):
    """The last day in the cluster."""

    last_day: Day


class HeirGiven(Given):
    """The member that leads from now on: the key of the organisation."""

    to: UUID


class SeasonGiven(Given):
    """A term or holidays, both days in it."""

    kind: Annotated[str, OneOf(Season.Kind)]
    name: Line100
    begins: Day
    ends: Day


class CalendarGiven(Given):
    """All terms and holidays of the academic year that begins in ``year``.

    ``seen``: those you read, in the order of their days, so that no change is lost.
    """

    year: Annotated[int, Field(ge=2000, le=2100)]
    seasons: Annotated[list[SeasonGiven], Field(max_length=24)]
    seen: Annotated[list[SeasonGiven], Field(max_length=24)] | None = None

    def was(self) -> dict[str, object]:
        """Return what was seen as the verb takes it."""
        if self.seen is None:
            return {}
        return {SEASONS: [one.model_dump(mode="json") for one in self.seen]}


@router.lists("/seasons", SeasonShown)
def seasons(request: Request, asked: Query[SeasonsAsked]) -> object:
    """List the terms and holidays that clusters keep."""
    rows = Season.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("cluster"), asked.after, asked.limit)


@router.lists("/clusters", ClusterShown)
def clusters(request: Request, asked: Query[ClustersAsked]) -> object:
    """List the clusters."""
    return part_of(asked.which().chosen(request.actor), asked.after, asked.limit)


@router.shows("/clusters/{uuid:key}", ClusterShown)
def cluster(request: Request, key: UUID) -> object:
    """Show one cluster."""
    return Cluster.objects.visible_to(request.actor).select_related("territory", "base").pick(key)


@router.does("/organisations/{uuid:key}", actions.found_cluster, makes=True, refuses=REFUSES)
def found_cluster(request: Request, key: UUID, body: PassportGiven) -> object:
    """Found a cluster led by an organisation, which is its first member."""
    return actions.found_cluster(request.actor, key, passport=body.passport())


@router.does(
    "/clusters/{uuid:key}",
    actions.change_cluster,
    refuses=[ClusterClosed, actions.TakesPartEarlier, *REFUSES, ChangedMeanwhile],
)
def change_cluster(request: Request, key: UUID, body: ChangedPassportGiven) -> object:
    """Put right what is known of a cluster."""
    seen = body.seen.told() if body.seen else {}
    return actions.change_cluster(request.actor, key, passport=body.passport(), seen=seen)


@router.does(
    "/clusters/{uuid:key}",
    actions.keep_calendar,
    refuses=[
        *(ClusterClosed, actions.SeasonOutside, actions.SeasonsOverlap),
        ChangedMeanwhile,
    ],
)
def keep_calendar(request: Request, key: UUID, body: CalendarGiven) -> object:
    """Put these terms and holidays in place of those of an academic year."""
    spans = [Span(**season.model_dump()) for season in body.seasons]
    return actions.keep_calendar(request.actor, key, year=body.year, seasons=spans, seen=body.was())


@router.does(
    "/memberships/{uuid:key}",
    actions.end_membership,
    refuses=[actions.BaseStays, actions.MembershipOver, actions.BeforeItBegan],
)
def end_membership(request: Request, key: UUID, body: LastDayGiven) -> object:
    """Let a member leave after a day."""
    return actions.end_membership(request.actor, key, last_day=body.last_day)


@router.does(
    "/memberships/{uuid:key}",
    actions.change_role,
    makes=True,
    refuses=[
        *(actions.BaseStays, actions.MembershipOver),
        *(actions.BeforeItBegan, actions.OperatorThere),
    ],
)
def change_role(request: Request, key: UUID, body: RoleGiven) -> object:
    """Give a member another role from a day on; the membership from that day on is returned."""
    return actions.change_role(request.actor, key, role=body.role, day=body.day)


@router.does(
    "/clusters/{uuid:key}",
    actions.print_passport,
    makes=True,
    refuses=[ClusterClosed, actions.CannotBePrinted],
)
def print_passport(request: Request, key: UUID) -> object:
    """Draw up the passport of a cluster; where nothing has changed, the last one is returned."""
    return actions.print_passport(request.actor, key)


@router.does("/clusters/{uuid:key}", actions.hand_over, refuses=[ClusterClosed, actions.CannotLead])
def hand_over(request: Request, key: UUID, body: HeirGiven) -> object:
    """Let another member lead from now on; the base so far stays a member."""
    return actions.hand_over(request.actor, key, to=body.to)
