"""What programs see of what really happened in a cluster."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query

from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Computed, Endpoints, Named, OneOf, Shown
from zveno.network.models import Agreed, Agreement, Deed, Result, Tie

router = Endpoints(tags=["network"])


class TieShown(Shown):
    """How much is between a cluster and an organisation: events together in the last year."""

    cluster: Named
    organisation: Named
    events: int
    last_on: date | None
    last_what: Annotated[str, OneOf(Deed.What, blank=True)]


class DeedShown(Shown):
    """What an organisation did in a cluster on a day; `children` came with it."""

    cluster: Named
    organisation: Named
    what: Annotated[str, OneOf(Deed.What)]
    day: date
    children: int


class ResultShown(Computed):
    """What came of an academic year: of an event with fewer than five visits, they are null."""

    cluster: Named
    year: int
    events: int
    visits: int | None
    agreements: int

    @staticmethod
    def resolve_visits(shown: Result) -> int | None:
        """Return the visits of children that are told."""
        return shown.told_visits


class AgreedShown(Shown):
    """How many agreements of a cluster are in a state."""

    cluster: Named
    state: Annotated[str, OneOf(Agreement.State)]
    number: int


class OfCluster(Asked):
    """Of which cluster."""

    LOOKUPS: ClassVar = {"cluster": "cluster__public_id"}
    cluster: UUID | None = None


class TiesAsked(Asked):
    """Which ties, or which deeds."""

    LOOKUPS: ClassVar = {"cluster": "cluster__public_id", "organisation": "organisation__public_id"}
    cluster: UUID | None = None
    organisation: UUID | None = None


@router.lists("/ties", TieShown)
def ties(request: Request, asked: Query[TiesAsked]) -> object:
    """List what is between the clusters you are in and the organisations there."""
    rows = Tie.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("cluster", "organisation"), asked.after, asked.limit)


@router.lists("/deeds", DeedShown)
def deeds(request: Request, asked: Query[TiesAsked]) -> object:
    """List what organisations did in the clusters you are in."""
    rows = Deed.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("cluster", "organisation"), asked.after, asked.limit)


@router.lists("/results", ResultShown)
def results(request: Request, asked: Query[OfCluster]) -> object:
    """List what came of clusters, by academic year."""
    rows = Result.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("cluster"), asked.after, asked.limit)


@router.lists("/agreement-counts", AgreedShown)
def agreement_counts(request: Request, asked: Query[OfCluster]) -> object:
    """List how many agreements clusters have in which state."""
    rows = Agreed.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("cluster"), asked.after, asked.limit)
