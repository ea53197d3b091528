"""Check-in on a phone: one tap marks a child, the next takes the mark back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions, rules
from zveno.events.models import CareNote, Event, Group, Place
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.kernel.reads import noted_by_its_verb

LONGEST = 100


@require_safe
def show(request: Request, key: UUID) -> HttpResponse:
    """Show the children who are expected."""
    return _draw(request, key, "")


@require_POST
def find(request: Request, key: UUID) -> HttpResponse:
    """Show those found by name: what is asked stands in no address, so in no history and no log."""
    with reading(request.actor):
        return _draw(request, key, request.POST.get("q", "").strip()[:LONGEST])


def _draw(request: Request, key: UUID, words: str) -> HttpResponse:
    actor = request.actor
    event = Event.objects.visible_to(actor).pick(key)
    if not rules.meets(actor, event):
        raise NotAllowed
    if event.state == Event.State.CANCELLED:
        return redirect("events:event", key)
    facts = {
        "event": event,
        "cares": CareNote.objects.visible_to(actor).for_door(event),
        "places": Place.objects.visible_to(actor).met_at(event).named(words),
        "groups": Group.objects.visible_to(actor)
        .filter(event=event)
        .without_list()
        .select_related("sender"),
        "hosts": rules.hosts(actor, event),
        "words": words,
    }
    return render(request, "events/check.html", facts)


def _key(text: str) -> UUID | None:
    """Return the key that the page gave this tap, if it did."""
    try:
        return UUID(text)
    except ValueError:
        return None


@require_POST
@noted_by_its_verb
def mark(request: Request, key: UUID) -> HttpResponse:
    """Mark a child or take the mark back; HTMX gets the child's row and the counters."""
    word, _space, mark = request.POST.get("came", "").partition(" ")
    verb = actions.undo_check_in if word == "no" else actions.check_in
    marked = verb(request.actor, key, mark=_key(mark))
    event = marked.place.event
    if not request.htmx:
        return redirect(f"{reverse('events:check', args=[event.public_id])}#p-{key}")
    facts = {"place": marked.place, "event": event}
    return render(request, "events/check_row.html", facts)


check = by_method(get=show, post=find)
