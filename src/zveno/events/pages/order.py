"""In which order groups registered for an event: for whoever asks why one came and one did not."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zveno.events import rules
from zveno.events.forms.order import OrderForm
from zveno.events.models import Event, Group
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request
from zveno.ui.sheets import TYPES, attached

HEADS = (_("No."), _("Asked"), _("Organisation"), _("Seats"), _("State"))


@dataclass(frozen=True, slots=True)
class Line:
    """A group, which in order it was, and when it asked by the clock of the event."""

    number: int
    group: Group
    asked_at: datetime


@require_safe
def order(request: Request, key: UUID) -> HttpResponse:
    """Show when each group asked, in the order in which the database took them in."""
    event, lines = _asked(request, key)
    form = OrderForm(request.GET)
    chosen = [line for line in lines if form.keeps(line.group)]
    facts = {"event": event, "lines": chosen, "form": form, "filtered": len(chosen) < len(lines)}
    return render(request, "events/order.html", facts)


@require_safe
def export(request: Request, key: UUID, kind: str) -> HttpResponse:
    """Hand over the lines that the filter leaves. Raises ``Http404``."""
    if kind not in TYPES:
        raise Http404
    form = OrderForm(request.GET)
    rows = (
        (
            *(one.number, one.asked_at),
            *(one.group.sender, one.group.seats, one.group.get_state_display()),
        )
        for one in _asked(request, key)[1]
        if form.keeps(one.group)
    )
    return attached("order", kind, HEADS, rows)


def _asked(request: Request, key: UUID) -> tuple[Event, list[Line]]:
    """Return the event and its groups, numbered; seats are taken and waited for under one lock.

    So the number of a row tells who was first, to whichever process of Zveno they came.
    """
    event = Event.objects.visible_to(request.actor).pick(key)
    if not rules.hosts(request.actor, event):
        raise NotAllowed
    groups = Group.objects.visible_to(request.actor).filter(event=event).order_by("pk")
    there = ZoneInfo(event.time_zone)
    return event, [
        Line(number, group, group.asked_at.astimezone(there))
        for number, group in enumerate(groups.select_related("sender"), start=1)
    ]
