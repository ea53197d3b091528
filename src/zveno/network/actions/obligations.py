"""What changes obligations after the agreement is signed: only what was really done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import Upload
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.network import rules
from zveno.network.actions.scans import Scan
from zveno.network.actions.ties import Told, note_deeds
from zveno.network.models import Agreement, Deed, Fulfilment, Obligation, Party
from zveno.network.models.duties import given_to, origin_of
from zveno.network.models.obligations import facts_of
from zveno.organisations.models import Organisation
from zveno.people.actions import settle_origin

LARGEST = 1_000_000_000


class LessThanNothing(BadInput):
    """What was done is counted from nothing up."""

    code = "less_than_nothing"
    message = _("The amount done cannot be below zero.")
    field = "amount"


class NothingDone(BadInput):
    """A report tells of something."""

    code = "nothing_done"
    message = _("Enter how much was done: a whole number from 1 to a billion.")
    field = "amount"


class NotYetDone(BadInput):
    """What is ahead is not done."""

    code = "not_yet_done"
    message = _("This day has not come yet. Report only what is already done.")
    field = "day"


class AgreementNotInForce(DomainError):
    """Nothing is owed under an agreement that is not in force."""

    code = "agreement_not_in_force"
    message = _("“%(title)s” is not in force.")


@dataclass(frozen=True, slots=True)
class Report:
    """How much was done on a day, in what words, with what proof; ``key`` tells it from others."""

    key: UUID
    day: date
    amount: int
    note: str = ""
    proof: Upload | None = None


@action(rules.coordinates_obligation, on=Obligation, lock=True, consequence=True)
def record_fulfilment(
    actor: Actor, obligation: Obligation, *, source: str, amount: int, day: date | None = None
) -> Fulfilment:
    """Count ``amount`` units done by ``source``, a record of an upper room (kind and key).

    They count in the period of ``day``, today unless given. The same source again corrects what
    it said before, with an amount of 0 it takes it back. Raises ``LessThanNothing``.
    """
    if amount < 0:
        raise LessThanNothing
    fulfilment, _made = Fulfilment.objects.get_or_create(
        obligation=obligation, source=source, defaults={"amount": 0}
    )
    Obligation.objects.filter(pk=obligation.pk).update(
        done=F("done") + (amount - fulfilment.amount)
    )
    fulfilment.amount, fulfilment.day = amount, day or clock.today()
    fulfilment.save(update_fields=["amount", "day"])
    _settle(actor, obligation)
    return fulfilment


def _settle(actor: Actor, obligation: Obligation) -> None:
    """Close the tasks that came of an obligation, once all of it is done."""
    given = given_to(obligation)
    if not given:
        return
    stands = obligation.stands(facts_of([obligation])[obligation.pk])
    if stands.is_done:
        for side in given:
            settle_origin(actor, side.public_id, origin=origin_of(obligation, stands.deadline))


@action(rules.reports_on, on=Obligation, lock=True)
def report_fulfilment(actor: Actor, obligation: Obligation, *, report: Report) -> Fulfilment:
    """Count what a party reports to have done, with a scan as proof if there is one.

    Sent twice, it is one report. What is not counted has an amount of 1. Raises ``NothingDone``,
    ``NotYetDone``, ``AgreementNotInForce``, ``NotAScan``, ``FileTooLarge`` and ``FileEmpty``.
    """
    if obligation.agreement.state != Agreement.State.IN_FORCE:
        raise AgreementNotInForce(title=obligation.agreement.title)
    amount = report.amount if obligation.unit else 1
    if not 0 < amount <= LARGEST:
        raise NothingDone
    if report.day > clock.today():
        raise NotYetDone
    by = _whose(actor, obligation)
    source = f"report:{report.key}"
    told = Fulfilment.objects.filter(obligation=obligation, source=source).first()
    if told:
        return told
    made = record_fulfilment(
        actor, obligation.public_id, source=source, amount=amount, day=report.day
    )
    made.by, made.note = by, report.note
    if report.proof:
        title, base = gettext("Proof"), obligation.agreement.cluster.base
        name = f"{by}. {title}"
        made.proof = Scan(report.proof, name).keep(actor, by, base)
    made.save(update_fields=["by", "note", "proof"])
    _heard(actor, made, {_owing(obligation) or by.pk: 0})
    return made


@action(rules.has_reported, on=Fulfilment)
def take_back_report(actor: Actor, fulfilment: Fulfilment) -> None:
    """Let a report count no more; that it was there and was taken back, the journal knows."""
    record_fulfilment(actor, fulfilment.obligation.public_id, source=fulfilment.source, amount=0)
    _heard(actor, fulfilment, {})


def _heard(actor: Actor, report: Fulfilment, by: Mapping[int, int]) -> None:
    """Note whose work a report tells of; of nobody's if it was taken back."""
    told = Told(Deed.What.REPORT, report.source, report.day, by)
    note_deeds(actor, report.obligation.agreement.cluster.public_id, told=told)


def _owing(obligation: Obligation) -> int | None:
    """Return the one organisation that owes this; nothing where several do."""
    sides = Party.objects.filter(agreement=obligation.agreement_id, role=obligation.role)
    if obligation.party_id:
        sides = sides.filter(pk=obligation.party_id)
    owing = list(sides.values_list("organisation", flat=True)[:2])
    return owing[0] if len(owing) == 1 else None


def _whose(actor: Actor, obligation: Obligation) -> Organisation:
    """Return for whom the actor reports: the party they represent, else the base."""
    own = min(rules.owing_of(actor, obligation), default=obligation.agreement.cluster.base_id)
    return Organisation.objects.get(pk=own)
