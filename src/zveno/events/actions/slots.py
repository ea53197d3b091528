"""An employer is offered a slot at an event: withdrawn, declined, moved or ended with the event."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.correspondence.models.sides import role_in
from zveno.events import rules
from zveno.events.actions.refusals import EventNotOpen
from zveno.events.models import (
    MOST_PEOPLE,
    Engineer,
    Event,
    Slot,
    day_of,
    engineer_letters,
    owed_hours,
)
from zveno.kernel import clock, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.network.models import Membership
from zveno.organisations.models import Organisation
from zveno.people.actions import Assignment, give_task, settle_origin
from zveno.people.models import SPEAKING, Post, notify

State = Engineer.State


class NoSuchRole(BadInput):
    """There are a few things an engineer does at an event."""

    code = "no_such_role"
    message = _("Choose from the list.")
    field = "role"


class EmployerElsewhere(BadInput):
    """A slot is offered to an employer of the cluster of the event."""

    code = "employer_elsewhere"
    message = _("Choose an employer of the cluster.")
    field = "employer"


class SlotOutside(BadInput):
    """A slot is a part of its event."""

    code = "slot_outside"
    message = _("The time has to lie within the event: %(begins)s–%(ends)s.")
    field = "starts"


class BadPeople(BadInput):
    """Some people are asked for, not a crowd."""

    code = "bad_people"
    message = _("Enter how many people: from 1 to 20.")
    field = "people"


class SameSlot(BadInput):
    """One and the same is offered once."""

    code = "same_slot"
    message = _("This employer is already offered the same at this time. Withdraw it first.")
    field = "employer"


class SlotGone(DomainError):
    """What is declined, withdrawn or over takes no more answers."""

    code = "slot_gone"
    message = _("This offer is no longer open: it was declined, withdrawn or is over.")


class HoursCounted(DomainError):
    """Who has come is not called off."""

    code = "hours_counted"
    message = _("Hours are already counted here. Take the mark back first.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom an employer (public id) is asked for: to do what, from when until when, how many."""

    employer: UUID
    role: str
    starts_at: datetime
    ends_at: datetime
    people: int = 1
    topic: str = ""


@action(rules.hosts, on=Event, lock=True)
def offer_slot(actor: Actor, event: Event, *, wanted: Wanted) -> Slot:
    """Ask an employer of the cluster for people; it gets a task to name them.

    The same again is the offer that is there. Raises ``EventNotOpen``, ``NoSuchRole``,
    ``EmployerElsewhere``, ``SlotOutside``, ``BadPeople`` and ``SameSlot``.
    """
    if not event.is_open:
        raise EventNotOpen(title=event.title)
    employer = _employer(event, wanted)
    there = event.slots.on_offer().filter(
        employer=employer, role=wanted.role, starts_at=wanted.starts_at
    )
    same = there.first()
    if same:
        if (same.ends_at, same.people, same.topic) != (wanted.ends_at, wanted.people, wanted.topic):
            raise SameSlot
        return same
    slot = Slot.objects.create(
        event=event,
        employer=employer,
        role=wanted.role,
        topic=wanted.topic,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        people=wanted.people,
        obligation=owed_hours(employer, event.cluster),
    )
    _ask(actor, slot)
    return slot


@action(rules.hosts_slot, on=Slot, lock=True)
def withdraw_slot(actor: Actor, slot: Slot) -> None:
    """Need nobody any more; who was named is told. Withdrawn twice, once.

    Raises ``HoursCounted`` when somebody has come.
    """
    if slot.state != Slot.State.OFFERED:
        return
    if slot.engineers.filter(hours__isnull=False).exists():
        raise HoursCounted
    _end_slot(actor, slot, gettext("The host has withdrawn the offer."))
    notify(actor, engineer_letters.is_withdrawn(slot), [slot.employer_id], SPEAKING)


