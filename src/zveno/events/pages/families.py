"""Families at an event, for its host: seats for them, numbers, and the door. No email is shown."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.codes.models import retention
from zveno.events import actions, rules
from zveno.events.forms.visits import CodeForm, FamiliesForm
from zveno.events.models import Event, Visit
from zveno.events.models.visits import FEWEST
from zveno.events.pages.cancelling import _found
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell, warn

PAGE, DOOR = "events/families.html", "events/check_families.html"


@dataclass(frozen=True, slots=True)
class Aged:
    """How many families bring children of an age; fewer than five are not told: None."""

    name: str
    families: int | None


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    event = _found(request.actor, key)
    form = FamiliesForm(initial={"seats": event.families_seats or ""})
    return render(request, PAGE, _board(request.actor, event) | {"form": form})


@require_POST
def _open(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        event = _found(request.actor, key)
    if "close" in request.POST:
        actions.close_to_families(request.actor, key)
        tell(request, _("Families cannot register any more. Tickets that were sent stay valid."))
        return redirect("events:families", key)
    form = FamiliesForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.open_to_families(request.actor, key, **form.cleaned_data)
            tell(request, _("Saved. Families see it on the public page of the event."))
            return redirect("events:families", key)
    with reading(request.actor):
        facts = _board(request.actor, event)
    return draw(request, PAGE, facts | {"form": form})


def _board(actor: Actor, event: Event) -> dict[str, Any]:
    visits = Visit.objects.visible_to(actor).filter(event=event).live()
    counts = visits.by_age() if event.families else {}
    ages = [
        Aged(str(Visit.Age(age).label), count if count >= FEWEST else None)
        for age, count in counts.items()
        if count
    ]
    return {
        "event": event,
        "of_cluster": event.cluster,
        "ages": ages,
        "days": retention().by_code["visits"].days,
        "address": settings.ADDRESS + reverse("events:visit", args=[event.public_id]),
    }


@require_safe
def _look(request: Request, key: UUID) -> HttpResponse:
    """Show the ticket a code is of: it opens nothing to strangers, so an address may hold it."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    return render(request, DOOR, _at_door(request.actor, key, form))


@require_POST
def _meet(request: Request, key: UUID) -> HttpResponse:
    """Mark a family, or take the mark back."""
    form = CodeForm(request.POST)
    with reading(request.actor):
        facts = _at_door(request.actor, key, form)
    visit = facts["visit"]
    if visit is None:
        return draw(request, DOOR, facts)
    if request.POST.get("came") == "no":
        actions.undo_meeting_family(request.actor, visit.public_id)
    else:
        try:
            actions.meet_family(request.actor, visit.public_id)
        except (actions.TicketReturned, actions.IsCancelled) as refusal:
            warn(request, str(refusal))
    return redirect(f"{reverse('events:check_families', args=[key])}?code={visit.code}")


def _at_door(actor: Actor, key: UUID, form: CodeForm) -> dict[str, Any]:
    event = Event.objects.visible_to(actor).pick(key)
    if not rules.meets(actor, event):
        raise NotAllowed
    return {"event": event, "form": form, "visit": _of_code(actor, event, form)}


def _of_code(actor: Actor, event: Event, form: CodeForm) -> Visit | None:
    """Find the ticket; say so beside the field when there is none."""
    if not form.is_valid():
        return None
    rows = Visit.objects.visible_to(actor).filter(event=event)
    found = rows.filter(code=form.cleaned_data["code"]).select_related("event").first()
    if found is None:
        form.add_error("code", _("There is no such ticket to this event. Check the digits."))
    return found


families = by_method(get=_show, post=_open)
check_families = by_method(get=_look, post=_meet)
