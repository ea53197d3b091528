"""The phone at the door: a page that works without a network, the list it takes, what it sends.

The page itself holds nothing of a child, so the phone may keep it; the list comes apart from it
and is kept encrypted for a day. See ``door.js``.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions, rules
from zveno.events.models import Event, Group, Mark, Place
from zveno.events.models.entrance import Names, entrance_key, read_code
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, NotAllowed, NotFound
from zveno.kernel.http import Request, by_method
from zveno.kernel.reads import noted_by_its_verb

CAMERA = "camera=(self), geolocation=(), microphone=()"
AHEAD, MOST = timedelta(days=1), 20
FIELDS = {"key", "place", "kind", "at", "of"}


class UnreadableMarks(BadInput):
    """A phone sends what its page made; anything else is not guessed at."""

    code = "unreadable_marks"
    status = 400
    message = gettext_lazy("These marks cannot be read. Open the page anew and send them again.")
    field = "marks"


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    """Show the page of an event; the list comes by itself."""
    event = _met(request.actor, key)
    if event.state == Event.State.CANCELLED:
        return redirect("events:event", key)
    answer = render(request, "events/phone.html", {"event": event})
    answer["Permissions-Policy"] = CAMERA
    return answer


@require_POST
@noted_by_its_verb
def _take(request: Request, key: UUID) -> HttpResponse:
    """Keep what the phone noted; tell which marks were kept."""
    device, taps = _read(request.POST.get("device", ""), request.POST.get("marks", ""))
    kept = actions.send_marks(request.actor, key, noted=actions.Noted(device, taps))
    return JsonResponse({"kept": [str(one) for one in kept]})


@require_safe
def entrance_list(request: Request, key: UUID) -> HttpResponse:
    """Give the least of a list that a door needs, and the time by which marks are told."""
    actor = request.actor
    event = _met(actor, key)
    places = list(Place.objects.visible_to(actor).met_at(event))
    groups = Group.objects.visible_to(actor).filter(event=event).select_related("sender")
    told = {
        "now": clock.now().isoformat(),
        "token": get_token(request),
        "entrance": urlsafe_b64encode(entrance_key(event)).decode(),
        "groups": {str(one.public_id): str(one.sender) for one in groups},
        "children": _children(actor, places),
    }
    return JsonResponse(told)


@require_safe
def by_code(request: Request, names: str, said: str) -> HttpResponse:
    """Open what a code names, where a camera of the phone's own has read it."""
    code = read_code(names, said)
    if code.names == Names.CHILD:
        event = Place.objects.visible_to(request.actor).pick(code.key).event
    else:
        groups = Group.objects.visible_to(request.actor).select_related("event")
        event = groups.pick(code.key).event
    if not code.is_of(event):
        raise NotFound
    if not rules.meets(request.actor, event):
        raise NotAllowed
    anchor = f"#{code.names}-{code.key}"
    return redirect(reverse("events:phone", args=[event.public_id]) + anchor)


@require_safe
def phones(request: Request) -> HttpResponse:
    """List the events of today and tomorrow, to take each one's list while there is a network."""
    led = {key for key, role in request.actor.roles if role in rules.AT_THE_DOOR}
    now = clock.now()
    soon = Event.objects.visible_to(request.actor).filter(
        host__in=led,
        state=Event.State.OPEN,
        starts_at__lt=now + AHEAD,
        ends_at__gt=now - AHEAD,
    )
    return render(request, "events/phones.html", {"events": soon.order_by("starts_at")[:MOST]})


@login_not_required
@require_safe
def worker(_request: Request) -> HttpResponse:
    """Give the service worker from an address above the pages it serves."""
    script = f'importScripts("{static("events/door-worker.js")}");\n'
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@login_not_required
@require_safe
def manifest(_request: Request) -> HttpResponse:
    """Say how the page looks as a program of the phone."""
    icon = {"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml"}
    told = {
        "name": _("Check-in at the door"),
        "short_name": _("Zveno"),
        "start_url": reverse("events:phones"),
        "scope": "/check/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#07616a",
        "icons": [icon],
    }
    return JsonResponse(told, content_type="application/manifest+json")


phone = by_method(get=_show, post=_take)


def _met(actor: Actor, key: UUID) -> Event:
    event = Event.objects.visible_to(actor).pick(key)
    if not rules.meets(actor, event):
        raise NotAllowed
    return event


def _children(actor: Actor, places: Collection[Place]) -> list[dict[str, Any]]:
    live: dict[int, list[str]] = {}
    marks = Mark.objects.visible_to(actor).live().filter(place__in=places)
    for place, key in marks.exclude(kind=Mark.Kind.TAKEN_BACK).values_list("place", "public_id"):
        live.setdefault(place, []).append(str(key))
    return [
        {
            "key": str(one.public_id),
            "group": str(one.group.public_id),
            "name": one.learner.door_name,
            "class": one.learner.class_label,
            "came": one.came_at and one.came_at.isoformat(),
            "left": one.left_at and one.left_at.isoformat(),
            "unseen": not one.learner.photographed,
            "marks": live.get(one.pk, []),
        }
        for one in places
    ]


def _read(device: str, told: str) -> tuple[UUID, list[actions.Tap]]:
    """Read what a phone sends. Raises ``UnreadableMarks``."""
    try:
        return UUID(device), [_tap(one) for one in json.loads(told)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as unreadable:
        raise UnreadableMarks from unreadable


def _tap(told: Mapping[str, str]) -> actions.Tap:
    at, of = datetime.fromisoformat(told["at"]), told.get("of")
    if told["kind"] not in Mark.Kind.values or not is_aware(at) or set(told) - FIELDS:
        raise ValueError
    return actions.Tap(
        UUID(told["key"]), UUID(told["place"]), told["kind"], at, UUID(of) if of else None
    )
