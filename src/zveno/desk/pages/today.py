"""The home page: what waits for you, what is next."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zveno.desk.pages import (
    checks,
    coordinator,
    door,
    letters,
    offers,
    owing,
    sender,
    tasks,
    watching,
)
from zveno.events.models import Certificate, Event, Group
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request
from zveno.network.pages import regions
from zveno.people.models import Post

NEAREST = 5
RECENT = timedelta(days=60)
GREETINGS = ((5, _("Good night")), (12, _("Good morning")), (18, _("Good afternoon")))


@require_safe
def today(request: Request) -> HttpResponse:
    """Show what waits for the one who signed in."""
    actor = request.actor
    read = coordinator.read(actor)
    todos = [*coordinator.waits(actor, read), *door.waits(actor), *sender.waits(actor)]
    todos += [
        *checks.waits(actor),
        *letters.waits(actor),
        *offers.waits(actor),
        *tasks.waits(actor),
    ]
    sends = bool(sender.senders(actor))
    owed = [] if read and read.clusters else owing.owed_by(actor)
    region = regions.facts_of(actor)
    page = {
        "todos": todos,
        "events": _open(read.events) if read and not sends else _nearest(actor, region),
        "obligations": read.owed[:NEAREST] if read else [],
        "more_owed": len(read.owed[NEAREST:]) if read else 0,
        "silent": read.silent[:NEAREST] if read else [],
        "more_silent": len(read.silent[NEAREST:]) if read else 0,
        "silent_days": settings.ZVENO_SILENT_DAYS,
        "owing": owed[:NEAREST],
        "more_owing": len(owed[NEAREST:]),
        "watched": watching.watched(actor),
        "audited": watching.audited(actor)[:NEAREST],
        "region": region,
        "certified": _certified(actor),
        "greeting": _greeting(),
        "lede": _lede(len(todos)),
        "sends": sends,
        "founds": any(role == Post.Role.COORDINATOR for _organisation, role in actor.roles),
    }
    return render(request, "desk/today.html", page)


def _open(events: list[Event]) -> list[Event]:
    return [event for event in events if event.state == Event.State.OPEN]


def _nearest(actor: Actor, region: dict[str, Any]) -> list[Event]:
    """Return what comes next, each with ``group``: the key of the group one sends to it.

    To an authority: what comes next in its ``region``.
    """
    own = Group.objects.visible_to(actor).live().sent_by(actor).filter(event=OuterRef("pk"))
    coming = Event.objects.visible_to(actor).coming()
    if region:
        coming = coming.filter(host__territory__in=region["places"])
    return list(coming.annotate(group=Subquery(own.values("public_id")[:1]))[:NEAREST])


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


def _lede(count: int) -> str:
    day = date_format(localtime(clock.now()), "l, j E")
    if not count:
        return gettext("%(day)s. Nothing to do.") % {"day": day}
    things = ngettext("%(count)s thing for you to do", "%(count)s things for you to do", count)
    return f"{day}. {things % {'count': count}}."


def _greeting() -> str:
    hour = localtime(clock.now()).hour
    return str(next((words for until, words in GREETINGS if hour < until), _("Good evening")))