@action(rules.speaks_for_slot, on=Slot, lock=True)
def decline_slot(actor: Actor, slot: Slot, *, why: str) -> None:
    """Send nobody, and say why. Raises ``SlotGone`` and ``HoursCounted``."""
    _require_open(slot)
    if slot.engineers.filter(hours__isnull=False).exists():
        raise HoursCounted
    slot.state, slot.why = Slot.State.DECLINED, why
    slot.save(update_fields=["state", "why"])
    _call_off(slot, why)
    settle_origin(actor, slot.employer.public_id, origin=slot.origin)
    notify(actor, engineer_letters.is_declined(slot), [slot.event.host_id], [Post.Role.COORDINATOR])


def _employer(event: Event, wanted: Wanted) -> Organisation:
    if wanted.role not in Slot.Role.values:
        raise NoSuchRole
    if not event.starts_at <= wanted.starts_at < wanted.ends_at <= event.ends_at:
        begins, ends = (event.in_words(one) for one in (event.starts_at, event.ends_at))
        raise SlotOutside(begins=begins, ends=ends)
    if not 1 <= wanted.people <= MOST_PEOPLE:
        raise BadPeople
    members = Membership.objects.live().filter(cluster=event.cluster)
    member = members.filter(
        organisation__public_id=wanted.employer,
        organisation__kind=Organisation.Kind.EMPLOYER,
    ).select_related("organisation").first()  # fmt: skip
    if member is None:
        raise EmployerElsewhere
    return member.organisation


def _require_open(slot: Slot) -> None:
    if not slot.is_open:
        raise SlotGone


def _free(slot: Slot) -> int:
    return slot.people - slot.engineers.awaited().count()


def _ask(actor: Actor, slot: Slot) -> None:
    """Give the employer the task to name whom it sends, until the day itself."""
    role = slot.get_role_display()
    task = Assignment(
        text=gettext("Name who comes to “%(title)s”: %(role)s")
        % {"title": slot.event, "role": role},
        due=max(clock.today(), day_of(slot.event)),
        role=role_in(slot.employer),
        origin=slot.origin,
        url=reverse("events:slot", args=[slot.public_id]),
        giver=slot.event.host,
    )
    give_task(actor, slot.employer.public_id, task=task)


def _end_slot(actor: Actor, slot: Slot, why: str) -> None:
    slot.state = Slot.State.WITHDRAWN
    slot.save(update_fields=["state"])
    _call_off(slot, why)
    settle_origin(actor, slot.employer.public_id, origin=slot.origin, dropped=True)


def _call_off(slot: Slot, why: str) -> None:
    """Let nobody come any more: who was asked is told, and answers no more."""
    awaited = list(slot.engineers.awaited().filter(hours=None).order_by("pk"))
    slot.engineers.filter(hours=None).update(state=State.OFF)
    for engineer in awaited:
        engineer.slot = slot
        engineer_letters.call_off(engineer, why)


def _shift_slots(actor: Actor, event: Event, began: datetime) -> None:
    """Move what was offered along with its event; who was named is asked again."""
    for slot in event.slots.on_offer().select_for_update(of=("self",)).in_order():
        length = slot.ends_at - slot.starts_at
        start = event.starts_at + (slot.starts_at - began)
        slot.starts_at = start if start < event.ends_at else event.starts_at
        slot.ends_at = min(slot.starts_at + length, event.ends_at)
        slot.event = event
        slot.save(update_fields=["starts_at", "ends_at"])
        _ask_again(slot)
        if _free(slot):
            _ask(actor, slot)
        notify(actor, engineer_letters.is_shifted(slot), [slot.employer_id], SPEAKING)


def _ask_again(slot: Slot) -> None:
    for engineer in slot.engineers.awaited().filter(hours=None).select_for_update(of=("self",)):
        engineer.state, engineer.asked = State.ASKED, engineer.asked + 1
        engineer.asked_at, engineer.answered_at = clock.now(), None
        engineer.slot = slot
        engineer.save(update_fields=["state", "asked", "asked_at", "answered_at"])
        outbox.take_back(engineer.about)
        engineer_letters.ask_again(engineer, slot.event.host_id)


def _end_slots(actor: Actor, event: Event) -> None:
    """Need nobody at an event that does not take place."""
    for slot in event.slots.on_offer().select_for_update(of=("self",)).in_order():
        slot.event = event
        _end_slot(actor, slot, event.cancelled_why)
        notify(actor, engineer_letters.is_withdrawn(slot), [slot.employer_id], SPEAKING)
