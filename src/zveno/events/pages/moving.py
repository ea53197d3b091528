"""An event gets another time; a group says that it comes all the same."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions
from zveno.events.forms import MoveForm
from zveno.events.models import Event, Group
from zveno.events.pages.cancelling import _found
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request, by_method, reading
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

PAGE = "events/event_move.html"


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    event = _found(request.actor, key)
    if not event.may_be_moved:
        return redirect("events:event", key)
    form = MoveForm(initial=MoveForm.at_first(event))
    return render(request, PAGE, _about(request.actor, event) | {"form": form})


@require_POST
def _move(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        event = _found(request.actor, key)
        facts = _about(request.actor, event)
    form = MoveForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.move_event(request.actor, key, new=form.new_time(event.time_zone))
            tell(request, _("The event is moved. Those who come are told and asked."))
            return redirect("events:event", key)
    return draw(request, PAGE, facts | {"form": form})


@require_POST
def agree(request: Request, key: UUID) -> HttpResponse:
    """Note that a group comes at the new time."""
    actions.agree_to_move(request.actor, key)
    tell(request, _("Noted: you come at the new time."))
    return redirect("events:done", key)


@require_POST
def read(request: Request, key: UUID) -> HttpResponse:
    """Note that the sender has read what became of the event."""
    actions.confirm_reading(request.actor, key)
    tell(request, _("The host sees that you have read it."))
    return redirect("events:done", key)


def _about(actor: Actor, event: Event) -> dict[str, object]:
    groups = Group.objects.visible_to(actor).filter(event=event).live().count()
    return {"event": event, "of_cluster": event.cluster, "groups": groups}


move = by_method(get=_ask, post=_move)
