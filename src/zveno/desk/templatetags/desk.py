"""The frame of a signed-in page: who works where."""

from django import template

from zveno.desk.models import Place, Shell
from zveno.kernel.http import Request
from zveno.network.models import Agreement, Cluster
from zveno.people.models import Post

register = template.Library()
SENDERS = {Post.Role.HEAD, Post.Role.REPRESENTATIVE}


@register.simple_tag(takes_context=True)
def shell(context: template.Context) -> Shell | None:
    """Return the frame of this request, made once: {% shell as shell %}. None for a stranger.

    The cluster a page is about stands first in it.
    """
    request: Request = context["request"]
    if not request.actor.scope:
        return None
    if not hasattr(request, "_shell"):
        request._shell = _shell(request, _here(context))  # type: ignore[attr-defined]
    made: Shell = request._shell  # type: ignore[attr-defined]
    return made


def _here(context: template.Context) -> Cluster | None:
    here: Cluster | None = context.get("cluster")
    agreement: Agreement | None = context.get("agreement")
    return agreement.cluster if agreement and not here else here


def _shell(request: Request, here: Cluster | None) -> Shell:
    actor = request.actor
    posts = list(
        Post.objects.visible_to(actor)
        .filter(person=actor.person)
        .live()
        .select_related("person", "organisation")
        .order_by("pk")
    )
    clusters = (
        Cluster.objects.visible_to(actor)
        .joined_by(actor)
        .select_related("territory")
        .order_by("pk")
    )
    roles = {role for _, role in actor.roles}
    usual = sorted(clusters, key=lambda one: (one != here, one.base_id not in actor.scope))
    person = posts[0].person
    return Shell(
        name=" ".join(filter(None, [person.given_name, person.family_name])),
        given_name=person.given_name or person.family_name,
        role=f"{posts[0]}, {posts[0].organisation}",
        clusters=[
            Place(str(cluster.public_id), cluster.name, cluster.territory.name) for cluster in usual
        ],
        coordinates=Post.Role.COORDINATOR in roles,
        sends=bool(SENDERS & roles),
    )
