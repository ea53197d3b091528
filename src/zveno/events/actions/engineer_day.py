"""Engineers have come: their hours count for the employer, and they are thanked."""

from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.models import MOST_HOURS, Engineer, Slot, day_of, engineer_letters, owed_hours
from zveno.kernel import clock, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.network.actions import record_fulfilment

State = Engineer.State


class BadGivenHours(BadInput):
    """Hours are whole ones of one day."""

    code = "bad_given_hours"
    message = _("Enter whole hours, from 1 to 24.")
    field = "hours"


class NotYetThere(BadInput):
    """Nobody has come before it begins."""

    code = "not_yet_there"
    message = _("This has not started yet. Mark who came when it has.")
    field = "hours"


class NotAwaited(BadInput):
    """Who was called off has not come."""

    code = "not_awaited"
    message = _("This person is not expected any more.")
    field = "hours"


class NoHoursYet(DomainError):
    """Thanks follow the hours."""

    code = "no_hours_yet"
    message = _("Mark first that this person came and for how many hours.")


@action(rules.hosts_engineer, on=Engineer, lock=True)
def count_engineer(actor: Actor, engineer: Engineer, *, hours: int) -> None:
    """Note that an engineer came and for how many whole hours: what the employer owes counts them.

    Said again, it is corrected. Raises ``BadGivenHours``, ``NotYetThere`` and ``NotAwaited``.
    """
    if not 1 <= hours <= MOST_HOURS:
        raise BadGivenHours
    if engineer.state == State.OFF:
        raise NotAwaited
    if clock.now() < engineer.slot.starts_at:
        raise NotYetThere
    engineer.hours = hours
    engineer.save(update_fields=["hours"])
    _count(actor, engineer, hours)


@action(rules.hosts_engineer, on=Engineer, lock=True)
def uncount_engineer(actor: Actor, engineer: Engineer) -> None:
    """Take back that an engineer came; thanks that have not left do not leave."""
    if engineer.hours is None:
        return
    outbox.take_back(engineer.about)
    engineer.hours, engineer.thanked_at = None, None
    engineer.save(update_fields=["hours", "thanked_at"])
    _count(actor, engineer, 0)


@action(rules.hosts_engineer, on=Engineer, lock=True)
def thank_engineer(actor: Actor, engineer: Engineer) -> None:
    """Send the letter of thanks, once. Raises ``NoHoursYet``."""
    if engineer.hours is None:
        raise NoHoursYet
    if engineer.thanked_at is None:
        engineer.thanked_at = clock.now()
        engineer.save(update_fields=["thanked_at"])
        engineer_letters.thank(engineer, engineer.slot.event.host_id)


def _count(actor: Actor, engineer: Engineer, hours: int) -> None:
    """Let the obligation count the hours; one signed since the offer counts them, too."""
    slot = engineer.slot
    if slot.obligation is None:
        slot.obligation = owed_hours(slot.employer, slot.event.cluster)
        Slot.objects.filter(pk=slot.pk).update(obligation=slot.obligation)
    if slot.obligation:
        day = day_of(slot.event)
        key, source = slot.obligation.public_id, engineer.source
        record_fulfilment(actor, key, source=source, amount=hours, day=day)
