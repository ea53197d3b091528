"""Offers and requests: posted, responded to, agreed on once and owed under an agreement."""

from datetime import timedelta
from uuid import uuid4

import pytest

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.network import actions
from zveno.network.actions import (
    InterestOver,
    NoAgreementBetween,
    NotEnoughLeft,
    OfferLastsNoDay,
    OfferOver,
    OwnOffer,
    Wanted,
)
from zveno.network.models import Cluster, Interest, Obligation, Offer
from zveno.network.tests import make
from zveno.organisations.models import Organisation
from zveno.people.models import Notice, Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def cluster() -> Cluster:
    return make.cluster()


@pytest.fixture
def school(cluster: Cluster) -> Organisation:
    return make.member(cluster)


@pytest.fixture
def host(cluster: Cluster) -> Actor:
    return people.coordinator(cluster.base)


@pytest.fixture
def deputy(school: Organisation) -> Actor:
    return people.actor(school)


def wanted(**changes: object) -> Wanted:
    today = clock.today()
    fields = {
        "key": uuid4(),
        "way": "offer",
        "kind": "laboratory",
        "text": "Лаборатория станков",
        "quantity": 10,
        "unit": "hours",
        "audience": "9 классы",
        "begins": today,
        "ends": today + timedelta(days=30),
    }
    return Wanted(**fields | changes)  # type: ignore[arg-type]


def test_an_offer_sent_twice_is_one(cluster: Cluster, host: Actor) -> None:
    member, sent = cluster.memberships.get(role="base"), wanted()

    made = [actions.post_offer(host, member.public_id, wanted=sent) for _ in range(2)]

    assert made[0] == made[1] == Offer.objects.get()


def test_an_offer_ends_later_than_it_begins_and_than_yesterday(
    cluster: Cluster, host: Actor
) -> None:
    member, day = cluster.memberships.get(role="base"), timedelta(days=1)
    past = clock.today() - day

    for days in ({"ends": past, "begins": past - day}, {"begins": clock.today() + 40 * day}):
        with pytest.raises(OfferLastsNoDay):
            actions.post_offer(host, member.public_id, wanted=wanted(**days))


def test_who_posted_it_is_asked_to_answer(cluster: Cluster, host: Actor, deputy: Actor) -> None:
    offer = make.offer(cluster)
    boss = people.account(cluster.base, Post.Role.HEAD)

    actions.express_interest(deputy, offer.public_id, amount=4, note="По субботам")
    again = actions.express_interest(deputy, offer.public_id, amount=6)

    assert (Interest.objects.get(), again.amount) == (again, 6)
    assert Notice.objects.get(person=boss.person).kind == "decide"


def test_what_is_agreed_on_is_owed_by_the_side_that_gives(
    cluster: Cluster, host: Actor, school: Organisation, deputy: Actor
) -> None:
    make.agreement(cluster, signed=2)
    offer = make.offer(cluster, audience="9 классы")
    interest = make.interest(offer, school)

    actions.agree_on(host, interest.public_id)
    actions.agree_on(host, interest.public_id)

    owed = Obligation.objects.get()
    assert owed.party is not None
    assert (owed.party.organisation, owed.planned, owed.unit) == (cluster.base, 8, "hours")
    assert (owed.text, owed.due) == ("Часы лаборатории: Лаборатория станков, 9 классы", offer.ends)
    offer.refresh_from_db()
    assert offer.left == 2


def test_a_request_is_owed_by_who_responds(
    cluster: Cluster, host: Actor, school: Organisation
) -> None:
    make.agreement(cluster, signed=2)
    interest = make.interest(make.offer(cluster, way="request"), school)

    actions.agree_on(host, interest.public_id)

    party = Obligation.objects.get().party
    assert party is not None
    assert party.organisation == school


def test_without_an_agreement_in_force_nothing_is_agreed_on(
    cluster: Cluster, host: Actor, school: Organisation
) -> None:
    make.agreement(cluster, signed=1)
    offer = make.offer(cluster)
    interest = make.interest(offer, school)

    with pytest.raises(NoAgreementBetween):
        actions.agree_on(host, interest.public_id)
    offer.refresh_from_db()
    assert offer.left == 10


def test_nobody_gets_more_than_is_left(cluster: Cluster, host: Actor, deputy: Actor) -> None:
    offer = make.offer(cluster)

    for amount in (0, 11):
        with pytest.raises(NotEnoughLeft):
            actions.express_interest(deputy, offer.public_id, amount=amount)
    with pytest.raises(OwnOffer):
        actions.express_interest(host, offer.public_id, amount=1)


def test_what_is_over_takes_no_responses(
    cluster: Cluster, host: Actor, school: Organisation, deputy: Actor
) -> None:
    yesterday = clock.today() - timedelta(days=1)
    past = make.offer(cluster, begins=yesterday, ends=yesterday)
    withdrawn = make.offer(cluster)
    make.agreement(cluster, signed=2)
    interest = make.interest(withdrawn, school)
    actions.withdraw_offer(host, withdrawn.public_id)

    for offer in (past, withdrawn):
        with pytest.raises(OfferOver):
            actions.express_interest(deputy, offer.public_id, amount=1)
    with pytest.raises(OfferOver):
        actions.agree_on(host, interest.public_id)


def test_a_response_is_withdrawn_until_it_is_agreed_on(
    cluster: Cluster, host: Actor, school: Organisation, deputy: Actor
) -> None:
    make.agreement(cluster, signed=2)
    offer = make.offer(cluster)
    interest, other = make.interest(offer, school, amount=2), make.offer(cluster)
    actions.agree_on(host, interest.public_id)
    taken_back = make.interest(other, school)
    actions.withdraw_interest(deputy, taken_back.public_id)

    with pytest.raises(InterestOver):
        actions.withdraw_interest(deputy, interest.public_id)
    with pytest.raises(InterestOver):
        actions.agree_on(host, taken_back.public_id)


def test_who_may_what(cluster: Cluster, school: Organisation, deputy: Actor) -> None:
    offer = make.offer(cluster)
    interest = make.interest(offer, school)
    stranger, teacher = people.actor(), people.actor(school, Post.Role.TEACHER)

    with pytest.raises(NotFound):
        actions.express_interest(stranger, offer.public_id, amount=1)
    with pytest.raises(NotAllowed):
        actions.express_interest(teacher, offer.public_id, amount=1)
    with pytest.raises(NotAllowed):
        actions.agree_on(deputy, interest.public_id)
    with pytest.raises(NotAllowed):
        actions.withdraw_offer(deputy, offer.public_id)
