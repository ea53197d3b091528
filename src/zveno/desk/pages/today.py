"""The home page: what waits for you, what is next."""

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from zveno.desk.pages import coordinator, sender
from zveno.events.models import Certificate, Event
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request
from zveno.network.models import Obligation

NEAREST = 5
RECENT = timedelta(days=60)
GREETINGS = ((5, _("Good night")), (12, _("Good morning")), (18, _("Good afternoon")))


@require_GET
def today(request: Request) -> HttpResponse:
    """Show what waits for the one who signed in."""
    actor = request.actor
    page = {
        "todos": [*coordinator.waits(actor), *sender.waits(actor)],
        "events": Event.objects.visible_to(actor).coming().filter(state="open")[:NEAREST],
        "obligations": _obligations(actor),
        "certified": _certified(actor),
        "greeting": _greeting(),
        "now": localtime(clock.now()),
        "sends": bool(sender.senders(actor)),
    }
    return render(request, "desk/today.html", page)


def _obligations(actor: Actor) -> list[Obligation]:
    led = coordinator.bases(actor)
    if not led:
        return []
    return list(
        Obligation.objects.visible_to(actor)
        .in_force()
        .filter(agreement__cluster__base__in=led, planned__gt=0)
        .order_by("agreement", "place")[:NEAREST]
    )


def _certified(actor: Actor) -> list[Any]:
    own = sender.senders(actor)
    if not own:
        return []
    return list(
        Certificate.objects.visible_to(actor)
        .valid()
        .filter(learner__owner__in=own, batch__issued_at__gt=clock.now() - RECENT)
        .values("event__public_id", "event__title")
        .annotate(day=F("event__starts_at"))
        .distinct()
        .order_by("-day")
    )


def _greeting() -> str:
    hour = localtime(clock.now()).hour
    return str(next((words for until, words in GREETINGS if hour < until), _("Good evening")))
