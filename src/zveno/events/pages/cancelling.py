"""An event is called off: what follows is shown before it is done."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions, rules
from zveno.events.forms import CancelForm
from zveno.events.models import Event, Group
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.ui.answers import draw
from zveno.ui.toasts import tell

PAGE = "events/event_cancel.html"


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    event = _found(request.actor, key)
    if not event.may_be_cancelled:
        return redirect("events:event", key)
    return render(request, PAGE, _about(request.actor, event) | {"form": CancelForm()})


@require_POST
def _cancel(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _about(request.actor, _found(request.actor, key))
    form = CancelForm(request.POST)
    if form.is_valid():
        actions.cancel_event(request.actor, key, **form.cleaned_data)
        tell(request, _("The event is cancelled. Those who were coming are told."))
        return redirect("events:event", key)
    return draw(request, PAGE, facts | {"form": form})


def _found(actor: Actor, key: UUID) -> Event:
    event = Event.objects.visible_to(actor).select_related("cluster").pick(key)
    if not rules.hosts(actor, event):
        raise NotAllowed
    return event


def _about(actor: Actor, event: Event) -> dict[str, object]:
    groups = list(Group.objects.visible_to(actor).filter(event=event).live())
    held = sum(group.seats for group in groups if group.state in Group.HOLDING)
    facts = {"event": event, "of_cluster": event.cluster}
    return facts | {"groups": len(groups), "children": held}


cancel = by_method(get=_ask, post=_cancel)
