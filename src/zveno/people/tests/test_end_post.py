"""A post ends, and everything of it in the same moment."""

from datetime import timedelta

import pytest
from django.test import Client

from zveno.kernel import clock
from zveno.kernel.errors import NotAllowed
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.actions import EndsTooEarly, PostOver, end_post
from zveno.people.models import Account, Post, SignIn, actor_of
from zveno.people.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


@pytest.fixture
def teacher(school: Organisation) -> Account:
    return make.account(school, Post.Role.TEACHER)


def post_of(account: Account) -> Post:
    return Post.objects.filter(person=account.person).earliest("pk")


def test_rights_and_sign_ins_end_with_the_next_request(
    client: Client, school: Organisation, teacher: Account
) -> None:
    client.force_login(teacher)
    assert client.get("/account/").status_code == 200

    end_post(make.actor(school, Post.Role.HEAD), post_of(teacher).public_id)

    assert client.get("/account/")["Location"].startswith("/sign-in/")
    assert actor_of(Account.objects.get(pk=teacher.pk)).scope == frozenset()


def test_who_holds_another_post_stays_signed_in(
    client: Client, school: Organisation, teacher: Account
) -> None:
    elsewhere = organisations.school()
    assert teacher.person is not None
    Post.objects.create(person=teacher.person, organisation=elsewhere, role=Post.Role.TEACHER)
    client.force_login(teacher)

    end_post(make.actor(school, Post.Role.HEAD), post_of(teacher).public_id)

    assert client.get("/account/").status_code == 200
    assert actor_of(Account.objects.get(pk=teacher.pk)).scope == {elsewhere.pk}


def test_post_may_end_on_a_day_to_come(school: Organisation, teacher: Account) -> None:
    moment = clock.now() + timedelta(days=9)
    SignIn.objects.all().delete()
    make.sign_in(teacher)

    end_post(make.actor(school, Post.Role.HEAD), post_of(teacher).public_id, until=moment)

    assert actor_of(teacher).until == moment
    assert SignIn.objects.count() == 1
    with clock.travel(moment + timedelta(seconds=1)):
        assert actor_of(teacher).scope == frozenset()


def test_post_that_never_began_is_forgotten(school: Organisation) -> None:
    post = Post.objects.create(
        person=make.person(school),
        organisation=school,
        role=Post.Role.TEACHER,
        since=clock.now() + timedelta(days=5),
    )

    end_post(make.actor(school, Post.Role.HEAD), post.public_id)

    assert not Post.objects.filter(pk=post.pk).exists()


def test_post_ends_once_and_not_before_it_began(school: Organisation, teacher: Account) -> None:
    head, post = make.actor(school, Post.Role.HEAD), post_of(teacher)

    with pytest.raises(EndsTooEarly):
        end_post(head, post.public_id, until=post.since - timedelta(days=1))
    end_post(head, post.public_id)
    with pytest.raises(PostOver):
        end_post(head, post.public_id)


def test_one_may_give_up_ones_own(teacher: Account) -> None:
    end_post(actor_of(teacher), post_of(teacher).public_id)

    assert post_of(teacher).is_over


@pytest.mark.parametrize("role", [Post.Role.TEACHER, Post.Role.REPRESENTATIVE, Post.Role.AUDITOR])
def test_colleague_ends_nobodys_post(school: Organisation, teacher: Account, role: str) -> None:
    with pytest.raises(NotAllowed):
        end_post(make.actor(school, role), post_of(teacher).public_id)


def test_head_of_another_school_ends_nobodys_post_here(teacher: Account) -> None:
    stranger = make.actor(organisations.school(), Post.Role.HEAD)

    with pytest.raises(NotAllowed):
        end_post(stranger, post_of(teacher).public_id)
