"""What pages of rooms below show of correspondence."""

from django import template

from zveno.correspondence.models import Coming, coming_in
from zveno.kernel.http import Request
from zveno.network.models import Cluster

register = template.Library()


@register.simple_tag(takes_context=True)
def next_meeting(context: template.Context, cluster: Cluster) -> Coming | None:
    """Return the next meeting of a cluster the reader leads or is invited to."""
    request: Request = context["request"]
    return coming_in(request.actor, cluster) if request.actor.scope else None
