"""Somebody with a post is invited, once, and comes in."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry, Letter
from zveno.kernel.walls import scoped
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.actions import (
    AccountOpen,
    Appointment,
    PostOver,
    appoint,
    end_post,
    invite,
    take_invitation_back,
)
from zveno.people.models import Account, Link, Person, Post, actor_of
from zveno.people.tests import make

pytestmark = pytest.mark.django_db
CHOSEN = {"sign_in_name": "Orehova", "password": make.PASSWORD}


def appointed(actor: Actor, organisation: Organisation, **changes: Any) -> Post:
    facts = {"family_name": "Орехова", "email": "orehova@example.org"} | changes
    return appoint(actor, organisation.public_id, appointment=Appointment(**facts))


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


@pytest.fixture
def head(school: Organisation) -> Actor:
    return make.actor(school, Post.Role.HEAD)


@pytest.fixture
def token(school: Organisation, head: Actor) -> str:
    return invite(head, appointed(head, school).public_id)


def test_invitation_accepted_opens_an_account_and_signs_in(client: Client, token: str) -> None:
    shown = client.get(f"/invitation/{token}/")
    answer = client.post(f"/invitation/{token}/", CHOSEN)

    assert shown.context["form"].initial == {"sign_in_name": "orehova"}
    assert answer["Location"] == "/"
    account = Account.objects.get(sign_in_name="orehova")
    assert account.check_password(make.PASSWORD)
    assert client.session["_auth_user_id"] == str(account.pk)
    assert "representative" in {role for _, role in actor_of(account).roles}


def test_invitation_is_good_once(client: Client, token: str) -> None:
    client.post(f"/invitation/{token}/", CHOSEN)

    again = Client().post(f"/invitation/{token}/", CHOSEN | {"sign_in_name": "another"})

    assert again.status_code == 404
    assert not Account.objects.filter(sign_in_name="another").exists()


def test_invitation_ends_after_a_week(client: Client, token: str) -> None:
    with clock.travel(timezone.now() + timedelta(days=8)):
        answer = client.get(f"/invitation/{token}/")

    assert answer.status_code == 404


def test_new_invitation_and_taking_back_end_the_one_before(school: Organisation) -> None:
    head = make.actor(school, Post.Role.HEAD)
    post = appointed(head, school)
    first = invite(head, post.public_id)

    second = invite(head, post.public_id)
    states = [Client().get(f"/invitation/{one}/").status_code for one in (first, second)]
    take_invitation_back(head, post.public_id)

    assert states == [404, 200]
    assert Client().get(f"/invitation/{second}/").status_code == 404


def test_letter_holds_the_link_and_no_table_does(token: str) -> None:
    with scoped(SYSTEM):
        letter = Letter.objects.get(to="orehova@example.org")

    assert f"/invitation/{token}/" in letter.text
    assert not Link.objects.filter(token_hash=token).exists()


def test_letter_that_has_not_left_is_taken_back(school: Organisation, head: Actor) -> None:
    post = appointed(head, school)
    invite(head, post.public_id)

    take_invitation_back(head, post.public_id)

    assert not Letter.objects.exists()


def test_without_an_address_no_letter_is_written(school: Organisation, head: Actor) -> None:
    assert invite(head, appointed(head, school, email="").public_id)
    assert not Letter.objects.exists()


def test_first_post_accepted_makes_the_organisation_answer_for_itself(client: Client) -> None:
    college = organisations.college()
    school = organisations.school(steward=college)
    clerk = make.coordinator(college)
    post = appointed(clerk, school, role="school_representative")
    other = appointed(clerk, school, family_name="Белова")
    foreign = make.person(college)

    client.post(f"/invitation/{invite(clerk, post.public_id)}/", CHOSEN)

    school.refresh_from_db()
    owners = dict(Person.objects.values_list("pk", "owner"))
    assert school.steward is None
    assert (owners[post.person_id], owners[other.person_id]) == (school.pk, school.pk)
    assert owners[foreign.pk] == college.pk
    assert "organisations.pass_on" in Entry.objects.values_list("verb", flat=True)


def test_steward_that_was_may_appoint_no_longer(client: Client) -> None:
    college = organisations.college()
    school = organisations.school(steward=college)
    clerk = make.coordinator(college)
    token = invite(clerk, appointed(clerk, school).public_id)

    client.post(f"/invitation/{token}/", CHOSEN)

    with pytest.raises(NotAllowed):
        appointed(clerk, school)


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"sign_in_name": "a b"}, "sign_in_name"),
        ({"sign_in_name": "ab"}, "sign_in_name"),
        ({"sign_in_name": "я" * 500}, "sign_in_name"),
        ({"sign_in_name": "<script>"}, "sign_in_name"),
        ({"sign_in_name": "\0"}, "sign_in_name"),
        ({"password": "short"}, "password"),
        ({"password": ""}, "password"),
        ({"password": "password1234"}, "password"),
    ],
)
def test_what_cannot_be_is_said_in_the_form(
    client: Client, token: str, chosen: dict[str, str], field: str
) -> None:
    answer = client.post(f"/invitation/{token}/", CHOSEN | chosen)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Account.objects.filter(person__family_name="Орехова").exists()


def test_name_taken_is_said_in_the_form(client: Client, token: str) -> None:
    taken = make.account().sign_in_name

    answer = client.post(f"/invitation/{token}/", CHOSEN | {"sign_in_name": taken.upper()})

    assert answer.status_code == 422
    assert "sign_in_name" in answer.context["form"].errors


def test_post_that_ended_meanwhile_invites_nobody(
    client: Client, school: Organisation, head: Actor
) -> None:
    post = appointed(head, school)
    token = invite(head, post.public_id)

    end_post(head, post.public_id)

    assert client.post(f"/invitation/{token}/", CHOSEN).status_code == 404
    with pytest.raises(PostOver):
        invite(head, post.public_id)


def test_who_signs_in_already_is_not_invited(school: Organisation, head: Actor) -> None:
    account = make.account(school)
    post = Post.objects.get(person=account.person)

    with pytest.raises(AccountOpen):
        invite(head, post.public_id)


def test_nobody_invites_into_a_foreign_house(school: Organisation, head: Actor) -> None:
    post = appointed(head, school)

    with pytest.raises(NotAllowed):
        invite(make.actor(organisations.school(), Post.Role.HEAD), post.public_id)
    with pytest.raises(NotAllowed):
        invite(make.actor(school, Post.Role.TEACHER), post.public_id)


def test_link_opens_no_other_invitation(school: Organisation, head: Actor) -> None:
    token = invite(head, appointed(head, school).public_id)
    invite(head, appointed(head, school, family_name="Белова").public_id)
    stranger = actor_of(token)

    with scoped(stranger):
        seen = list(Person.objects.values_list("family_name", flat=True))

    assert seen == ["Орехова"]


def test_link_of_an_invitation_ends_no_post(school: Organisation, head: Actor) -> None:
    post = appointed(head, school)
    stranger = actor_of(invite(head, post.public_id))

    with pytest.raises(NotFound):
        end_post(stranger, post.public_id)
