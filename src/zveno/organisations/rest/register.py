"""The register for programs: territory and organisations."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query

from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Endpoints, Given, Key, Named, OneOf, Shown
from zveno.organisations import actions
from zveno.organisations.models import Organisation, Territory, Unit
from zveno.ui.rest import Line200, Maybe400

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


class UnitShown(Named):
    """A part of an organisation, perhaps in another one."""

    kind: Annotated[str, OneOf(Unit.Kind)]
    address: str
    organisation: Named
    above: Named | None


class UnitsAsked(Asked):
    """Which units."""

    LOOKUPS: ClassVar = {"organisation": "organisation__public_id", "kind": "kind"}
    organisation: UUID | None = None
    kind: Annotated[str, OneOf(Unit.Kind)] | None = None


class UnitGiven(Given):
    """What is told of a unit."""

    kind: Annotated[str, OneOf(Unit.Kind)]
    name: Line200
    address: Maybe400 = ""

    def facts(self) -> actions.UnitFacts:
        """Return it as the verbs take it."""
        return actions.UnitFacts(self.kind, self.name, self.address)


class NewUnitGiven(UnitGiven):
    """A unit that is entered; ``above`` is the unit it lies in."""

    above: Key | None = None


@router.lists("/units", UnitShown)
def units(request: Request, asked: Query[UnitsAsked]) -> object:
    """List branches, buildings, departments and laboratories."""
    rows = Unit.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("organisation", "above"), asked.after, asked.limit)


@router.does(
    "/organisations/{uuid:key}",
    actions.add_unit,
    makes=True,
    refuses=[actions.UnitThere, actions.UnitElsewhere],
)
def add_unit(request: Request, key: UUID, body: NewUnitGiven) -> object:
    """Enter a unit of an organisation."""
    known = Unit.objects.visible_to(request.actor)
    above = known.pick(body.above) if body.above else None
    return actions.add_unit(request.actor, key, facts=body.facts(), above=above)


@router.does("/units/{uuid:key}", actions.change_unit, refuses=[actions.UnitThere])
def change_unit(request: Request, key: UUID, body: UnitGiven) -> object:
    """Put right what is told of a unit."""
    return actions.change_unit(request.actor, key, facts=body.facts())


@router.does("/units/{uuid:key}", actions.remove_unit, refuses=[actions.HasParts])
def remove_unit(request: Request, key: UUID) -> object:
    """Remove a unit that nothing stands on."""
    return actions.remove_unit(request.actor, key)


@router.shows("/organisations/{uuid:key}", OrganisationShown)
def organisation(request: Request, key: UUID) -> object:
    """Show one organisation."""
    rows = Organisation.objects.visible_to(request.actor)
    return rows.select_related("territory", "steward").pick(key)
