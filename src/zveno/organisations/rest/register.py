"""The register for programs: territory and organisations."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query

from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Endpoints, Named, OneOf, Shown
from zveno.organisations.models import Organisation, Territory

router = Endpoints(tags=["organisations"])


class TerritoryShown(Named):
    """A country, a region or a district, and the one it lies in."""

    kind: Annotated[str, OneOf(Territory.Kind)]
    above: Shown | None


class OrganisationShown(Named):
    """An organisation; ``steward`` answers for its data until it has a post of its own.

    Contacts are those told on ``told_on``; since ``closed_on`` it has not existed any more.
    """

    kind: Annotated[str, OneOf(Organisation.Kind)]
    short_name: str
    inn: str
    email: str
    phone: str
    site: str
    address: str
    told_on: date | None
    closed_on: date | None
    territory: Named | None
    steward: Named | None


class TerritoriesAsked(Asked):
    """Which territory."""

    LOOKUPS: ClassVar = {"kind": "kind"}
    kind: Annotated[str, OneOf(Territory.Kind)] | None = None


class OrganisationsAsked(Asked):
    """Which organisations."""

    LOOKUPS: ClassVar = {"kind": "kind", "inn": "inn", "territory": "territory__public_id"}
    kind: Annotated[str, OneOf(Organisation.Kind)] | None = None
    inn: str | None = None
    territory: UUID | None = None


@router.lists("/territories", TerritoryShown)
def territories(request: Request, asked: Query[TerritoriesAsked]) -> object:
    """List countries, regions and districts."""
    rows = Territory.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("above"), asked.after, asked.limit)


@router.lists("/organisations", OrganisationShown)
def organisations(request: Request, asked: Query[OrganisationsAsked]) -> object:
    """List the organisations of the register."""
    rows = Organisation.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("territory", "steward"), asked.after, asked.limit)


@router.shows("/organisations/{uuid:key}", OrganisationShown)
def organisation(request: Request, key: UUID) -> object:
    """Show one organisation."""
    rows = Organisation.objects.visible_to(request.actor)
    return rows.select_related("territory", "steward").pick(key)
