"""Clusters of a list: chosen by what is known of them, in an order, a part at a time."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.finding import Wanted
from zveno.network.models.clusters import Cluster, ClusterQuerySet, Membership, joined_by
from zveno.organisations.models import Territory
from zveno.ui.keyboard import readings


class Standing(models.TextChoices):
    """How a cluster stands on a day."""

    AT_WORK = "at_work", pgettext_lazy("clusters", "at work")
    CLOSED = "closed", pgettext_lazy("clusters", "closed")


class Whose(models.TextChoices):
    """Whether an organisation of the reader leads a cluster or belongs to it."""

    OWN = "own", pgettext_lazy("clusters", "ours")
    OTHERS = "others", pgettext_lazy("clusters", "of others")


class Order(models.TextChoices):
    """What clusters are sorted by: a field of ``counted`` rows; a minus puts the greatest first."""

    NAME = "name", _("by name")
    NEWEST = "-founded_on", _("the newest first")
    OLDEST = "founded_on", _("the oldest first")
    LARGEST = "-members", _("the largest first")


@dataclass(frozen=True, slots=True)
class Which:
    """Which clusters are asked for; what is empty asks nothing. ``day`` is today unless said."""

    words: str = ""
    kind: str = ""
    sector: str = ""
    territory: UUID | None = None
    whose: str = ""
    standing: str = ""
    day: date | None = None

    def chosen(self, actor: Actor) -> ClusterQuerySet:
        """Return the clusters the actor sees that fit, with their base and places."""
        rows = Cluster.objects.visible_to(actor).filter(self._facts(), self._stood())
        rows = rows.select_related("base", "territory__above__above")
        if self.territory:
            rows = rows.filter(
                territory__in=Territory.objects.visible_to(actor).within(self.territory)
            )
        if self.whose:
            own = rows.filter(joined_by(actor)).values("pk")
            rows = rows.filter(pk__in=own) if self.whose == Whose.OWN else rows.exclude(pk__in=own)
        return rows

    def number(self, actor: Actor) -> int:
        """Return how many they are."""
        return self.chosen(actor).count()

    def _facts(self) -> Q:
        facts = Q()
        if self.words.strip():
            facts &= Q(Wanted(readings(self.words)).said("name"))
        if self.kind:
            facts &= Q(kind=self.kind)
        return facts & Q(sector=self.sector) if self.sector else facts

    def _stood(self) -> Q:
        """Say how it stood when the day ended, as memberships are understood."""
        day = self.day or clock.today()
        if self.standing == Standing.AT_WORK:
            return Q(founded_on__lte=day) & (Q(closed_on=None) | Q(closed_on__gt=day))
        if self.standing == Standing.CLOSED:
            return Q(closed_on__lte=day)
        return Q(founded_on__lte=day) if self.day else Q()


def counted(rows: ClusterQuerySet, day: date) -> ClusterQuerySet:
    """Say of clusters as ``members`` how many organisations were in when ``day`` ended."""
    inside = Membership.objects.on(day).filter(cluster=OuterRef("pk")).order_by()
    number = inside.values("cluster").annotate(number=Count("pk")).values("number")
    return rows.annotate(members=Coalesce(Subquery(number), 0))


def sorted_from(rows: ClusterQuerySet, order: str, last: Cluster | None) -> ClusterQuerySet:
    """Put ``counted`` clusters in order; begin behind ``last``, which is counted as well."""
    field, down = order.removeprefix("-"), order.startswith("-")
    if last:
        value, beyond = getattr(last, field), "lt" if down else "gt"
        same = Q(**{field: value, "pk__gt": last.pk})
        rows = rows.filter(Q(**{f"{field}__{beyond}": value}) | same)
    return rows.order_by(order, "pk")


def places_with_clusters(actor: Actor, also: UUID | None = None) -> list[Territory]:
    """Return the regions and districts where clusters work, and the place ``also``, as a tree."""
    used = Cluster.objects.visible_to(actor).values("territory")
    known = Territory.objects.visible_to(actor).filter(Q(pk__in=used) | Q(public_id=also))
    below = [place for one in known.select_related("above__above") for place in one.path()]
    found = {place.pk: place for place in below if place.above_id}
    return sorted(found.values(), key=lambda one: [place.name for place in one.path()])
