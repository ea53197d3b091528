"""Hours that are said by hand: of an event by its host, of classes elsewhere by their school."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions
from zveno.events.forms.hours import EventHoursForm, OutsideForm, year_of, years
from zveno.events.models import Event, OutsideHours
from zveno.events.pages.cancelling import _found
from zveno.events.pages.hours import _owner, year_name
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request, by_method, reading
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

PAGE, OF_EVENT = "events/outside_hours.html", "events/event_hours.html"


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    year = year_of(request.GET.get("year"))
    facts = _facts(request.actor, key, year)
    return render(request, PAGE, facts | {"form": OutsideForm()})


@require_POST
def _enter(request: Request, key: UUID) -> HttpResponse:
    year = year_of(request.GET.get("year"))
    with reading(request.actor):
        facts = _facts(request.actor, key, year)
    form = OutsideForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.enter_hours(request.actor, key, outside=form.outside(year))
            tell(request, _("The hours are saved and counted for each child of the class."))
            return redirect(_address(key, year))
    return draw(request, PAGE, facts | {"form": form})


@require_POST
def drop(request: Request, key: UUID) -> HttpResponse:
    """Take hours entered by hand away."""
    with reading(request.actor):
        row = OutsideHours.objects.visible_to(request.actor).select_related("owner").pick(key)
    actions.drop_hours(request.actor, key)
    tell(request, _("The hours are deleted."))
    return redirect(_address(row.owner.public_id, row.year))


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    event = _found(request.actor, key)
    if event.state == Event.State.CANCELLED:
        return redirect("events:event", key)
    form = EventHoursForm(initial=EventHoursForm.at_first(event))
    return render(request, OF_EVENT, _about(event) | {"form": form})


@require_POST
def _change(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _about(_found(request.actor, key))
    form = EventHoursForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.change_hours(request.actor, key, **form.cleaned_data)
            tell(request, _("The hours are saved."))
            return redirect("events:event", key)
    return draw(request, OF_EVENT, facts | {"form": form})


def _about(event: Event) -> dict[str, object]:
    return {"event": event, "of_cluster": event.cluster}


def _facts(actor: Actor, key: UUID, year: int) -> dict[str, Any]:
    owner = _owner(actor, key)
    rows = OutsideHours.objects.visible_to(actor).filter(owner=owner, year=year).in_order()
    return {
        "owner": owner,
        "rows": list(rows),
        "year": year,
        "year_name": year_name(year),
        "years": [(str(one), year_name(one)) for one in years()],
        "this": str(years()[0]),
    }


def _address(key: UUID, year: int) -> str:
    return f"{reverse('events:outside_hours', args=[key])}?year={year}"


outside = by_method(get=_show, post=_enter)
event_hours = by_method(get=_ask, post=_change)
