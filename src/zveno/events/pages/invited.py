"""The page of an engineer, by the link of a letter: what, when, where; one tap; the calendar."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions
from zveno.events.forms.engineers import AnswerForm
from zveno.events.models import Engineer
from zveno.events.models.engineer_letters import thanks, when
from zveno.events.models.engineers import ENGINEER
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request, by_method, reading
from zveno.ui import icalendar
from zveno.ui.answers import draw

PAGE = "events/engineer.html"


@require_safe
def _show(request: Request, token: str) -> HttpResponse:
    return render(request, PAGE, _facts(_invited(request.actor), token))


@require_POST
def _answer(request: Request, token: str) -> HttpResponse:
    with reading(request.actor):
        engineer = _invited(request.actor)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return draw(request, PAGE, _facts(engineer, token))
    said = form.cleaned_data
    comes = said["answer"] == "comes"
    verb = actions.confirm_slot if comes else actions.decline_invitation
    try:
        verb(request.actor, engineer.public_id, asked=said["asked"])
    except actions.SlotGone as refusal:
        with reading(request.actor):
            facts = _facts(_invited(request.actor), token)
        return draw(request, PAGE, facts | {"refusal": refusal}, status=refusal.status)
    return redirect("events:engineer", token)


@login_not_required
@require_safe
def calendar(request: Request, token: str) -> HttpResponse:
    """Hand the slot over as a file for calendars."""
    engineer = _invited(request.actor)
    slot = engineer.slot
    happening = icalendar.Happening(
        key=str(engineer.public_id),
        title=slot.event.title,
        begins=slot.starts_at,
        ends=slot.ends_at,
        place=", ".join(filter(None, [slot.event.venue, slot.event.host.address])),
        text="\n".join(filter(None, [slot.get_role_display(), slot.topic])),
        url=settings.ADDRESS + reverse("events:engineer", args=[token]),
        told_at=engineer.asked_at,
        changes=engineer.asked + (engineer.state == Engineer.State.OFF),
        cancelled=engineer.state == Engineer.State.OFF,
    )
    return icalendar.attached("event", happening)


def _invited(actor: Actor) -> Engineer:
    """Return the one engineer a link lists."""
    along = ("slot__event__host", "slot__employer", "slot__obligation")
    listed = Engineer.objects.visible_to(actor).filter(pk__in=actor.listed(ENGINEER))
    engineer = listed.select_related(*along).first()
    if engineer is None:
        raise NotFound
    return engineer


def _facts(engineer: Engineer, token: str) -> dict[str, object]:
    slot = engineer.slot
    states = Engineer.State
    return {
        "engineer": engineer,
        "slot": slot,
        "event": slot.event,
        "host": slot.event.host,
        "token": token,
        "when": when(slot),
        "may_answer": slot.event.is_open and engineer.state != states.OFF,
        "comes": engineer.state == states.CONFIRMED,
        "declined": engineer.state == states.DECLINED,
        "off": engineer.state == states.OFF,
        "thanks": thanks(engineer) if engineer.thanked_at else "",
    }


engineer = login_not_required(by_method(get=_show, post=_answer))
