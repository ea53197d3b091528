"""One meeting: who comes, what about, its minutes and what has become of the decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from zveno.correspondence import actions, rules
from zveno.correspondence.forms.meetings import AnswerForm, CancelForm
from zveno.correspondence.models import Decision, Invited, Item, Meeting, Minutes, tasks_of
from zveno.correspondence.pages.meetings import face_of
from zveno.correspondence.pages.states import state_of
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.ui import icalendar
from zveno.ui.answers import draw
from zveno.ui.faces import Face
from zveno.ui.toasts import tell, warn

ANSWERS = {
    Invited.Answer.WAITS: Face(Invited.Answer.WAITS.label, "warn", "clock"),
    Invited.Answer.COMING: Face(Invited.Answer.COMING.label, "ok", "check"),
    Invited.Answer.NOT_COMING: Face(Invited.Answer.NOT_COMING.label, "", "x"),
}
UNREAD = ("content", "paper__content", "paper__pdf__data", "paper__docx__data")


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody invited: how they answered, and whether the reader answers for them."""

    invited: Invited
    face: Face
    own: bool
    noted: bool
    form: AnswerForm


@require_safe
def meeting(request: Request, key: UUID) -> HttpResponse:
    """Show a meeting."""
    return render(request, "correspondence/meeting.html", _facts(request.actor, key))


@require_safe
def calendar(request: Request, key: UUID) -> HttpResponse:
    """Hand a meeting over as a file for calendars."""
    one = Meeting.objects.visible_to(request.actor).pick(key)
    url = settings.ADDRESS + reverse("correspondence:meeting", args=[one.public_id])
    return calendar_of(request.actor, one, url)


def calendar_of(actor: Actor, one: Meeting, url: str) -> HttpResponse:
    """Write a file for calendars; ``url`` is where the meeting is shown to whoever takes it."""
    items = Item.objects.visible_to(actor).filter(meeting=one).order_by("place")
    happening = icalendar.Happening(
        key=str(one.public_id),
        title=one.subject,
        begins=one.begins_at,
        ends=one.ends_at,
        place=one.place,
        text="\n".join(f"{item.place}. {item.text}" for item in items),
        url=url,
        told_at=one.cancelled_at or one.called_at,
        changes=one.changes,
        cancelled=one.cancelled_at is not None,
    )
    return icalendar.attached("meeting", happening)


@require_POST
def answer(request: Request, key: UUID) -> HttpResponse:
    """Note whether somebody comes; what was refused is said on the page of the meeting."""
    with reading(request.actor):
        invited = Invited.objects.visible_to(request.actor).in_order().pick(key)
        if not actions.answer_invitation.allowed(request.actor, invited):
            raise NotAllowed
    form = AnswerForm(request.POST, auto_id=f"{key}-%s")
    if not form.is_valid():
        with reading(request.actor):
            facts = _facts(request.actor, invited.meeting.public_id, {key: form})
        return draw(request, "correspondence/meeting.html", facts | {"form": form})
    try:
        actions.answer_invitation(request.actor, key, **form.cleaned_data)
    except actions.MeetingOver as refusal:
        warn(request, str(refusal))
    else:
        tell(request, gettext("The answer is noted."))
    return redirect("correspondence:meeting", invited.meeting.public_id)


@require_safe
def _ask_cancel(request: Request, key: UUID) -> HttpResponse:
    one = _cancelling(request.actor, key)
    facts = {"meeting": one, "cluster": one.cluster, "form": CancelForm()}
    return render(request, "correspondence/meeting_cancel.html", facts)


@require_POST
def _cancel(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        one = _cancelling(request.actor, key)
    form = CancelForm(request.POST)
    if form.is_valid():
        actions.cancel_meeting(request.actor, key, **form.cleaned_data)
        tell(request, gettext("The meeting is cancelled: those invited are told."))
        return redirect("correspondence:meeting", key)
    facts = {"meeting": one, "cluster": one.cluster, "form": form}
    return draw(request, "correspondence/meeting_cancel.html", facts)


def _cancelling(actor: Actor, key: UUID) -> Meeting:
    one = Meeting.objects.visible_to(actor).select_related("cluster__base").pick(key)
    if not actions.cancel_meeting.allowed(actor, one):
        raise NotAllowed
    return one


def _facts(
    actor: Actor, key: UUID, typed: Mapping[UUID, AnswerForm] = MappingProxyType({})
) -> dict[str, Any]:
    one = Meeting.objects.visible_to(actor).select_related("cluster__base").pick(key)
    versions = Minutes.objects.visible_to(actor).filter(meeting=one).order_by("-version")
    minutes = list(
        versions.select_related("number__book", "paper__pdf", "paper__docx").defer(*UNREAD)
    )
    leads = actions.change_meeting.allowed(actor, one)
    places = _places(actor, one, typed)
    return {
        "meeting": one,
        "cluster": one.cluster,
        "face": face_of(one, written=bool(minutes)),
        "items": list(Item.objects.visible_to(actor).filter(meeting=one).order_by("place")),
        "places": places,
        "own": [place for place in places if place.own],
        "come": sum(place.invited.answer == Invited.Answer.COMING for place in places),
        "minutes": minutes,
        "decisions": _decisions(actor, one),
        "changes": leads and one.is_awaited,
        "writes": leads and one.has_begun and one.cancelled_at is None,
    }


def _places(actor: Actor, one: Meeting, typed: Mapping[UUID, AnswerForm]) -> list[Place]:
    leads = one.is_awaited and actions.change_meeting.allowed(actor, one)
    found = []
    for invited in Invited.objects.visible_to(actor).filter(meeting=one).in_order():
        own = one.is_awaited and rules.is_invited(actor, invited)
        face = ANSWERS[Invited.Answer(invited.answer)]
        key = invited.public_id
        empty = AnswerForm(auto_id=f"{key}-%s", initial={"note": invited.note})
        found.append(Place(invited, face, own, leads and not own, typed.get(key, empty)))
    return found


def _decisions(actor: Actor, one: Meeting) -> list[tuple[Decision, Face | None]]:
    rows = Decision.objects.visible_to(actor).filter(meeting=one).standing()
    decisions = list(rows.select_related("item", "post__person", "post__organisation"))
    tasks = tasks_of(actor, decisions)
    return [(decision, state_of(tasks.get(decision.origin))) for decision in decisions]


cancel_meeting = by_method(get=_ask_cancel, post=_cancel)
