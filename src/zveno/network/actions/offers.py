"""Verbs: members offer each other things, ask for them, and agree; then it is owed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Max
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.network import rules
from zveno.network.actions.obligations import AgreementNotInForce
from zveno.network.models import (
    Agreement,
    Interest,
    Membership,
    Obligation,
    Offer,
    Party,
    Period,
)
from zveno.network.models.offers import is_agreed, is_interested
from zveno.people.models import notify, settle

MOST = 1_000_000


class OfferOver(DomainError):
    """It has ended, is withdrawn, or nothing is left of it."""

    code = "offer_over"
    message = _("This is over: its last day has passed, it is withdrawn or taken completely.")


class OfferLastsNoDay(BadInput):
    """An offer ends on the day it begins, or later, and not in the past."""

    code = "offer_lasts_no_day"
    message = _("The last day is before the first one or has passed. Choose a later day.")
    field = "ends"


class NotEnoughLeft(BadInput):
    """Nobody gets more than is left."""

    code = "not_enough_left"
    message = _("Only %(left)s left. Choose this many or fewer.")
    field = "amount"


class OwnOffer(DomainError):
    """Nobody responds to their own offer."""

    code = "own_offer"
    message = _("Your own organisation posted this: others respond to it.")


class NoAgreementBetween(DomainError):
    """What is agreed on is owed under an agreement in force."""

    code = "no_agreement_between"
    message = _("No agreement of this cluster between you is in force. Sign one first.")


class InterestOver(DomainError):
    """A response is withdrawn or agreed on once."""

    code = "interest_over"
    message = _("This response is already withdrawn or agreed on.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is offered or asked for; ``key`` makes a form sent twice one offer."""

    key: UUID
    way: str
    kind: str
    text: str
    quantity: int
    unit: str
    begins: date
    ends: date
    audience: str = ""


@action(rules.speaks_for, on=Membership)
def post_offer(actor: Actor, membership: Membership, *, wanted: Wanted) -> Offer:
    """Offer the members of a cluster something, or ask them for it. Raises ``OfferLastsNoDay``."""
    if wanted.ends < max(wanted.begins, clock.today()):
        raise OfferLastsNoDay
    fields = {name: getattr(wanted, name) for name in Wanted.__slots__ if name != "key"}
    made, _new = Offer.objects.get_or_create(
        public_id=wanted.key,
        cluster=membership.cluster,
        organisation=membership.organisation,
        defaults=fields,
    )
    return made


@action(rules.posted, on=Offer)
def withdraw_offer(actor: Actor, offer: Offer) -> None:
    """Let an offer stand no more; what is agreed on stays owed."""
    Offer.objects.filter(pk=offer.pk, withdrawn_at=None).update(withdrawn_at=clock.now())


@action(rules.may_respond, on=Offer, lock=True)
def express_interest(actor: Actor, offer: Offer, *, amount: int, note: str = "") -> Interest:
    """Say that one's organisation would take this much, or give it to who asked.

    Said anew, it takes the place of what was said. Raises ``OfferOver``, ``OwnOffer`` and
    ``NotEnoughLeft``.
    """
    if not offer.is_live:
        raise OfferOver
    own = rules.responding(actor, offer)
    if not own:
        raise OwnOffer
    if not 1 <= amount <= offer.left:
        raise NotEnoughLeft(left=offer.left)
    interest, new = Interest.objects.update_or_create(
        offer=offer,
        organisation_id=min(own),
        withdrawn_at=None,
        obligation=None,
        defaults={"amount": amount, "note": note},
    )
    if new:
        notify(actor, is_interested(interest), [offer.organisation_id], rules.REPRESENTING)
    return interest


@action(rules.is_interested, on=Interest, lock=True)
def withdraw_interest(actor: Actor, interest: Interest) -> None:
    """Take a response back. Raises ``InterestOver`` if it is agreed on."""
    if interest.obligation_id:
        raise InterestOver
    Interest.objects.filter(pk=interest.pk, withdrawn_at=None).update(withdrawn_at=clock.now())
    settle(interest.about)


@action(rules.answers, on=Interest, lock=True)
def agree_on(actor: Actor, interest: Interest) -> Interest:
    """Agree: who offered, or who responds to a request, owes it under an agreement in force.

    Agreed twice, it is owed once. Raises ``InterestOver``, ``OfferOver``, ``NoAgreementBetween``
    and ``NotEnoughLeft``.
    """
    if interest.obligation_id:
        return interest
    if interest.withdrawn_at:
        raise InterestOver
    offer = interest.offer
    gives, takes = offer.organisation_id, interest.organisation_id
    if offer.way == Offer.Way.REQUEST:
        gives, takes = takes, gives
    party = _giving_party(offer, gives, takes)
    _take(offer, interest.amount)
    owed = add_obligation(
        actor, party.agreement.public_id, party=party, offer=offer, amount=interest.amount
    )
    interest.obligation = owed
    interest.save(update_fields=["obligation"])
    settle(interest.about)
    notify(actor, is_agreed(interest), [interest.organisation_id], rules.REPRESENTING)
    return interest


def _giving_party(offer: Offer, gives: int, takes: int) -> Party:
    """Return the side that will owe it in the newest agreement in force between both."""
    parties = Party.objects.filter(
        organisation=gives,
        agreement__cluster=offer.cluster_id,
        agreement__state=Agreement.State.IN_FORCE,
        agreement__in=Party.objects.filter(organisation=takes).values("agreement"),
    )
    party = parties.select_related("agreement").order_by("-agreement__in_force_at").first()
    if party is None:
        raise NoAgreementBetween
    return party


def _take(offer: Offer, amount: int) -> None:
    """Count what is agreed on, in one statement: two at once never agree on more than there is."""
    if not offer.is_live:
        raise OfferOver
    rows = Offer.objects.filter(pk=offer.pk, withdrawn_at=None)
    if not rows.filter(taken__lte=F("quantity") - amount).update(taken=F("taken") + amount):
        offer.refresh_from_db(fields=["taken"])
        raise NotEnoughLeft(left=offer.left)


@action(rules.is_zveno, on=Agreement, lock=True, consequence=True)
def add_obligation(
    actor: Actor, agreement: Agreement, *, party: Party, offer: Offer, amount: int
) -> Obligation:
    """Let a party owe ``amount`` of an offer once, until its last day.

    Raises ``AgreementNotInForce``.
    """
    if agreement.state != Agreement.State.IN_FORCE:
        raise AgreementNotInForce(title=agreement.title)
    last = agreement.obligations.aggregate(last=Max("place"))["last"] or 0
    words = f"{capfirst(offer.get_kind_display())}: {offer.text}"
    return Obligation.objects.create(
        agreement=agreement,
        place=last + 1,
        role=party.role,
        party=party,
        text=", ".join(filter(None, [words, offer.audience])),
        unit=offer.unit,
        planned=amount,
        period=Period.ONCE,
        due=offer.ends,
    )
