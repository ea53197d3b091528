"""The page of a cluster that anybody may read."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zveno.kernel.http import Request
from zveno.network.models import Cluster, Membership
from zveno.network.pages.figure import FEWEST, network_of


@login_not_required
@require_safe
def public_cluster(request: Request, key: UUID) -> HttpResponse:
    """Tell families what a cluster is for and who is in it: organisations only, no persons."""
    cluster = (
        Cluster.objects.visible_to(request.actor).select_related("base", "territory").pick(key)
    )
    members = list(
        Membership.objects.visible_to(request.actor)
        .filter(cluster=cluster)
        .live()
        .base_first()
        .select_related("organisation")
    )
    facts = {
        "cluster": cluster,
        "members": members,
        "network": network_of(cluster.base, members) if len(members) >= FEWEST else None,
    }
    return render(request, "network/public_cluster.html", facts)
