"""A region: its clusters, their organisations, agreements and events; who needs help."""

from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zveno.desk.models import regions
from zveno.desk.models.regions import InRegion
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request
from zveno.organisations.models import Organisation, Territory
from zveno.people.models import Post
from zveno.ui.sheets import TYPES, attached

SORTS = {"members": attrgetter("members"), "held": attrgetter("held")}
HEADS = (
    _("Cluster"),
    _("Sector"),
    _("Base organisation"),
    _("Organisations"),
    _("In force"),
    _("Being signed"),
    _("Events held"),
)


@require_safe
def region(request: Request, key: UUID) -> HttpResponse:
    """Show a region; ``?sort=`` puts its clusters in another order."""
    place = _region(request.actor, key)
    return render(request, "desk/region.html", {"region": place, **facts_of(request, place)})


@require_safe
def export(request: Request, key: UUID, kind: str) -> HttpResponse:
    """Hand over the clusters in the order shown. Raises ``Http404`` for another kind of file."""
    if kind not in TYPES:
        raise Http404
    clusters = facts_of(request, _region(request.actor, key))["clusters"]
    rows = ((one.name, one.trade, one.base, *one[5:]) for one in clusters)
    return attached("region", kind, HEADS, rows)


def facts_of(request: Request, place: Territory) -> dict[str, Any]:
    """Return what the page and the home of an authority show of a region."""
    clusters = regions.clusters_of(place.pk)
    by = SORTS.get(request.GET.get("sort", ""))
    return {
        "clusters": sorted(clusters, key=by, reverse=True) if by else clusters,
        "organisations": regions.organisations_of(place.pk),
        "in_force": sum(one.in_force for one in clusters),
        "held": sum(one.held for one in clusters),
        "without": [one for one in clusters if _needs_help(one)],
    }


def _needs_help(cluster: InRegion) -> bool:
    """Whether nothing is agreed in a cluster of several, by the rule the page names."""
    return not cluster.in_force and cluster.members > 1


def looked_after(actor: Actor) -> Territory | None:
    """Return the region that the actor's authority looks after; nothing for anybody else."""
    own = {key for key, role in actor.roles if role == Post.Role.REGIONAL_AUTHORITY}
    if not own:
        return None
    stands = Organisation.objects.visible_to(actor).filter(pk__in=own).values("territory")
    places = Territory.objects.visible_to(actor).filter(kind=Territory.Kind.REGION)
    return places.filter(Q(pk__in=stands) | Q(below__in=stands)).first()


def _region(actor: Actor, key: UUID) -> Territory:
    place: Territory = Territory.objects.visible_to(actor).pick(key)
    if place.kind != Territory.Kind.REGION:
        raise Http404
    return place
