"""The frame of a signed-in page: who works where."""

from operator import itemgetter
from typing import cast

from django import template

from zveno.desk.models import Place, Shell
from zveno.desk.models.questions import framed
from zveno.desk.models.taking_part import Part, part_of
from zveno.kernel.http import Request
from zveno.network.models import Agreement, Cluster
from zveno.organisations.models import Organisation
from zveno.people.models import Account, Post, needs_second_step, rights_of

register = template.Library()
MOST = 99
SENDERS = {Post.Role.HEAD, Post.Role.REPRESENTATIVE}
CHILDREN_AT = {Organisation.Kind.SCHOOL, Organisation.Kind.PRESCHOOL}


@register.simple_tag(takes_context=True)
def shell(context: template.Context) -> Shell | None:
    """Return the frame of this request, made once: {% shell as shell %}. None for a stranger.

    The cluster a page is about stands first in it, or the one its event is ``of_cluster``.
    """
    request: Request = context["request"]
    if not request.actor.scope:
        return None
    if not hasattr(request, "_shell"):
        about = _here(context) or context.get("of_cluster")
        request._shell = _shell(request, about)  # type: ignore[attr-defined]
    made: Shell = request._shell  # type: ignore[attr-defined]
    return made


@register.simple_tag(takes_context=True)
def within_cluster(context: template.Context) -> bool:
    """Say whether the page belongs to the section of a cluster that is in the menu."""
    made = shell(context)
    return bool(made and made.inside and _here(context))


@register.simple_tag(takes_context=True)
def taking_part(context: template.Context, organisation: Organisation) -> Part:
    """Return what an organisation takes part in, as far as the reader sees it."""
    request: Request = context["request"]
    return part_of(request.actor, organisation)


def _here(context: template.Context) -> Cluster | None:
    here: Cluster | None = context.get("cluster")
    agreement: Agreement | None = context.get("agreement")
    return agreement.cluster if agreement and not here else here


def _shell(request: Request, here: Cluster | None) -> Shell:
    actor = request.actor
    account = cast("Account", request.user)
    post, frame = account.held[0], framed(cast("int", actor.person), actor.scope, MOST)
    first = here.public_id if here else None
    places = [
        (
            (cluster.public_id != first, cluster.base not in actor.scope),
            Place(str(cluster.public_id), cluster.name, cluster.territory),
        )
        for cluster in frame.clusters
    ]
    roles = {role for _, role in actor.roles}
    title = post.title or str(Post.Role(post.role).label)
    return Shell(
        name=" ".join(filter(None, [frame.given_name, frame.family_name])),
        given_name=frame.given_name or frame.family_name,
        role=", ".join(filter(None, [title, post.place])),
        clusters=[place for _, place in sorted(places, key=itemgetter(0))],
        coordinates=Post.Role.COORDINATOR in roles,
        sends=bool(SENDERS & roles),
        keeps_children=any(
            one.kind in CHILDREN_AT and SENDERS & rights_of(one.role) for one in account.held
        ),
        inside=str(first) in {place.key for _, place in places},
        roles=frozenset(roles),
        unread=frame.unread,
        unguarded=account.second_step_at is None and needs_second_step(actor),
    )
