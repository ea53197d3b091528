"""The sheet of a safety briefing: who was instructed before the work began, to sign on paper."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from zveno.events import rules
from zveno.events.models import Escort, Event, Group, Place
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request

SPARE = 3
"""Empty lines for whoever is on no list."""


@require_safe
def briefing(request: Request, key: UUID) -> HttpResponse:
    """Show the sheet: children who came, all expected before the first one, and their leaders."""
    actor = request.actor
    event = Event.objects.visible_to(actor).select_related("host").pick(key)
    if not rules.meets(actor, event):
        raise NotAllowed
    if event.state == Event.State.CANCELLED:
        return redirect("events:event", key)
    groups = Group.objects.visible_to(actor).filter(event=event, state__in=Group.TAKEN)
    coming = list(groups.select_related("sender").order_by("pk"))
    leaders = Escort.objects.visible_to(actor).leaders(coming)
    facts = {
        "event": event,
        "places": _there(list(Place.objects.visible_to(actor).met_at(event))),
        "leaders": [(one.sender, leaders[one.pk]) for one in coming if one.pk in leaders],
        "spare": range(SPARE),
    }
    return render(request, "events/briefing.html", facts)


def _there(expected: Sequence[Place]) -> Sequence[Place]:
    return [place for place in expected if place.came_at] or expected
