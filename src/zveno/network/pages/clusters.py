"""The overview of a cluster: who is in it, what it is, what comes next."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request
from zveno.network import actions
from zveno.network.models import (
    Agreement,
    Cluster,
    Heard,
    Membership,
    Participation,
    Role,
    Shared,
    heard_in,
    members_now,
    opened,
    progress_of,
    shared_in,
    silent,
)
from zveno.network.pages.figure import FEWEST, network_of
from zveno.network.pages.open import is_outside, may
from zveno.ui.networks import Network


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the way of a cluster; ``state`` is empty for one that is behind."""

    title: str
    text: str = ""
    url: str = ""
    done: bool = False
    state: str = ""


@require_safe
def overview(request: Request, key: UUID) -> HttpResponse:
    """Show a cluster: its network, its passport, what comes next."""
    cluster = opened(key)
    members = members_now(cluster)
    may_add = may(actions.bring_members, request.actor, cluster)
    heard = _heard(request.actor, cluster, members)
    return render(
        request,
        "network/cluster.html",
        {
            "cluster": cluster,
            "members": members,
            "outside": is_outside(request.actor, cluster, members),
            "network": _network(cluster, members, heard) if len(members) >= FEWEST else None,
            "heard": heard,
            "silent": silent(heard) if may_add else [],
            "silent_days": settings.ZVENO_SILENT_DAYS,
            "operator": _operator(members),
            "may_add": may_add,
            "may_change": may(actions.change_cluster, request.actor, cluster),
            "programmes": _programmes(request.actor, cluster, members),
            "steps": _steps(cluster, members) if may_add else [],
        },
    )


def _heard(actor: Actor, cluster: Cluster, members: list[Membership]) -> list[Heard]:
    """Read what was heard of the members: for who leads the cluster or belongs to it."""
    return heard_in([cluster.pk]) if actor.scope & _inside(cluster, members) else []


def _programmes(actor: Actor, cluster: Cluster, members: list[Membership]) -> list[Shared]:
    """List the programmes the cluster takes part in that the actor sees."""
    if actor.scope & _inside(cluster, members):
        return shared_in(cluster)
    seen = Participation.objects.visible_to(actor).filter(cluster=cluster).on(clock.today())
    rows = seen.select_related("programme").order_by("programme__name", "programme")
    return [Shared(one.programme.public_id, one.programme.name) for one in rows]


def _inside(cluster: Cluster, members: list[Membership]) -> set[int]:
    return {cluster.base_id, *(one.organisation_id for one in members)}


def _network(cluster: Cluster, members: list[Membership], heard: list[Heard]) -> Network:
    table = reverse("network:members", args=[cluster.public_id])
    return network_of(cluster.base, members, table, {one.organisation: one for one in heard})


def _operator(members: list[Membership]) -> str:
    return next(
        (str(item.organisation) for item in members if item.role == Role.METHODICAL_OPERATOR), ""
    )


def _steps(cluster: Cluster, members: list[Membership]) -> list[Step]:
    """Tell the coordinator what is done, what is due and what follows."""
    steps = [
        _gathering(cluster, members),
        _signing(cluster),
        Step(_("Keep the plan of the year"), "", reverse("plan:plan", args=[cluster.public_id])),
    ]
    due = next(n for n, step in enumerate(steps) if not step.done)
    return [replace(step, state=_state(n, due)) for n, step in enumerate(steps)]


def _state(number: int, due: int) -> str:
    if number == due:
        return "now"
    return "next" if number > due else ""


def _gathering(cluster: Cluster, members: list[Membership]) -> Step:
    number = len(members)
    if number < FEWEST:
        url = reverse("network:add_members", args=[cluster.public_id])
        return Step(_("Add the members"), _("Paste a table and Zveno will read it"), url)
    words = ngettext("%(number)s organisation", "%(number)s organisations", number)
    return Step(_("Members are added"), words % {"number": number}, done=True)


def _signing(cluster: Cluster) -> Step:
    url = reverse("network:agreements", args=[cluster.public_id])
    progress = progress_of(cluster)
    if progress is None:
        return Step(_("Draw up the agreement"), "", url)
    if progress.state == Agreement.State.IN_FORCE:
        return Step(_("The agreement is in force"), "", url, done=True)
    facts = {"signed": progress.signed, "parties": progress.parties}
    return Step(_("Collect the signatures"), _("%(signed)s of %(parties)s signed") % facts, url)
