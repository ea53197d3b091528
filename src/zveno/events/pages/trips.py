"""How a group travels: consents to the trip, who leaves. The host is shown none of it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions, rules
from zveno.events.models import Escort, Group, adults_needed, departing, lacking, travellers
from zveno.events.pages.groups import keys_of
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.learners import actions as learners
from zveno.learners.models import ConsentOrder, Method
from zveno.ui.toasts import tell, warn


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    group = _group(request.actor, key)
    ways = ConsentOrder.objects.visible_to(request.actor).ways_of(group.sender)
    facts = _facts(request.actor, group) | {"kept": Method.KEPT in ways}
    return render(request, "events/trip.html", facts)


@require_POST
def _keep(request: Request, key: UUID) -> HttpResponse:
    places = keys_of(request.POST.getlist("rows"))
    if not places:
        with reading(request.actor):
            _group(request.actor, key)
        warn(request, _("Tick at least one child."))
        return redirect("events:trip", key)
    try:
        noted = actions.keep_trip_consents(request.actor, key, places=places)
    except learners.WayOff as refusal:
        warn(request, str(refusal))
        return redirect("events:trip", key)
    words = ngettext(
        "%(count)s consent to trips recorded.", "%(count)s consents to trips recorded.", noted
    )
    tell(request, words % {"count": noted} if noted else _("All of them are recorded already."))
    return redirect("events:trip", key)


@require_POST
def travel(request: Request, key: UUID) -> HttpResponse:
    """Note whether the group travels together."""
    said = request.POST.get("travels")
    if said not in {"yes", "no"}:
        raise Http404
    actions.say_travel(request.actor, key, travels=said == "yes")
    return redirect("events:trip", key)


@require_safe
def leaving(request: Request, key: UUID) -> HttpResponse:
    """Show the list to print: who leaves with the group, and who does not for which reason."""
    group = _group(request.actor, key)
    if not group.travels:
        return redirect("events:trip", key)
    return render(request, "events/departing.html", _facts(request.actor, group))


def _group(actor: Actor, key: UUID) -> Group:
    groups = Group.objects.visible_to(actor).select_related(
        "event__host", "event__cluster", "sender"
    )
    group = groups.pick(key)
    if not rules.sends_group(actor, group):
        raise NotAllowed
    return group


def _facts(actor: Actor, group: Group) -> dict[str, object]:
    found = travellers(actor, group)
    leave = departing(found)
    leader = Escort.objects.visible_to(actor).filter(group=group, leads=True).first()
    return {
        "group": group,
        "event": group.event,
        "of_cluster": group.event.cluster,
        "travellers": found,
        "allowed": sum(one.allowed for one in found),
        "missing": sum(not one.allowed for one in found),
        "leaving": leave,
        "staying": [one for one in found if not one.departs],
        "needed": adults_needed(group, found),
        "leader": leader,
        "lacking": lacking(group, found, leader),
    }


trip = by_method(get=_show, post=_keep)
