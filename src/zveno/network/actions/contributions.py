"""What partners promise and give to a programme: proven, confirmed, counted once, taken back."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import Upload
from zveno.documents.models import Reader, StoredFile
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError, NotAllowed
from zveno.network import rules
from zveno.network.actions.obligations import NotYetDone, record_fulfilment
from zveno.network.actions.programmes import DayOutside
from zveno.network.actions.scans import Scan
from zveno.network.actions.sending import NoReason
from zveno.network.models import Contribution, MoneyLine, Obligation, Programme, Source
from zveno.network.models.contributions import (
    LARGEST,
    MOST_HOURS,
    may_fulfil,
    receivers_of,
    worth,
)
from zveno.network.models.gifts import is_confirmed, is_given, is_promised, is_returned
from zveno.network.models.money import NOTHING
from zveno.organisations.models import Organisation
from zveno.people.models import notify, settle
from zveno.people.models.notices import Telling

State = Contribution.State


class BadGift(BadInput):
    """What is promised or given is worth something, and not more than can be counted."""

    code = "bad_gift"
    message = _("Enter an amount from 0.01 to 99,999,999,999.99 roubles.")
    field = "amount"


class BadHours(BadInput):
    """Work is hours by what one is worth."""

    code = "bad_hours"
    message = _("Enter hours and the rate of an hour, each from 0.01 to 9,999,999.99.")
    field = "hours"


class NoSuchReceiver(BadInput):
    """Who receives carries the programme out, and is not who gives."""

    code = "no_such_receiver"
    message = _("“%(who)s” cannot receive this. Choose the holder or a participant.")
    field = "receiver"


class DoesNotFulfil(BadInput):
    """A contribution fulfils what its giver owes under an agreement in force."""

    code = "does_not_fulfil"
    message = _("The giver does not owe this under an agreement in force. Choose another line.")
    field = "obligation"


class NotPromised(DomainError):
    """What was given is told of what is promised and not given yet."""

    code = "not_promised"
    message = _("This contribution is not waiting to be given any more.")


class NotGiven(DomainError):
    """What is confirmed or returned was given."""

    code = "not_given"
    message = _("There is nothing here to confirm or to return.")


class Withdrawn(DomainError):
    """What was withdrawn stays so."""

    code = "withdrawn"
    message = _("This contribution was withdrawn.")


@dataclass(frozen=True, slots=True)
class Promise:
    """Who gives what to whom, how much it is to be worth, and which obligation it fulfils.

    Under one ``key`` one promise is noted, however often it is sent.
    """

    giver: Organisation
    receiver: Organisation
    kind: str
    what: str
    promised: Decimal
    obligation: Obligation | None = None
    key: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class Gift:
    """What was given on a day, with its proof: an amount, or hours by their rate."""

    day: date
    proof: Upload
    amount: Decimal = NOTHING
    hours: Decimal | None = None
    rate: Decimal | None = None


@action(rules.promises_to, on=Programme, lock=True)
def promise_contribution(actor: Actor, programme: Programme, *, promise: Promise) -> Contribution:
    """Note what a partner promises to a programme; the giver, the receiver or the holder does so.

    Raises ``NotAllowed`` for anybody else, ``NoSuchReceiver``, ``BadGift``, ``DoesNotFulfil``.
    """
    noted = programme.contributions.filter(public_id=promise.key, giver=promise.giver).first()
    if noted:
        return noted
    made = Contribution(
        public_id=promise.key,
        programme=programme,
        giver=promise.giver,
        receiver=promise.receiver,
        kind=promise.kind,
        what=promise.what,
        promised=promise.promised,
        obligation=promise.obligation,
    )
    if not rules.gives(actor, made):
        raise NotAllowed
    if promise.receiver == promise.giver or promise.receiver not in receivers_of(programme):
        raise NoSuchReceiver(who=promise.receiver)
    if not NOTHING < promise.promised <= LARGEST:
        raise BadGift
    if promise.obligation and not may_fulfil(made):
        raise DoesNotFulfil
    made.save()
    houses = {promise.receiver.pk, programme.holder_id}
    notify(actor, is_promised(made), houses, rules.ORDERING)
    return made


@action(rules.gives, on=Contribution, lock=True)
def give_contribution(actor: Actor, contribution: Contribution, *, gift: Gift) -> Contribution:
    """Say what was given, with its proof; it counts when the receiver confirms it.

    Raises ``NotPromised``, ``BadGift``, ``BadHours``, ``NotYetDone``, ``DayOutside``,
    ``NotAScan``, ``FileTooLarge`` and ``FileEmpty``.
    """
    if contribution.state != State.PROMISED:
        raise NotPromised
    _weigh(contribution, gift)
    _require_day(contribution.programme, gift.day)
    contribution.state, contribution.given_on = State.GIVEN, gift.day
    contribution.reason = ""
    keeper = _keeper(actor, contribution)
    name = f"{contribution.giver}. {gettext('Proof')}"
    contribution.proof = Scan(gift.proof, name).keep(actor, keeper, contribution.receiver)
    contribution.save()
    settle(contribution.about)
    notify(actor, is_given(contribution), [contribution.receiver_id], rules.ORDERING)
    return contribution


@action(rules.receives, on=Contribution, lock=True)
def confirm_contribution(actor: Actor, contribution: Contribution) -> None:
    """Confirm what was given: it counts in the programme's money and in its obligation.

    Raises ``NotGiven``.
    """
    if contribution.state != State.GIVEN:
        raise NotGiven
    contribution.state = State.CONFIRMED
    contribution.save(update_fields=["state"])
    _count(actor, contribution, contribution.amount, contribution.fulfils)
    settle(contribution.about)
    _tell_giver(actor, contribution, is_confirmed(contribution))


@action(rules.receives, on=Contribution, lock=True)
def return_contribution(actor: Actor, contribution: Contribution, *, reason: str) -> None:
    """Return what was given to whoever told of it, even when confirmed: a promise again.

    Raises ``NoReason`` and ``NotGiven``.
    """
    if not reason.strip():
        raise NoReason
    if contribution.state not in {State.GIVEN, State.CONFIRMED}:
        raise NotGiven
    _uncount(actor, contribution)
    contribution.state, contribution.reason = State.PROMISED, reason
    contribution.amount, contribution.given_on, contribution.proof = NOTHING, None, None
    contribution.hours = contribution.rate = None
    contribution.save()
    settle(contribution.about)
    _tell_giver(actor, contribution, is_returned(contribution))


@action(rules.gives, on=Contribution, lock=True)
def withdraw_contribution(actor: Actor, contribution: Contribution, *, reason: str) -> None:
    """Withdraw a contribution for good: it counts nowhere any more, what was said of it stays.

    Raises ``NoReason`` and ``Withdrawn``.
    """
    if not reason.strip():
        raise NoReason
    if contribution.state == State.WITHDRAWN:
        raise Withdrawn
    _uncount(actor, contribution)
    contribution.state, contribution.reason = State.WITHDRAWN, reason
    contribution.save(update_fields=["state", "reason"])
    settle(contribution.about)


@action(rules.reads_proof, on=Contribution)
def open_proof(actor: Actor, contribution: Contribution) -> StoredFile:
    """Let whoever sees the contribution read its proof; the journal knows that they did.

    Raises ``NotGiven`` where there is none.
    """
    if contribution.proof_id is None:
        raise NotGiven
    files = StoredFile.objects.without_bytes().filter(pk=contribution.proof_id)
    if not files.visible_to(actor).exists():
        for key in actor.scope:
            Reader.objects.get_or_create(file_id=contribution.proof_id, organisation_id=key)
    return files.get()


def _tell_giver(actor: Actor, contribution: Contribution, telling: Telling) -> None:
    notify(actor, telling, [contribution.giver_id], rules.JOINING)


def _weigh(contribution: Contribution, gift: Gift) -> None:
    """Say what a gift is worth; raises ``BadGift`` and ``BadHours``."""
    amount = gift.amount
    if contribution.kind == Contribution.Kind.HOURS:
        hours, rate = gift.hours or NOTHING, gift.rate or NOTHING
        if not (NOTHING < hours <= MOST_HOURS and NOTHING < rate <= MOST_HOURS):
            raise BadHours
        contribution.hours, contribution.rate, amount = hours, rate, worth(hours, rate)
    if not NOTHING < amount <= LARGEST:
        raise BadGift
    contribution.amount = amount


def _require_day(programme: Programme, day: date) -> None:
    if day > clock.today():
        raise NotYetDone
    if not programme.holds_on(day):
        raise DayOutside(begins=f"{programme.begins:%d.%m.%Y}", ends=f"{programme.ends:%d.%m.%Y}")


def _keeper(actor: Actor, contribution: Contribution) -> Organisation:
    """Return in whose name the actor keeps the proof: the giver's, the receiver's, the holder's."""
    houses = (contribution.giver, contribution.receiver, contribution.programme.holder)
    return next(one for one in houses if one.pk in actor.scope)


def _uncount(actor: Actor, contribution: Contribution) -> None:
    if contribution.state == State.CONFIRMED:
        _count(actor, contribution, -contribution.amount, 0)


def _count(actor: Actor, contribution: Contribution, amount: Decimal, done: int) -> None:
    """Add to what partners gave in the year, and say what is done of the obligation."""
    # One after the other with whoever edits the money, which may remove a line.
    programme = Programme.objects.select_for_update().get(pk=contribution.programme_id)
    line, _made = MoneyLine.objects.get_or_create(
        programme=programme, year=contribution.year, source=Source.PARTNERS
    )
    MoneyLine.objects.filter(pk=line.pk).update(fact=F("fact") + amount)
    if contribution.obligation:
        record_fulfilment(
            actor,
            contribution.obligation.public_id,
            source=contribution.source,
            amount=done,
            day=contribution.given_on,
        )
