"""The members of a cluster in a table: who leads them, and what is missing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.http import Request
from zveno.network import actions, rules
from zveno.network.models import Cluster, Fate, MemberList, Membership
from zveno.network.pages.open import is_outside, may
from zveno.organisations.models import KINDS, Organisation
from zveno.people.models import Post
from zveno.ui.faces import Face

COMPLETE = Face(_("Everything is filled in"), "ok", "check")
NO_INN = Face(_("No INN"), "warn", "warn")
NO_HEAD = Face(_("No head"), "warn", "warn")
NEITHER = Face(_("No head, no INN"), "warn", "warn")
FACES = {(True, True): COMPLETE, (True, False): NO_INN, (False, True): NO_HEAD}


@dataclass(frozen=True, slots=True)
class Member:
    """A row of the table."""

    membership: Membership
    head: Post | None
    face: Face


@require_safe
def members(request: Request, key: UUID) -> HttpResponse:
    """Show who is in a cluster, possibly of one kind (``?kind=school``)."""
    actor = request.actor
    cluster = Cluster.objects.visible_to(actor).select_related("base").pick(key)
    everyone = list(
        Membership.objects.visible_to(actor)
        .filter(cluster=cluster)
        .live()
        .base_first()
        .select_related("organisation")
    )
    kind = request.GET.get("kind", "")
    shown = [one for one in everyone if kind in {"", one.organisation.kind}]
    heads = _heads(actor, shown)
    return render(
        request,
        "network/members.html",
        {
            "cluster": cluster,
            "outside": is_outside(actor, cluster, everyone),
            "number": len(everyone),
            "kinds": _kinds(everyone),
            "members": [_member(one, heads.get(one.organisation_id)) for one in shown],
            "may_add": may(actions.bring_members, actor, cluster),
            "speaking": _speaking(actor, cluster, everyone),
            "waiting": _waiting(actor, cluster),
        },
    )


def _speaking(
    actor: Actor, cluster: Cluster, everyone: Sequence[Membership]
) -> Organisation | None:
    """Return the member for which the actor brings tables of the children of all."""
    for one in () if cluster.is_closed else everyone:
        if rules.speaks_for_members(actor, one):
            return one.organisation
    return None


def _heads(actor: Actor, shown: Sequence[Membership]) -> dict[int, Post]:
    posts = (
        Post.objects.visible_to(actor)
        .live()
        .filter(role=Post.Role.HEAD, organisation__in=[one.organisation_id for one in shown])
        .select_related("person")
    )
    return {post.organisation_id: post for post in posts}


def _member(membership: Membership, head: Post | None) -> Member:
    known = (head is not None, bool(membership.organisation.inn))
    return Member(membership, head, FACES.get(known, NEITHER))


def _kinds(everyone: Sequence[Membership]) -> list[tuple[str, str, int]]:
    """Count the kinds there are."""
    counted = Counter(one.organisation.kind for one in everyone)
    return [(kind, str(words), counted[kind]) for kind, words in KINDS.items() if counted[kind]]


def _waiting(actor: Actor, cluster: Cluster) -> list[tuple[MemberList, int]]:
    """List tables with rows that wait to be mended or accepted, newest first."""
    brought = MemberList.objects.visible_to(actor).filter(cluster=cluster).order_by("-pk")[:10]
    counted = [(one, one.counts()) for one in brought]
    left = [(one, counts[Fate.HELD] + counts[Fate.READY]) for one, counts in counted]
    return [(one, number) for one, number in left if number]
