"""What an event is announced with: texts to copy and a poster to print."""

import base64
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zveno.events import rules
from zveno.events.models import Event, announcement_of, poster_of
from zveno.kernel import engines
from zveno.kernel.actor import Actor
from zveno.kernel.engines import EngineRefused
from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request


@require_safe
def announcement(request: Request, key: UUID) -> HttpResponse:
    """Show the texts; of what is over or called off nobody is told."""
    event = _event(request.actor, key)
    if not event.is_to_come:
        return redirect("events:event", key)
    return _draw(request, event)


@require_safe
def poster(request: Request, key: UUID) -> HttpResponse:
    """Hand over the poster as a PDF; say which letter cannot be printed."""
    event = _event(request.actor, key)
    if not event.is_to_come:
        raise NotFound
    try:
        drawn = engines.run("posters", {"poster": poster_of(event)})
    except EngineRefused as refusal:
        letters = refusal.facts.get("characters") or refusal.facts.get("character") or ""
        return _draw(request, event, str(letters) or _("a sign"))
    answer = HttpResponse(base64.b64decode(drawn["pdf"]), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="poster-{event.starts_at:%Y-%m-%d}.pdf"'
    return answer


def _draw(request: Request, event: Event, unprintable: str = "") -> HttpResponse:
    texts = announcement_of(event)
    facts = {
        "event": event,
        "of_cluster": event.cluster,
        "hosts": rules.hosts(request.actor, event),
        "subject": texts.subject,
        "texts": [
            ("messenger", _("For a messenger"), texts.messenger),
            ("site", _("For a site"), texts.site),
            ("letter", _("A letter to schools"), texts.letter),
        ],
        "unprintable": unprintable,
    }
    status = 409 if unprintable else 200
    return render(request, "events/announcement.html", facts, status=status)


def _event(actor: Actor, key: UUID) -> Event:
    return Event.objects.visible_to(actor).select_related("host", "cluster").pick(key)
