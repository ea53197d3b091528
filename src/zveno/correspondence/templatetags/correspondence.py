"""What pages of rooms below show of correspondence."""

from django import template

from zveno.correspondence.models import Meeting
from zveno.kernel.http import Request
from zveno.network.models import Cluster

register = template.Library()


@register.simple_tag(takes_context=True)
def next_meeting(context: template.Context, cluster: Cluster) -> Meeting | None:
    """Return the next meeting of a cluster the reader leads or is invited to."""
    request: Request = context["request"]
    rows = Meeting.objects.visible_to(request.actor).filter(cluster=cluster)
    return rows.to_come().first() if request.actor.scope else None
