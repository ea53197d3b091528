"""Clusters, agreements and programmes somebody looks for."""

from django.db.models import Case, Q, QuerySet, When

from zveno.kernel.actor import Actor
from zveno.kernel.finding import Wanted
from zveno.network.models.agreements import Agreement
from zveno.network.models.clusters import Cluster, joined_by
from zveno.network.models.programmes import Programme


def clusters_found(actor: Actor, wanted: Wanted) -> QuerySet[Cluster]:
    """Return clusters of such a name, one's own first."""
    rows = Cluster.objects.visible_to(actor).filter(wanted.said("name"))
    own = Case(When(joined_by(actor), then=0), default=1)
    return rows.select_related("territory").order_by(own, "name", "pk")


def agreements_found(actor: Actor, wanted: Wanted) -> QuerySet[Agreement]:
    """Return agreements of such a title or number that the actor sees, the latest first."""
    hits = Agreement.objects.filter(wanted.said("title")).values("pk")
    if number := wanted.number:
        numbered = Agreement.objects.filter(number__number=number.ordinal)
        years = Q(number__book__year=number.year) if number.year else Q()
        hits = hits.union(numbered.filter(years).values("pk"))
    rows = Agreement.objects.visible_to(actor).filter(pk__in=hits)
    return rows.select_related("number__book").order_by("-dated", "-pk")


def programmes_found(actor: Actor, wanted: Wanted) -> QuerySet[Programme]:
    """Return programmes of such a name or number that the actor sees, the latest first."""
    rows = Programme.objects.visible_to(actor).filter(wanted.said("name", "number"))
    return rows.order_by("-begins", "name", "pk")
