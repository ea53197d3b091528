"""Verbs: the regions and districts that organisations lie in."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.organisations import rules
from zveno.organisations.models import Territory, districts, in_genitive, regions

Kind = Territory.Kind


class PlaceThere(BadInput):
    """A place stands in the list once."""

    code = "place_there"
    status = 409
    message = _("“%(name)s” is already in the list.")
    field = "name"


class NotBelow(BadInput):
    """Regions lie in the country, districts in a region."""

    code = "not_below"
    message = _("A district belongs to a region, and a region to the country.")


BELOW = {Kind.COUNTRY: Kind.REGION, Kind.REGION: Kind.DISTRICT}


@action(rules.is_system, on=Territory, lock=True, consequence=True)
def lay_ground(actor: Actor, country: Territory) -> None:
    """Enter the regions and districts that are shipped; what is there already stays as it is."""
    known = {*country.below.values_list("name", flat=True)}
    Territory.objects.bulk_create(
        Territory(above=country, kind=Kind.REGION, name=one.name, genitive=one.genitive)
        for one in regions()
        if one.name not in known
    )
    keys = dict(country.below.values_list("name", "pk"))
    there = {*Territory.objects.filter(kind=Kind.DISTRICT).values_list("above", "name")}
    Territory.objects.bulk_create(
        Territory(
            above_id=keys[one.region], kind=Kind.DISTRICT, name=one.name, genitive=one.genitive
        )
        for one in districts()
        if (keys[one.region], one.name) not in there
    )


@action(rules.is_system, on=Territory, lock=True)
def add_districts(actor: Actor, region: Territory, *, names: Iterable[str]) -> int:
    """Enter the districts of a region that are missing; return how many. Raises ``NotBelow``."""
    if region.kind != Kind.REGION:
        raise NotBelow
    known = {*region.below.values_list("name", flat=True)}
    missing = [
        Territory(above=region, kind=Kind.DISTRICT, name=name, genitive=in_genitive(name))
        for name in dict.fromkeys(names)
        if name not in known
    ]
    return len(Territory.objects.bulk_create(missing))


@action(rules.keeps_places, on=Territory, lock=True, consequence=True)
def add_territory(
    actor: Actor, above: Territory, *, kind: str, name: str, genitive: str = ""
) -> Territory:
    """Enter a region or a district that lies in ``above``. Raises ``NotBelow``, ``PlaceThere``.

    ``genitive`` is how papers write it; empty: as the rule of the shipped list forms it.
    """
    if BELOW.get(Kind(above.kind)) != kind:
        raise NotBelow
    if above.below.filter(name=name).exists():
        raise PlaceThere(name=name)
    return Territory.objects.create(
        above=above, kind=kind, name=name, genitive=genitive or in_genitive(name)
    )
