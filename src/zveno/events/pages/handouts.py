"""Files for teachers: attached by the host, read by whoever sees the event."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions
from zveno.events.forms.handouts import HandoutForm
from zveno.events.models import Event, Handout
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.saving import saved
from zveno.ui.toasts import tell, tell_with_undo, warn

PAGE = "events/handouts.html"


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    return render(request, PAGE, _facts(request.actor, key) | {"form": HandoutForm()})


@require_POST
def _attach(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        _facts(request.actor, key)
    sent = str(request.META.get("CONTENT_LENGTH", ""))
    size = int(sent) if sent.isdecimal() else 0
    form = HandoutForm(request.POST, request.FILES, sent=size)
    if form.is_valid():
        with RefusalsIn(form):
            actions.attach_file(request.actor, key, upload=form.upload())
            tell(request, _("The file is attached: teachers see it on the page of the event."))
            return redirect("events:handouts", key)
    with reading(request.actor):
        facts = _facts(request.actor, key)
    return draw(request, PAGE, facts | {"form": form})


@require_safe
def handout(request: Request, key: UUID) -> HttpResponse:
    """Send a file, never to be shown inside the site."""
    found = Handout.objects.visible_to(request.actor).pick(key)
    stored = found.stored()
    return saved(found.name, stored.media_type, bytes(stored.data))


@require_POST
def remove(request: Request, key: UUID) -> HttpResponse:
    """Take a file away; one press puts it back."""
    event = _event_of(request.actor, key)
    actions.remove_file(request.actor, key)
    tell_with_undo(request, _("The file is removed."), reverse("events:return_file", args=[key]))
    return redirect("events:handouts", event)


@require_POST
def put_back(request: Request, key: UUID) -> HttpResponse:
    """Put back a file that was taken away."""
    event = _event_of(request.actor, key)
    try:
        actions.return_file(request.actor, key)
    except actions.TooManyHandouts as refusal:
        warn(request, str(refusal))
    else:
        tell(request, _("The file is back."))
    return redirect("events:handouts", event)


def _event_of(actor: Actor, key: UUID) -> UUID:
    with reading(actor):
        found = Handout.objects.visible_to(actor).select_related("event").pick(key)
        return found.event.public_id


def _facts(actor: Actor, key: UUID) -> dict[str, object]:
    event = Event.objects.visible_to(actor).select_related("cluster").pick(key)
    if not actions.attach_file.allowed(actor, event):
        raise NotAllowed
    files = list(Handout.objects.visible_to(actor).filter(event=event).at_hand())
    return {"event": event, "of_cluster": event.cluster, "files": files}


handouts = by_method(get=_show, post=_attach)
