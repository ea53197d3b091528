"""What anybody may see: the catalogue and an event. No child and no group is named.

Pages are kept (``ui.kept``) and cost one query; that of an event asks for versions of rows.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zveno.events.forms.catalogue import CatalogueForm
from zveno.events.models import Event, announced_version
from zveno.events.models.catalogue import stages
from zveno.kernel.http import Request
from zveno.ui.faces import ChainLink
from zveno.ui.kept import Facts, kept

PAGE = 24
LONGEST = 80
ASKED = (*CatalogueForm.base_fields, "after")
FREE = {"@type": "Offer", "price": 0, "priceCurrency": "RUB"}


@login_not_required
@require_safe
def catalogue(request: Request) -> HttpResponse:
    """Show coming events to families, by words, age, sector, place, days and free seats."""
    asked, known = _asked(request), stages(request.actor)
    form = CatalogueForm(known, asked)
    chosen = form.sought().chosen(request.actor, asked.get("after", ""))
    rows = list(chosen[: PAGE + 1])
    facts = {
        "events": rows[:PAGE],
        "next_key": rows[PAGE - 1].cursor if len(rows) > PAGE else "",
        "stages": _stages(),
        "form": form,
        "chosen": list(form.chosen()),
    }
    return kept(request, "events/catalogue.html", (_shown(rows), known), lambda: facts, asked)


@login_not_required
@require_safe
def event(request: Request, key: UUID) -> HttpResponse:
    """Show an announced event."""

    def read() -> Facts:
        events = Event.objects.visible_to(request.actor).public()
        found = events.select_related("host", "cluster__territory").pick(key)
        terms = list(found.terms()) if found.is_open else []
        return {"event": found, "linked": linked(found), "terms": terms}

    return kept(request, "events/public.html", announced_version(key), read)


def _stages() -> list[ChainLink]:
    return [
        ChainLink(_("Trial"), _("a lesson in a real laboratory")),
        ChainLink(_("Club"), _("once a week near home")),
        ChainLink(_("College"), _("a speciality they like")),
        ChainLink(_("Plant"), _("practice and the first job")),
    ]


def _asked(request: Request) -> dict[str, str]:
    return {name: request.GET[name][:LONGEST] for name in ASKED if request.GET.get(name)}


def _shown(rows: Iterable[Event]) -> list[list[str]]:
    return [[str(getattr(row, name)) for name in (*Event.DATA, "is_open")] for row in rows]


def linked(event: Event) -> dict[str, Any]:
    """Describe an event in the words of schema.org (JSON-LD)."""
    cancelled, address = event.state == Event.State.CANCELLED, f"/p/e/{event.public_id}/"
    facts = {
        "@context": "https://schema.org",
        "@type": "EducationEvent",
        "name": event.title,
        "description": event.lede,
        "url": settings.ADDRESS + address,
        "startDate": _there(event, event.starts_at),
        "endDate": _there(event, event.ends_at),
        "previousStartDate": _there(event, event.moved_from) if event.moved_from else "",
        "eventStatus": f"https://schema.org/{_status(event)}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": event.venue,
            "address": event.cluster.territory.name,
        },
        "organizer": _named(event.host.name, event.host.site),
        "isAccessibleForFree": True,
        "maximumAttendeeCapacity": event.capacity,
        "remainingAttendeeCapacity": 0 if cancelled else event.free,
        "offers": FREE | {"url": settings.ADDRESS + address, "availability": _availability(event)},
    }
    return {name: value for name, value in facts.items() if value != ""}


def _named(name: str, site: str) -> dict[str, str]:
    facts = {"@type": "EducationalOrganization", "name": name, "url": site}
    return {name: value for name, value in facts.items() if value}


def _status(event: Event) -> str:
    if event.state == Event.State.CANCELLED:
        return "EventCancelled"
    return "EventRescheduled" if event.moved_from else "EventScheduled"


def _availability(event: Event) -> str:
    if event.begins_later:
        return "https://schema.org/PreOrder"
    there = event.takes_groups and event.free
    return f"https://schema.org/{'InStock' if there else 'SoldOut'}"


def _there(event: Event, moment: datetime) -> str:
    return moment.astimezone(ZoneInfo(event.time_zone)).isoformat()
