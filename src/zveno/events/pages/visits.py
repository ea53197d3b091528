"""A family registers by itself: a form for everybody, a ticket by its link. No account, no name."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from segno import make as make_qr

from zveno.codes.models import retention
from zveno.events import actions
from zveno.events.forms.visits import TicketForm, VisitForm
from zveno.events.models import Event, Visit
from zveno.events.models.tickets import address_of_ticket
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request, address_of, by_method, reading
from zveno.people.models import Bound, count_attempt
from zveno.ui.answers import draw
from zveno.ui.icalendar import Happening, attached
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import warn

FORM, TICKET, DEAD = "events/visit.html", "events/ticket.html", "events/ticket_dead.html"
MOST, OF_ONE, WITHIN = 20, 5, timedelta(minutes=15)
"""How often a network address, and one email, may ask."""


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    event = _invited(request.actor, key)
    return render(request, FORM, _facts(event) | {"form": _blank(event)})


@require_POST
def _register(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        event = _invited(request.actor, key)
    form = TicketForm(request.POST) if "again" in request.POST else VisitForm(request.POST)
    if form.is_valid():
        if again := count_attempt(_bounds(request, event, form.cleaned_data["email"])):
            form.add_error(None, _late(again))
            answer = draw(request, FORM, _facts(event) | {"form": form}, status=429)
            answer["Retry-After"] = str(max(1, int((again - clock.now()).total_seconds())))
            return answer
        with RefusalsIn(form):
            _do(request, key, form)
            sent = {"sent": True, "email": form.cleaned_data["email"]}
            return draw(request, FORM, _facts(event) | sent, status=200)
    with reading(request.actor):
        facts = _facts(_invited(request.actor, key))
    return draw(request, FORM, facts | {"form": form})


@require_POST
def _do(request: Request, key: UUID, form: TicketForm) -> None:
    if isinstance(form, VisitForm):
        actions.register_family(request.actor, key, family=form.family())
    else:
        actions.send_ticket_again(request.actor, key, email=form.cleaned_data["email"])


def _invited(actor: Actor, key: UUID) -> Event:
    """Return an event that families may come to, or could, while it has not begun."""
    event = Event.objects.visible_to(actor).public().select_related("host", "cluster").pick(key)
    if not event.families_seats:
        raise NotFound
    return event


def _blank(event: Event) -> TicketForm:
    """Ask who comes while there are seats; then only who has lost the letter."""
    if event.takes_families and event.left_for_families:
        return VisitForm(initial={"key": uuid4()})
    return TicketForm()


def _facts(event: Event) -> dict[str, Any]:
    return {"event": event, "days": retention().by_code["visits"].days}


def _bounds(request: Request, event: Event, email: str) -> list[Bound]:
    """Count by the network and by the email: nobody floods a house with letters of ours."""
    address = address_of(request)
    bounds = [Bound(("ticket", str(event.pk), email.lower()), OF_ONE, WITHIN)]
    return [*bounds, Bound(("visits", address), MOST, WITHIN)] if address else bounds


def _late(again: datetime) -> str:
    moment = timezone.localtime(again) + timedelta(minutes=1)
    return _("Too many attempts. Try again at %(time)s.") % {"time": f"{moment:%H:%M}"}


@require_safe
def _show(request: Request, token: str) -> HttpResponse:
    visit = _listed(request.actor)
    if visit is None:
        return render(request, DEAD, status=404)
    return render(request, TICKET, _ticket(visit, token))


@require_POST
def _change(request: Request, token: str) -> HttpResponse:
    """Give the ticket back, or take it again on the page that says so."""
    with reading(request.actor):
        visit = _listed(request.actor)
    if visit is None:
        return draw(request, DEAD, {}, status=404)
    try:
        if request.POST.get("comes") == "yes":
            actions.take_ticket_again(request.actor, visit.public_id)
        else:
            actions.give_ticket_back(request.actor, visit.public_id)
    except (actions.FamiliesFull, actions.FamiliesClosed, actions.EventNotOpen) as refusal:
        warn(request, str(refusal))
    return redirect("events:ticket", token)


@login_not_required
@require_safe
def ticket_calendar(request: Request, token: str) -> HttpResponse:  # noqa: ARG001 - the token made the actor
    """Hand the event over as a file for calendars."""
    visit = _listed(request.actor)
    if visit is None:
        return render(request, DEAD, status=404)
    event = visit.event
    return attached(
        "event",
        Happening(
            key=str(event.public_id),
            title=event.title,
            begins=event.starts_at,
            ends=event.ends_at,
            place=event.venue,
            text=event.lede,
            url=address_of_ticket(visit),
            told_at=clock.now(),
            changes=int(event.moved_at.timestamp()) if event.moved_at else 0,
            cancelled=event.state == Event.State.CANCELLED,
        ),
    )


def _listed(actor: Actor) -> Visit | None:
    """Return the one ticket a link lists."""
    rows = Visit.objects.visible_to(actor).filter(pk__in=actor.listed("events.Visit"))
    return rows.select_related("event__host", "event__cluster").first()


def _ticket(visit: Visit, token: str) -> dict[str, Any]:
    door = reverse("events:check_families", args=[visit.event.public_id])
    told = f"{settings.ADDRESS}{door}?code={visit.code}"
    code = make_qr(told, error="m").svg_inline(border=2, omitsize=True, svgclass="qr__code")
    return {"visit": visit, "event": visit.event, "token": token, "qr": SafeString(code)}


visit = login_not_required(by_method(get=_ask, post=_register))
ticket = login_not_required(by_method(get=_show, post=_change))
