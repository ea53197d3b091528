"""The page of a cluster that anybody may read: organisations and numbers, no persons."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.http import Request
from zveno.network.models import Cluster, Membership, Reform, Result
from zveno.network.models.versions import version_of
from zveno.network.pages.figure import FEWEST, colour_of, marks_of, network_of
from zveno.organisations.models import Organisation
from zveno.ui.kept import Facts, kept
from zveno.ui.maps import Area, Plan, Spot

Kind = Organisation.Kind
SCHEMA = {
    Kind.COLLEGE: "CollegeOrUniversity",
    Kind.UNIVERSITY: "CollegeOrUniversity",
    Kind.SCHOOL: "School",
    Kind.PRESCHOOL: "Preschool",
    Kind.EDUCATION_AUTHORITY: "GovernmentOrganization",
    Kind.EMPLOYER: "Corporation",
    Kind.OTHER: "Organization",
}
"""Types of schema.org; what is not here is an ``EducationalOrganization``."""


@login_not_required
@require_safe
def public_cluster(request: Request, key: UUID) -> HttpResponse:
    """Tell families what a cluster is for, who is in it and what came of it."""

    def read() -> Facts:
        return _read(request.actor, key)

    return kept(request, "network/public_cluster.html", version_of(key), read)


def _read(actor: Actor, key: UUID) -> Facts:
    cluster = Cluster.objects.visible_to(actor).select_related("base", "territory").pick(key)
    rows = Membership.objects.visible_to(actor).filter(cluster=cluster).live().base_first()
    members = list(rows.select_related("organisation__territory"))
    results = list(Result.objects.visible_to(actor).filter(cluster=cluster).eventful())
    return {
        "cluster": cluster,
        "members": members,
        "network": network_of(cluster.base, members) if len(members) >= FEWEST else None,
        "plan": _plan(members),
        "results": results,
        "events": sum(one.events for one in results),
        "visits": sum(one.told_visits or 0 for one in results),
        "agreements": sum(one.agreements for one in results),
        "linked": linked(cluster, members),
        "heir": _heir(actor, cluster),
    }


def _heir(actor: Actor, cluster: Cluster) -> Cluster | None:
    """Return the cluster that took up one that is closed."""
    if not cluster.is_closed:
        return None
    return Reform.objects.visible_to(actor).that_closed(cluster).get().target


def _plan(members: Sequence[Membership]) -> Plan:
    """Put the members where they are: a place without one of them is not drawn."""
    places: dict[str, list[Spot]] = {}
    for member in members:
        one = member.organisation
        place = str(one.territory or _("Place unknown"))
        spot = Spot(one.name, str(one), colour_of(member))
        places.setdefault(place, []).append(spot)
    areas = [Area(name, spots) for name, spots in sorted(places.items())]
    kinds = {spot.kind for area in areas for spot in area.spots}
    return Plan(_("Members by territory"), areas, marks_of(kinds))


def linked(cluster: Cluster, members: Sequence[Membership]) -> dict[str, Any]:
    """Describe a cluster in the words of schema.org (JSON-LD)."""
    facts = {
        "@context": "https://schema.org",
        "@type": "Consortium",
        "name": cluster.name,
        "description": cluster.aim,
        "url": f"{settings.ADDRESS}/p/c/{cluster.public_id}/",
        "foundingDate": cluster.founded_on.isoformat(),
        "dissolutionDate": cluster.closed_on.isoformat() if cluster.closed_on else "",
        "areaServed": {"@type": "AdministrativeArea", "name": str(cluster.territory)},
        "knowsAbout": cluster.sector_name if cluster.sector else "",
        "member": [_member(one.organisation) for one in members],
    }
    return {name: value for name, value in facts.items() if value}


def _member(one: Organisation) -> dict[str, str]:
    kind = SCHEMA.get(Kind(one.kind), "EducationalOrganization")
    facts = {"@type": kind, "name": one.name, "url": one.site}
    return {name: value for name, value in facts.items() if value}
