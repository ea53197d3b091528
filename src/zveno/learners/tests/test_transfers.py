"""A child changes organisation by both sides: little is shown before, no consent goes along."""

from datetime import timedelta

import pytest

from zveno.kernel import clock
from zveno.kernel.errors import NotFound
from zveno.kernel.walls import scoped
from zveno.learners import actions
from zveno.learners.models import Consent, Learner, Transfer
from zveno.learners.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Notice
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
State = Transfer.State


def offered(child: Learner, taker: Organisation) -> Transfer:
    return actions.offer_transfer(
        people.actor(child.owner), child.public_id, taker=taker.public_id, basis="заявление"
    )


def accepted(offer: Transfer, **words: object) -> Learner:
    facts: dict[str, object] = {"grade": 6, "letter": "В"} | words
    actor = people.actor(offer.taker)
    return actions.accept_transfer(actor, offer.public_id, **facts)  # type: ignore[arg-type]


def test_a_child_goes_and_no_consent_goes_along() -> None:
    child, taker = make.founded(given_name="Арина", patronymic="Ильинична"), organisations.school()

    taken = accepted(offered(child, taker))

    assert (taken.owner, taken.full_name) == (taker, child.full_name)
    assert (taken.class_label, taken.unfounded_since is None) == ("6 «В»", False)
    child.refresh_from_db()
    assert child.unfounded_since is not None
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_before_it_accepts_the_other_side_sees_a_given_name_and_one_letter() -> None:
    child, taker = make.founded(given_name="Арина"), organisations.school()
    offer, actor = offered(child, taker), people.actor(taker)

    with scoped(actor):
        assert not Learner.objects.filter(pk=child.pk).exists()
        assert Transfer.objects.visible_to(actor).get().shown == child.door_name
    assert child.family_name not in f"{offer.shown} {offer.basis}"


def test_who_answers_for_children_there_is_told_of_the_offer() -> None:
    child, taker = make.learner(), organisations.school()
    told = people.actor(taker)

    offer = offered(child, taker)
    assert Notice.objects.filter(person=told.person, read_at=None).count() == 1

    actions.withdraw_transfer(people.actor(child.owner), offer.public_id)
    assert Notice.objects.filter(person=told.person, read_at=None).count() == 0


def test_an_ended_offer_names_nobody_and_cannot_be_answered() -> None:
    child, taker = make.learner(), organisations.school()
    offer = offered(child, taker)

    actions.decline_transfer(people.actor(taker), offer.public_id)

    offer.refresh_from_db()
    assert (offer.state, offer.shown) == (State.DECLINED, "")
    with pytest.raises(actions.OfferOver):
        accepted(offer)


def test_an_offer_expires_and_another_may_follow() -> None:
    child, taker = make.learner(), organisations.school()
    offer = offered(child, taker)

    with clock.travel(clock.now() + timedelta(days=31)):
        with pytest.raises(actions.OfferOver):
            accepted(offer)
        again = offered(child, taker)
        assert again.is_open
    offer.refresh_from_db()
    assert offer.shown == ""


def test_a_child_is_offered_to_one_organisation_at_a_time() -> None:
    child = make.learner()
    offered(child, organisations.school())

    with pytest.raises(actions.OfferStands):
        offered(child, organisations.school())


def test_children_go_by_a_request_and_only_where_there_are_children() -> None:
    child = make.learner()
    actor = people.actor(child.owner)

    for taker in (child.owner, organisations.organisation("employer")):
        with pytest.raises(actions.NoSuchTaker):
            offered(child, taker)
    with pytest.raises(actions.BasisMissing):
        actions.offer_transfer(
            actor, child.public_id, taker=organisations.school().public_id, basis=" "
        )


def test_a_namesake_there_is_asked_about() -> None:
    child, taker = make.learner(given_name="Арина"), organisations.school()
    make.learner(taker, family_name=child.family_name, given_name="Арина", letter="В")
    offer = offered(child, taker)

    with pytest.raises(actions.NamesakeThere):
        accepted(offer)

    assert accepted(offer, new=True).owner == taker


def test_each_side_has_its_own_say() -> None:
    child, taker = make.learner(), organisations.school()
    offer = offered(child, taker)

    with pytest.raises(NotFound):
        actions.accept_transfer(
            people.actor(organisations.school()), offer.public_id, grade=6, letter="В"
        )
    assert not actions.accept_transfer.allowed(people.actor(child.owner), offer)
    assert not actions.withdraw_transfer.allowed(people.actor(taker), offer)


def test_of_an_erased_child_no_offer_is_left() -> None:
    child, taker = make.learner(), organisations.school()
    offer = offered(child, taker)

    actor = people.actor(child.owner)
    actions.destroy(actor, child.owner.public_id, learners=[child.public_id], why="asked")

    assert not Transfer.objects.filter(pk=offer.pk).exists()
