"""From a plan item to an announced event, and its end."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions, rules
from zveno.events.forms import EventForm, of_event, of_item
from zveno.events.models import Event, before
from zveno.kernel.errors import BadInput, NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.plan.models import PlanItem
from zveno.ui.toasts import tell, warn

ZONE = "Europe/Moscow"


@require_safe
def show_new(request: Request, key: UUID) -> HttpResponse:
    """Ask for the facts of an event; lead to the event if the item has one already.

    What was called off is told again, but for the day.
    """
    item = PlanItem.objects.visible_to(request.actor).select_related("plan__cluster").pick(key)
    made = Event.objects.visible_to(request.actor).filter(plan_item=item).order_by("pk").last()
    cancelled = made is not None and made.state == Event.State.CANCELLED
    if made and not cancelled:
        return redirect("events:event", made.public_id)
    if not rules.hosts_item(request.actor, item):
        raise NotAllowed
    told = of_event(made) | {"day": None} if made else _proposed(item)
    return _draw_new(request, item, EventForm(initial=told))


def _proposed(item: PlanItem) -> dict[str, object]:
    """Return what the form says at first: the facts of the last event of this name, if any."""
    last = next(before([item]), None)
    return of_event(last[1]) | {"day": item.day} if last else of_item(item)


@require_POST
def make(request: Request, key: UUID) -> HttpResponse:
    """Make a draft."""
    form = EventForm(request.POST)
    if form.is_valid():
        try:
            event = actions.make_event(request.actor, key, facts=form.facts(ZONE))
        except BadInput as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            tell(request, _("The draft is ready. Check and publish it."))
            return redirect("events:event", event.public_id)
    with reading(request.actor):
        item = PlanItem.objects.visible_to(request.actor).select_related("plan__cluster").pick(key)
        return _draw_new(request, item, form)


def _draw_new(request: Request, item: PlanItem, form: EventForm) -> HttpResponse:
    facts = {"form": form, "cluster": item.plan.cluster}
    return render(request, "events/event_form.html", facts, status=422 if form.errors else 200)


@require_safe
def show_change(request: Request, key: UUID) -> HttpResponse:
    """Show the facts of a draft in a form."""
    event = Event.objects.visible_to(request.actor).pick(key)
    if not rules.hosts(request.actor, event):
        raise NotAllowed
    if event.state != Event.State.DRAFT:
        raise actions.NoDraft(title=event.title)
    form = EventForm(initial=of_event(event))
    return render(request, "events/event_form.html", {"form": form, "event": event})


@require_POST
def change(request: Request, key: UUID) -> HttpResponse:
    """Change a draft."""
    form = EventForm(request.POST)
    if form.is_valid():
        try:
            actions.change_event(request.actor, key, facts=form.facts(ZONE))
        except BadInput as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            tell(request, _("Draft saved."))
            return redirect("events:event", key)
    with reading(request.actor):
        event = Event.objects.visible_to(request.actor).pick(key)
        facts = {"form": form, "event": event}
        return render(request, "events/event_form.html", facts, status=422)


@require_POST
def announce(request: Request, key: UUID) -> HttpResponse:
    """Open the registration."""
    actions.announce(request.actor, key)
    tell(request, _("The event is published: schools can reserve seats."))
    return redirect("events:event", key)


@require_POST
def hold(request: Request, key: UUID) -> HttpResponse:
    """Close the event."""
    try:
        actions.hold_event(request.actor, key)
    except (actions.AlreadyHeld, actions.NotBegun) as refusal:
        warn(request, str(refusal))
    else:
        tell(request, _("The event is closed and counted in the plan and the obligation."))
    return redirect("events:event", key)


new = by_method(get=show_new, post=make)
edit = by_method(get=show_change, post=change)
