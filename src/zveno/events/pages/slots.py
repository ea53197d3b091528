"""Engineers at an event, for its host: what employers are offered, who comes, hours, thanks."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions
from zveno.events.forms.engineers import HoursGivenForm, OfferForm
from zveno.events.models import Engineer, Event, Slot
from zveno.events.models.engineer_letters import thanks as thanks_text
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network.models import Membership
from zveno.organisations.models import Organisation
from zveno.ui.answers import draw
from zveno.ui.faces import Face
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell, tell_with_undo, warn

PAGE, THANKS = "events/engineers.html", "events/engineer_thanks.html"
Forms = Mapping[UUID, HoursGivenForm]
NONE: Forms = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Row:
    """An engineer: how they answered, and the form that counts their hours where it is time."""

    engineer: Engineer
    face: Face
    form: HoursGivenForm | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A slot with those named for it."""

    slot: Slot
    face: Face
    rows: list[Row]


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    event = _hosted(request.actor, key)
    form = OfferForm(_employers(request.actor, event), initial=OfferForm.at_first(event))
    return render(request, PAGE, _facts(request.actor, event) | {"form": form})


@require_POST
def _offer(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        event = _hosted(request.actor, key)
        form = OfferForm(_employers(request.actor, event), request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.offer_slot(request.actor, key, wanted=form.wanted(event.time_zone))
            tell(request, _("The employer is asked. You will be told who comes."))
            return redirect("events:engineers", key)
    with reading(request.actor):
        facts = _facts(request.actor, event)
    return draw(request, PAGE, facts | {"form": form})


@require_POST
def withdraw(request: Request, key: UUID) -> HttpResponse:
    """Need nobody of an employer any more."""
    with reading(request.actor):
        event = Slot.objects.visible_to(request.actor).select_related("event").pick(key).event
    try:
        actions.withdraw_slot(request.actor, key)
    except actions.HoursCounted as refusal:
        warn(request, str(refusal))
    else:
        tell(request, _("The offer is withdrawn. Those invited are told."))
    return redirect("events:engineers", event.public_id)


@require_POST
def count(request: Request, key: UUID) -> HttpResponse:
    """Note that an engineer came, and the hours; one press takes it back."""
    with reading(request.actor):
        engineer = _engineer(request.actor, key)
        event = engineer.slot.event
    form = HoursGivenForm(request.POST, auto_id=f"{key}-%s")
    if form.is_valid():
        with RefusalsIn(form):
            actions.count_engineer(request.actor, key, **form.cleaned_data)
            undo = reverse("events:uncount_engineer", args=[key])
            tell_with_undo(request, _("The hours are counted."), undo)
            return redirect("events:engineers", event.public_id)
    with reading(request.actor):
        facts = _facts(request.actor, event, {key: form})
        offering = OfferForm(_employers(request.actor, event), initial=OfferForm.at_first(event))
    return draw(request, PAGE, facts | {"form": offering, "refused": form})


@require_POST
def uncount(request: Request, key: UUID) -> HttpResponse:
    """Take back that an engineer came."""
    with reading(request.actor):
        event = _engineer(request.actor, key).slot.event
    actions.uncount_engineer(request.actor, key)
    tell(request, _("The mark is taken back."))
    return redirect("events:engineers", event.public_id)


@require_safe
def _preview(request: Request, key: UUID) -> HttpResponse:
    engineer = _engineer(request.actor, key)
    event = engineer.slot.event
    if engineer.hours is None:
        return redirect("events:engineers", event.public_id)
    facts = {"engineer": engineer, "event": event, "of_cluster": event.cluster}
    return render(request, THANKS, facts | {"text": thanks_text(engineer)})


@require_POST
def _thank(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        event = _engineer(request.actor, key).slot.event
    try:
        actions.thank_engineer(request.actor, key)
    except actions.NoHoursYet as refusal:
        warn(request, str(refusal))
    else:
        tell(request, _("The letter of thanks is sent."))
    return redirect("events:engineers", event.public_id)


def _hosted(actor: Actor, key: UUID) -> Event:
    event = Event.objects.visible_to(actor).select_related("cluster", "host").pick(key)
    if not actions.offer_slot.allowed(actor, event):
        raise NotAllowed
    return event


def _engineer(actor: Actor, key: UUID) -> Engineer:
    along = ("slot__event__host", "slot__event__cluster", "slot__obligation")
    engineer = Engineer.objects.visible_to(actor).select_related(*along).pick(key)
    if not actions.count_engineer.allowed(actor, engineer):
        raise NotAllowed
    return engineer


def _employers(actor: Actor, event: Event) -> list[Membership]:
    return list(
        Membership.objects.visible_to(actor)
        .live()
        .filter(cluster=event.cluster, organisation__kind=Organisation.Kind.EMPLOYER)
        .select_related("organisation")
        .order_by("organisation__name", "pk")
    )


def _facts(actor: Actor, event: Event, typed: Forms = NONE) -> dict[str, object]:
    slots = Slot.objects.visible_to(actor).filter(event=event).in_order()
    named = Engineer.objects.visible_to(actor).filter(slot__event=event).order_by("pk")
    people: dict[int, list[Engineer]] = {}
    for engineer in named:
        people.setdefault(engineer.slot_id, []).append(engineer)
    offers = []
    for slot in slots.select_related("employer", "obligation"):
        slot.event, slot.named = event, people.get(slot.pk, [])
        rows = [_row(slot, one, typed) for one in slot.named]
        offers.append(Offer(slot, face_of(slot), rows))
    return {
        "event": event,
        "of_cluster": event.cluster,
        "offers": offers,
        "employers": bool(_employers(actor, event)),
    }


def _row(slot: Slot, engineer: Engineer, typed: Forms) -> Row:
    counts = clock.now() >= slot.starts_at and engineer.state != Engineer.State.OFF
    form = None
    if counts:
        empty = HoursGivenForm(
            auto_id=f"{engineer.public_id}-%s", initial={"hours": engineer.hours or slot.hours}
        )
        form = typed.get(engineer.public_id, empty)
    return Row(engineer, face_of_engineer(engineer), form)


def face_of(slot: Slot) -> Face:
    """Say how an offer stands with the engineers ``named`` for it."""
    ended = {
        Slot.State.WITHDRAWN: Face(_("Withdrawn"), "", "x"),
        Slot.State.DECLINED: Face(_("The employer sends nobody"), "bad", "x"),
    }
    if slot.state in ended:
        return ended[Slot.State(slot.state)]
    if any(one.hours for one in slot.named):
        return Face(_("Hours are counted"), "ok", "check")
    if not slot.event.is_open:
        return Face(_("Over, hours are not counted"), "", "clock")
    return _awaited(slot)


def _awaited(slot: Slot) -> Face:
    """Say who is waited for before an event."""
    states = [one.state for one in slot.named]
    coming = sum(one == Engineer.State.CONFIRMED for one in states)
    if coming >= slot.people:
        return Face(_("All have confirmed"), "ok", "check")
    if coming + sum(one == Engineer.State.ASKED for one in states) >= slot.people:
        return Face(_("Confirmation is awaited"), "warn", "clock")
    return Face(_("The employer is asked"), "warn", "clock")


def face_of_engineer(engineer: Engineer) -> Face:
    """Say whether an engineer comes, or came."""
    states = Engineer.State
    if engineer.hours:
        words = ngettext("Came, %(count)s hour", "Came, %(count)s hours", engineer.hours)
        return Face(words % {"count": engineer.hours}, "ok", "check")
    return {
        states.ASKED: Face(_("Not confirmed yet"), "warn", "clock"),
        states.CONFIRMED: Face(_("Confirmed"), "ok", "check"),
        states.DECLINED: Face(_("Is not able to come"), "bad", "x"),
        states.OFF: Face(_("Not expected any more"), "", "x"),
    }[states(engineer.state)]


engineers = by_method(get=_show, post=_offer)
thanks = by_method(get=_preview, post=_thank)
