"""Verbs: a child is offered to another organisation, which takes it in or does not."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.kernel.walls import scoped
from zveno.learners import rules
from zveno.learners.actions.cards import NamesakeThere
from zveno.learners.actions.children import _alike, _as_kept, _check, _learner
from zveno.learners.actions.grounds import _note_grounds
from zveno.learners.models import STANDS, TAKERS, Child, Consent, Learner, Transfer
from zveno.learners.models.letters import child_offered
from zveno.organisations.models import Organisation
from zveno.people.models import notify, settle

State = Transfer.State


class NoSuchTaker(BadInput):
    """Children go to another school, kindergarten, college or centre."""

    code = "no_such_taker"
    message = _("Choose another school, kindergarten, college or centre of the register.")
    field = "inn"


class BasisMissing(BadInput):
    """A child goes because its family has asked for it."""

    code = "basis_missing"
    message = _("Say by what request of the family, for example: request of 12 November 2026.")
    field = "basis"


class OfferStands(BadInput):
    """A child is offered to one organisation at a time."""

    code = "offer_stands"
    status = 409
    message = _("The child is offered already. Take that offer back first.")
    field = "inn"


class OfferOver(DomainError):
    """The offer was accepted, declined, taken back, or nobody answered in time."""

    code = "transfer_over"
    message = _("This offer is over: it was answered, taken back, or has expired.")


@action(rules.answers_for, on=Learner, lock=True)
def offer_transfer(actor: Actor, learner: Learner, *, taker: UUID, basis: str) -> Transfer:
    """Offer a child to another organisation for 30 days; it sees a given name, a letter, a class.

    Raises ``NoSuchTaker``, ``BasisMissing`` and ``OfferStands``.
    """
    if not basis.strip():
        raise BasisMissing
    houses = Organisation.objects.visible_to(actor).filter(kind__in=TAKERS)
    other = houses.exclude(pk=learner.owner_id).filter(public_id=taker).first()
    if other is None:
        raise NoSuchTaker
    now = clock.now()
    for stands in Transfer.objects.filter(learner=learner, state=State.OFFERED):
        if stands.is_open:
            raise OfferStands
        stands.end(State.WITHDRAWN, now)
    offer = Transfer.objects.create(
        learner=learner,
        owner_id=learner.owner_id,
        taker=other,
        shown=learner.door_name,
        first_year=learner.first_year,
        letter=learner.letter,
        basis=basis,
        until=now + STANDS,
    )
    notify(actor, child_offered(offer), [other.pk], rules.ANSWER)
    return offer


@action(rules.lets_go, on=Transfer, lock=True)
def withdraw_transfer(actor: Actor, offer: Transfer) -> None:
    """Take an offer back. Raises ``OfferOver``."""
    _end(offer, State.WITHDRAWN)


@action(rules.takes_in, on=Transfer, lock=True)
def decline_transfer(actor: Actor, offer: Transfer) -> None:
    """Say that the child is not taken in. Raises ``OfferOver``."""
    _end(offer, State.DECLINED)


@action(rules.takes_in, on=Transfer, lock=True)
def accept_transfer(
    actor: Actor, offer: Transfer, *, grade: int, letter: str, new: bool = False
) -> Learner:
    """Take a child into a class: it gets a card here, without a consent.

    A consent names the organisation it was given to: all answers end where the child comes from,
    and nobody is shown the child there any more; that card is erased 30 days later. Of an
    identical name in the class it must be said that it is another (``new``). Raises
    ``OfferOver``, ``NoSuchClass`` and ``NamesakeThere``.
    """
    if not offer.is_open or offer.learner_id is None:
        raise OfferOver
    with scoped(SYSTEM):
        gone = Learner.objects.get(pk=offer.learner_id)
    child = _child(gone, grade, letter, new=new)
    _check([child])
    house = Organisation.objects.select_for_update(of=("self",)).get(pk=offer.taker_id)
    child = _as_kept(house, child)
    known = list(Learner.objects.filter(owner=house).called([child.key[0]]))
    if _alike(child, known) and not new:
        raise NamesakeThere
    taken = _learner(house, child)
    taken.save(force_insert=True)
    with scoped(SYSTEM):
        standing = Consent.objects.filter(learner=gone, withdrawn_at=None)
        standing.update(withdrawn_at=clock.now())
        _note_grounds([gone.pk])
    _end(offer, State.ACCEPTED)
    return taken


def _child(gone: Learner, grade: int, letter: str, *, new: bool) -> Child:
    kept: dict[str, Any] = {
        part: getattr(gone, part)
        for part in ("family_name", "given_name", "patronymic", "born_year", "born_on")
    }
    return Child(**kept, grade=grade, letter=letter, new=new)


def _end(offer: Transfer, state: Transfer.State) -> None:
    if not offer.is_open:
        raise OfferOver
    offer.end(state, clock.now())
    settle(offer.about)
