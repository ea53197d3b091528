"""Codes for the entrance, to print for a group: one of the whole group, one of each child."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zveno.events import rules
from zveno.events.models import Group, Place
from zveno.events.models.entrance import Names, entrance_qr
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request


@require_safe
def codes(request: Request, key: UUID) -> HttpResponse:
    """Show the code of the group and those of its children whose families agreed."""
    actor = request.actor
    group = Group.objects.visible_to(actor).select_related("event", "sender").pick(key)
    if not rules.sends_group(actor, group):
        raise NotAllowed
    places = Place.objects.visible_to(actor).met_at(group.event).filter(group=group)
    cards = [(one, entrance_qr(group.event, Names.CHILD, one.public_id)) for one in places]
    facts = {
        "group": group,
        "event": group.event,
        "qr": entrance_qr(group.event, Names.GROUP, group.public_id),
        "cards": cards,
    }
    return render(request, "events/codes.html", facts)
