"""What became of clusters: one split off another, one was taken up by another."""

import json
from datetime import date, timedelta
from functools import reduce
from hashlib import sha256
from operator import or_
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models.agreements import Agreement
from zveno.network.models.clusters import Cluster, Membership
from zveno.network.models.offers import Offer


class ReformQuerySet(Questions["Reform"]):
    """Questions about what became of clusters."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all: which cluster came of which is public."""
        return self.all()

    def of(self, cluster: Cluster) -> Self:
        """Keep those a cluster came of or went through, the newest first."""
        touched = self.filter(Q(source=cluster) | Q(target=cluster))
        told = touched.select_related("source", "target").annotate(went=models.Count("begun"))
        return told.order_by("-day", "-pk")

    def that_closed(self, cluster: Cluster) -> Self:
        """Keep the merger by which another cluster took this one up."""
        return self.filter(source=cluster, kind=Reform.Kind.MERGER).select_related("target")


class Reform(Record):
    """That members of ``source`` went over to ``target`` on a day, ``at`` a moment of it.

    By a split ``target`` is new and ``source`` goes on; by a merger ``source`` is no more. The
    memberships it ended and began name it; ``left`` is the mark of how it left both clusters.
    """

    DATA: ClassVar = dict.fromkeys(["kind", "day"], Data.PUBLIC)

    class Kind(models.TextChoices):
        SPLIT = "split", _("split")
        MERGER = "merger", _("merger")

    kind = models.CharField(max_length=10, choices=Kind)
    source = models.ForeignKey(Cluster, models.PROTECT, related_name="reforms_from")
    target = models.ForeignKey(Cluster, models.PROTECT, related_name="reforms_into")
    day = models.DateField()
    at = models.DateTimeField()
    made_at = models.DateTimeField(default=clock.now)
    left = models.CharField(max_length=64)
    objects = ReformQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="reform_is_between_two_clusters"
            ),
            models.UniqueConstraint(
                fields=["source"], condition=Q(kind="merger"), name="cluster_is_taken_up_once"
            ),
        ]

    def __str__(self) -> str:
        """Name the two clusters."""
        return f"{self.source} → {self.target}"

    def home(self) -> int | None:
        """Return the base of the cluster the members came from."""
        return self.source.base_id

    @property
    def eve(self) -> date:
        """The last day before it."""
        return self.day - timedelta(days=1)

    @property
    def is_split(self) -> bool:
        """Whether the source goes on."""
        return self.kind == self.Kind.SPLIT

    def mark(self) -> str:
        """Return a mark of both clusters: who is in them, what the target has agreed on."""
        members = Membership.objects.filter(cluster__in=[self.source_id, self.target_id])
        rows = members.values_list("pk", "organisation", "role", "since", "until")
        made = (
            one.filter(cluster=self.target_id).values_list("pk", flat=True)
            for one in (Agreement.objects.all(), Offer.objects.all())
        )
        told = [sorted(rows), *(sorted(keys) for keys in made)]
        return sha256(json.dumps(told, default=str).encode()).hexdigest()

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has built on it: both clusters are as it left them."""
        return self.mark() == self.left and not (self.is_split and is_used(self.target))


BORN_WITH = {Membership, Reform}
"""What a cluster has by being split off; anything else means that it is used."""


def is_used(cluster: Cluster) -> bool:
    """Whether anything of this room or an upper one hangs on a cluster beside its members."""
    fields = Cluster._meta.get_fields(include_hidden=True)
    hang = (
        Q(Exists(one.related_model._base_manager.filter(**{one.field.name: OuterRef("pk")})))
        for one in fields
        if isinstance(one, models.ManyToOneRel) and one.related_model not in BORN_WITH
    )
    return Cluster.objects.filter(reduce(or_, hang), pk=cluster.pk).exists()
