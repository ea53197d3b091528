"""The paper list of a door: printed with numbers, entered afterwards by them in two steps."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions, rules
from zveno.events.forms.paper import PaperForm
from zveno.events.models import Event, Mark, Place
from zveno.events.models.marks import HERE
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.ui.toasts import tell

PAGE = "events/paper.html"


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    event, lines = _list(request.actor, key)
    if event.state == Event.State.CANCELLED:
        return redirect("events:event", key)
    return render(request, PAGE, _facts(event, lines, PaperForm(len(lines))))


@require_POST
def _take(request: Request, key: UUID) -> HttpResponse:
    """Show whose numbers were typed; mark them once it is said that they are right."""
    if "sure" in request.POST:
        return _mark(request, key)
    with reading(request.actor):
        event, lines = _list(request.actor, key)
        form = PaperForm(len(lines), request.POST)
        if not form.is_valid():
            return render(request, PAGE, _facts(event, lines, form), status=422)
        chosen = [(number, lines[number - 1], uuid4()) for number in form.cleaned_data["numbers"]]
        return render(request, PAGE, _facts(event, lines, form) | {"chosen": chosen})


def _mark(request: Request, key: UUID) -> HttpResponse:
    taps = [_tap(said) for said in request.POST.getlist("sure")]
    kept = actions.send_marks(
        request.actor, key, noted=actions.Noted(HERE, [tap for tap in taps if tap])
    )
    told = ngettext("%(count)s child marked", "%(count)s children marked", len(kept))
    tell(request, told % {"count": len(kept)})
    return redirect("events:check", key)


def _tap(said: str) -> actions.Tap | None:
    """Read a place and the key that the page gave its mark."""
    place, _space, mark = said.partition(" ")
    try:
        return actions.Tap(UUID(mark), UUID(place), Mark.Kind.CAME, clock.now())
    except ValueError:
        return None


def _list(actor: Actor, key: UUID) -> tuple[Event, list[Place]]:
    event = Event.objects.visible_to(actor).select_related("host").pick(key)
    if not rules.meets(actor, event):
        raise NotAllowed
    return event, list(Place.objects.visible_to(actor).met_at(event))


def _facts(event: Event, lines: Sequence[Place], form: PaperForm) -> dict[str, Any]:
    return {"event": event, "places": lines, "form": form, "now": clock.now()}


paper = by_method(get=_show, post=_take)
