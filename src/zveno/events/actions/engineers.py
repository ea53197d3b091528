"""Engineers are named by their employer and answer by the link of a letter."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.actions.slots import HoursCounted, SlotGone, _ask, _free, _require_open
from zveno.events.models import Engineer, Slot, engineer_letters
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.people.actions import settle_origin
from zveno.people.models import Post, notify

State = Engineer.State


class SlotFull(BadInput):
    """No more are named than were asked for."""

    code = "slot_full"
    message = _("All places are taken. Remove somebody first.")
    field = "name"


class NamedAlready(BadInput):
    """Nobody is named twice."""

    code = "named_already"
    message = _("Somebody with this email is named already.")
    field = "email"


@dataclass(frozen=True, slots=True)
class Person:
    """Whom an employer sends: full name, post, work email."""

    name: str
    job: str
    email: str


@action(rules.speaks_for_slot, on=Slot, lock=True)
def name_engineer(actor: Actor, slot: Slot, *, person: Person) -> Engineer:
    """Name somebody who comes; they get a letter with a link to confirm.

    The same person again is the one who is there. Raises ``SlotGone``, ``NamedAlready`` and
    ``SlotFull``.
    """
    _require_open(slot)
    named = slot.engineers.filter(email__iexact=person.email).first()
    if named:
        if (named.name, named.job, named.state) != (person.name, person.job, State.ASKED):
            raise NamedAlready
        return named
    if not _free(slot):
        raise SlotFull
    engineer = Engineer.objects.create(
        slot=slot, name=person.name, job=person.job, email=person.email
    )
    engineer_letters.invite(engineer, slot.employer_id)
    if not _free(slot):
        settle_origin(actor, slot.employer.public_id, origin=slot.origin)
    return engineer


@action(rules.speaks_for_engineer, on=Engineer, lock=True)
def remove_engineer(actor: Actor, engineer: Engineer) -> None:
    """Say that somebody else comes: who was named is told and forgotten.

    Raises ``HoursCounted``.
    """
    if engineer.hours:
        raise HoursCounted
    slot = engineer.slot
    if engineer.state in {State.ASKED, State.CONFIRMED}:
        engineer_letters.call_off(engineer, gettext("Your organisation sends somebody else."))
    engineer_letters.end_links(engineer)
    engineer.delete()
    if slot.is_open:
        _ask(actor, slot)


@action(rules.is_engineer, on=Engineer)
def confirm_slot(actor: Actor, engineer: Engineer, *, asked: int) -> None:
    """Say that one comes, in answer to the question ``asked`` so many times; the host is told.

    Raises ``SlotGone`` when it is withdrawn, over, or asked anew at another time meanwhile.
    """
    if _answer(engineer, State.CONFIRMED, asked):
        _tell_host(actor, engineer)


@action(rules.is_engineer, on=Engineer)
def decline_invitation(actor: Actor, engineer: Engineer, *, asked: int) -> None:
    """Say that one cannot come: the employer is asked for somebody else. Raises ``SlotGone``."""
    if _answer(engineer, State.DECLINED, asked):
        _tell_host(actor, engineer)
        _ask(actor, engineer.slot)


def _answer(engineer: Engineer, answer: State, asked: int) -> bool:
    """Note an answer; tell whether it is news. One guarded UPDATE: it may be withdrawn now."""
    slot = engineer.slot
    if engineer.state == answer and engineer.asked == asked and slot.is_open:
        return False
    if not slot.event.is_open or not _note_answer(engineer, answer, asked):
        raise SlotGone
    engineer.state = answer
    return True


def _note_answer(engineer: Engineer, answer: State, asked: int) -> bool:
    waits = Engineer.objects.filter(pk=engineer.pk, asked=asked).exclude(state=State.OFF)
    return bool(waits.update(state=answer, answered_at=clock.now()))


def _tell_host(actor: Actor, engineer: Engineer) -> None:
    told = engineer_letters.is_answered(engineer)
    notify(actor, told, [engineer.slot.event.host_id], [Post.Role.COORDINATOR])
