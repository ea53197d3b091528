"""A colleague acts in a post for a while: under their own name, without signing."""

from datetime import timedelta

import pytest

from zveno.kernel import clock
from zveno.kernel.errors import NotAllowed
from zveno.kernel.models import Entry
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.actions import Appointment, BadStandIn, appoint, end_post, stand_in
from zveno.people.models import Account, Post, actor_of
from zveno.people.tests import make

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


@pytest.fixture
def head(school: Organisation) -> Account:
    return make.account(school, Post.Role.HEAD)


@pytest.fixture
def teacher(school: Organisation) -> Account:
    return make.account(school, Post.Role.TEACHER)


def post_of(account: Account) -> Post:
    return Post.objects.filter(person=account.person, stands_in_for=None).get()


def lend(head: Account, teacher: Account, lasts: timedelta = WEEK) -> Post:
    return stand_in(
        actor_of(head),
        post_of(head).public_id,
        deputy=post_of(teacher),
        until=clock.now() + lasts,
    )


def test_stand_in_leads_groups_and_never_signs(
    school: Organisation, head: Account, teacher: Account
) -> None:
    lend(head, teacher)

    actor = actor_of(teacher)
    assert actor.holds(Post.Role.REPRESENTATIVE, school.pk)
    assert not actor.holds(Post.Role.HEAD, school.pk)
    with pytest.raises(NotAllowed):
        appoint(actor, school.public_id, appointment=Appointment("Белова"))


def test_coordinators_stand_in_coordinates(school: Organisation, teacher: Account) -> None:
    coordinator = make.account(school, Post.Role.COORDINATOR)

    lend(coordinator, teacher)

    assert actor_of(teacher).holds(Post.Role.COORDINATOR, school.pk)


def test_journal_names_who_acted(head: Account, teacher: Account) -> None:
    given = lend(head, teacher)
    end_post(actor_of(teacher), given.public_id)

    lent, ended = Entry.objects.order_by("-pk")[:2][::-1]
    assert (lent.verb, ended.verb) == ("people.stand_in", "people.end_post")
    assert lent.details["deputy"] == str(post_of(teacher).pk)
    assert lent.actor_key != ended.actor_key


def test_it_ends_by_itself_with_the_post_and_by_its_giver(
    school: Organisation, head: Account, teacher: Account
) -> None:
    lend(head, teacher)
    with clock.travel(clock.now() + WEEK):
        assert not actor_of(teacher).holds(Post.Role.REPRESENTATIVE, school.pk)

    end_post(actor_of(head), post_of(head).public_id)

    assert not actor_of(teacher).holds(Post.Role.REPRESENTATIVE, school.pk)
    assert actor_of(teacher).holds(Post.Role.TEACHER, school.pk)


def test_giver_takes_it_back(school: Organisation, teacher: Account) -> None:
    clerk = make.account(school, Post.Role.METHODIST)
    given = lend(clerk, teacher)

    end_post(actor_of(clerk), given.public_id)

    assert not actor_of(teacher).holds(Post.Role.METHODIST, school.pk)


@pytest.mark.parametrize("lasts", [timedelta(days=-1), timedelta(days=100)])
def test_it_lasts_a_while_and_not_for_ever(
    head: Account, teacher: Account, lasts: timedelta
) -> None:
    with pytest.raises(BadStandIn):
        lend(head, teacher, lasts)


def test_nobody_from_elsewhere_and_not_oneself(head: Account) -> None:
    stranger = make.account(organisations.school())

    with pytest.raises(BadStandIn):
        lend(head, stranger)
    with pytest.raises(BadStandIn):
        lend(head, head)


def test_who_stands_in_lends_it_to_nobody(school: Organisation, teacher: Account) -> None:
    methodist = make.account(school, Post.Role.METHODIST)
    given = lend(methodist, teacher)
    third = make.account(school)

    with pytest.raises(NotAllowed):
        stand_in(
            actor_of(teacher),
            given.public_id,
            deputy=post_of(third),
            until=clock.now() + timedelta(days=1),
        )
