"""What people are told when another member leads a cluster."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zveno.network.models.clusters import Cluster
from zveno.people.models import Note, Notice, in_each_language


@in_each_language
def leads_now(cluster: Cluster) -> Note:
    """Tell those who lead a cluster from now on."""
    return Note(
        Notice.Kind.CHANGED,
        _("Your organisation now leads the cluster “%(cluster)s”") % {"cluster": cluster},
        reverse("network:cluster", args=[cluster.public_id]),
        _("Open the cluster"),
        text=_("Its members, agreements and plan are now yours to manage."),
    )


@in_each_language
def leads_no_more(cluster: Cluster) -> Note:
    """Tell those who led a cluster until now."""
    return Note(
        Notice.Kind.CHANGED,
        _("“%(cluster)s” is now led by %(base)s") % {"cluster": cluster, "base": cluster.base},
        reverse("network:cluster", args=[cluster.public_id]),
        _("Open the cluster"),
        text=_("Your organisation stays in the cluster as a member."),
    )
