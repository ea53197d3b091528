"""A cluster that another one took up: it is read, and nothing new begins in it."""

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from zveno.kernel.errors import DomainError
from zveno.network.models.clusters import Cluster
from zveno.network.models.reforms import Reform


class ClusterClosed(DomainError):
    """Nothing new begins in a cluster that is no more."""

    code = "cluster_closed"
    message = _(
        "The cluster “%(cluster)s” was closed on %(day)s: nothing new begins in it. "
        "“%(heir)s” took it up."
    )


def require_open(cluster: Cluster) -> None:
    """Raise ``ClusterClosed`` where a cluster is no more."""
    if cluster.closed_on:
        heir = Reform.objects.that_closed(cluster).get().target
        day = date_format(cluster.closed_on, "d.m.Y")
        raise ClusterClosed(cluster=cluster, day=day, heir=heir)
