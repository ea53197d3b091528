"""Events in calendars: secret addresses, given, renewed and closed; what they answer."""

from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions, rules
from zveno.events.models import Event
from zveno.events.models.calendars import (
    calendar_of,
    calendars_of_classes,
    fed,
    kind_of_class,
)
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.learners.models import SchoolClass, classes_of
from zveno.organisations.models import Organisation
from zveno.people.models import Link, Person
from zveno.ui import icalendar
from zveno.ui.answers import draw
from zveno.ui.toasts import tell

PAGE = "events/calendars.html"


class Line(NamedTuple):
    """A class of an organisation, and the address of its calendar if there is one."""

    owner: Organisation
    one: SchoolClass
    link: Link | None


class ClassForm(forms.Form):
    """Which class: the year it began school in, empty for a group, and a letter or a name."""

    first_year = forms.IntegerField(required=False, min_value=1900, max_value=2200)
    letter = forms.CharField(required=False, max_length=30)


@require_safe
def _show(request: Request) -> HttpResponse:
    return render(request, PAGE, _facts(request.actor))


@require_POST
def _open(request: Request) -> HttpResponse:
    """Give an address in place of the one before, and show it this once."""
    token = actions.open_calendar(request.actor, _me(request.actor))
    return _told(request, token, _("My events"))


@require_POST
def close(request: Request) -> HttpResponse:
    """Let one's own address open no more."""
    actions.close_calendar(request.actor, _me(request.actor))
    tell(request, _("The address opens no more."))
    return redirect("events:calendars")


@require_POST
def of_class(request: Request, key: UUID) -> HttpResponse:
    """Give a class an address, or close it if that was the button."""
    form = ClassForm(request.POST)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    if not asked:
        raise actions.NoSuchClassHere
    if "close" in request.POST:
        actions.close_class_calendar(request.actor, key, **asked)
        tell(request, _("The address opens no more."))
        return redirect("events:calendars")
    token = actions.open_class_calendar(request.actor, key, **asked)
    return _told(request, token, SchoolClass(asked["first_year"], asked["letter"]).label)


@login_not_required
@require_safe
def calendar(request: Request, token: str) -> HttpResponse:  # noqa: ARG001 - by it the actor came
    """Hand the events over to a program that keeps a calendar. Raises ``Http404``."""
    found = fed(request.actor)
    if found is None:
        raise Http404
    label, events = found
    name = _("Events: %(class)s") % {"class": label} if label else _("My events")
    return icalendar.feed(request, name, map(_happening, events))


def _told(request: Request, token: str, whose: str) -> HttpResponse:
    with reading(request.actor):
        facts = _facts(request.actor)
    address = settings.ADDRESS + reverse("events:calendar", args=[token])
    return draw(request, PAGE, facts | {"address": address, "whose": whose}, status=200)


def _me(actor: Actor) -> UUID:
    with reading(actor):
        person = Person.objects.visible_to(actor).filter(pk=actor.person or 0).first()
    if person is None or not actor.scope:
        raise NotAllowed
    return person.public_id


def _facts(actor: Actor) -> dict[str, Any]:
    if not actor.scope:
        raise NotAllowed
    houses = Organisation.objects.visible_to(actor).represented_by(actor).order_by("pk")
    answered = [house for house in houses if rules.counts_hours(actor, house)]
    return {
        "link": calendar_of(actor.person),
        "lines": [line for house in answered for line in _of(actor, house)],
    }


def _of(actor: Actor, house: Organisation) -> list[Line]:
    links = calendars_of_classes(house.pk)
    return [
        Line(house, one, links.get(kind_of_class(one.first_year, one.letter)))
        for one in classes_of(actor, house)
        if one.children and not one.has_left
    ]


def _happening(event: Event) -> icalendar.Happening:
    announced = event.announced_at or event.starts_at
    told_at = max(filter(None, (announced, event.moved_at, event.cancelled_at)))
    return icalendar.Happening(
        key=str(event.public_id),
        title=event.title,
        begins=event.starts_at,
        ends=event.ends_at,
        place=", ".join((event.venue, str(event.host))),
        text=event.lede,
        url=settings.ADDRESS + reverse("events:public", args=[event.public_id]),
        told_at=told_at,
        changes=int((told_at - announced).total_seconds()),
        cancelled=event.state == Event.State.CANCELLED,
    )


show = by_method(get=_show, post=_open)
