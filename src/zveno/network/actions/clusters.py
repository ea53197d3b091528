"""A cluster comes into being, and what is known of it is put right."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zveno.codes.models import sectors
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.kernel.meanwhile import Words, guarding
from zveno.network import rules
from zveno.network.models import (
    Cluster,
    Membership,
    Participation,
    Role,
    places_of,
    require_open,
)
from zveno.organisations.models import Organisation, Territory


class ClusterKnown(BadInput):
    """A place has one cluster of a name."""

    code = "cluster_known"
    status = 409
    message = _("There is already a cluster “%(name)s” here. Choose another name.")
    field = "name"


class BaseWithoutPlace(BadInput):
    """A cluster stands where its base organisation stands."""

    code = "base_without_place"
    message = _("The base organisation has no district yet. Add it first.")


class PlaceElsewhere(BadInput):
    """A cluster works in the district of its base, or in a wider place around it."""

    code = "place_elsewhere"
    message = _("The base organisation is not there. Choose its district or region.")
    field = "territory"


class NoSuchSector(BadInput):
    """A sector is one of the list."""

    code = "no_such_sector"
    message = _("This sector is not in the list. Choose one that is.")
    field = "sector"


class FoundedLater(BadInput):
    """A cluster that is founded has begun."""

    code = "founded_later"
    message = _("This day has not come yet. Choose today or an earlier day.")
    field = "founded_on"


class TakesPartEarlier(BadInput):
    """A cluster was there before it took part in a programme."""

    code = "takes_part_earlier"
    message = _(
        "The cluster takes part in “%(programme)s” since %(day)s. Choose that day or an earlier"
        " one."
    )
    field = "founded_on"


@dataclass(frozen=True, slots=True)
class ClusterPassport:
    """What is known of a cluster; without a territory it stands where its base stands."""

    name: str
    aim: str = ""
    kind: str = Cluster.Kind.DISTRICT
    sector: str = ""
    territory: UUID | None = None
    founded_on: date | None = None


@action(rules.may_found, on=Organisation)
def found_cluster(actor: Actor, base: Organisation, *, passport: ClusterPassport) -> Cluster:
    """Found a cluster led by ``base``, which is its first member.

    Raises ``BaseWithoutPlace``, ``PlaceElsewhere``, ``NoSuchSector``, ``ClusterKnown`` and
    ``FoundedLater``.
    """
    cluster = Cluster(base=base, founded_on=passport.founded_on or clock.today())
    _fill_in(cluster, passport)
    cluster.save()
    Membership.objects.create(
        cluster=cluster,
        organisation=base,
        role=Role.BASE,
        since=min(clock.now(), timezone.make_aware(datetime.combine(cluster.founded_on, time.min))),
    )
    return cluster


@action(rules.coordinates, on=Cluster, lock=True)
def change_cluster(
    actor: Actor, cluster: Cluster, *, passport: ClusterPassport, seen: Words | None = None
) -> Cluster:
    """Put right what is known of a cluster, if it is what was ``seen``.

    Raises what ``found_cluster`` raises, ``TakesPartEarlier``, ``ClusterClosed`` and
    ``ChangedMeanwhile``.
    """
    require_open(cluster)
    with guarding(seen, cluster.facts):
        _found_on(cluster, passport.founded_on or cluster.founded_on)
        _fill_in(cluster, passport)
    cluster.save()
    return cluster


def _found_on(cluster: Cluster, day: date) -> None:
    """Put the day of founding right; what began earlier by mistake stays until it is mended."""
    parts = Participation.objects.filter(cluster=cluster, since__lt=day)
    first = parts.select_related("programme").order_by("since", "pk").first()
    if first and day > cluster.founded_on:
        raise TakesPartEarlier(programme=first.programme, day=f"{first.since:%d.%m.%Y}")
    cluster.founded_on = day


def _fill_in(cluster: Cluster, passport: ClusterPassport) -> None:
    if cluster.founded_on > clock.today():
        raise FoundedLater
    if passport.sector and passport.sector not in {cluster.sector, *sectors().codes}:
        raise NoSuchSector
    cluster.name, cluster.aim, cluster.kind = passport.name, passport.aim, passport.kind
    cluster.sector = passport.sector
    cluster.territory = _place(cluster.base, passport.territory)
    same = Cluster.objects.filter(territory=cluster.territory, name=cluster.name)
    if same.exclude(pk=cluster.pk).exists():
        raise ClusterKnown(name=cluster.name)


def _place(base: Organisation, wanted: UUID | None) -> Territory:
    places = places_of(base)
    if not places:
        raise BaseWithoutPlace
    found = [place for place in places if wanted in {None, place.public_id}]
    if not found:
        raise PlaceElsewhere
    return found[0]
