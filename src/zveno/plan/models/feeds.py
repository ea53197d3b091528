"""Secret addresses of plans for calendars: links of organisations that are in the cluster."""

from collections.abc import Iterable

from django.db.models import QuerySet

from zveno.kernel.actor import Actor
from zveno.network.models import Cluster, Membership
from zveno.people.models import Link
from zveno.plan.models.items import FEED


def feeds_of(cluster: Cluster, house: int) -> QuerySet[Link]:
    """Return the link by which an organisation takes the plan; who may ask, the caller knows."""
    return Link.objects.live().filter(issuer=house, opens=[[FEED, cluster.pk]])


def feed_of(cluster: Cluster, house: int) -> Link | None:
    """Return the link of an organisation that opens now, if any."""
    return feeds_of(cluster, house).first()


def fed(actor: Actor) -> Cluster | None:
    """Return the cluster whose plan a link opens, while whoever took it is in the cluster."""
    link = Link.objects.live().filter(pk=actor.credential or 0).first()
    cluster = Cluster.objects.filter(pk__in=actor.listed(FEED)).first()
    if link is None or cluster is None or not houses_in(cluster, [link.issuer_id]):
        return None
    return cluster


def houses_in(cluster: Cluster, houses: Iterable[int]) -> list[int]:
    """Return those of the organisations that lead a cluster or are in it today, the base first."""
    inside = Membership.objects.live().filter(cluster=cluster, organisation__in=houses)
    found = {*inside.values_list("organisation", flat=True), *({cluster.base_id} & {*houses})}
    return sorted(found, key=lambda key: (key != cluster.base_id, key))
