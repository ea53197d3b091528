"""A cluster that another one took up: it is read, and nothing new begins in it."""

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from zveno.kernel.errors import DomainError
from zveno.network.models.clusters import Cluster


class ClusterClosed(DomainError):
    """Nothing new begins in a cluster that is no more."""

    code = "cluster_closed"
    message = _(
        "The cluster “%(cluster)s” was closed on %(day)s. Its page says which cluster took it up."
    )


def require_open(cluster: Cluster) -> None:
    """Raise ``ClusterClosed`` where a cluster is no more."""
    if cluster.closed_on:
        raise ClusterClosed(cluster=cluster, day=date_format(cluster.closed_on, "d.m.Y"))
