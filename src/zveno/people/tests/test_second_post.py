"""Whoever has an account takes a second post by an invitation, with that account."""

from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from zveno.kernel import clock
from zveno.kernel.errors import NotFound
from zveno.kernel.models import Entry
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people import actions
from zveno.people.models import Account, CodeKey, Invitation, Person, Post, actor_of
from zveno.people.models.codes import code_at, new_code_secret, step_of
from zveno.people.models.seals import sealed
from zveno.people.tests import make

pytestmark = pytest.mark.django_db
TOKEN = "a-letter-with-another-post"
PATH = f"/invitation/{TOKEN}/"


@pytest.fixture
def account() -> Account:
    found = make.account(organisations.school())
    found.password = make_password(make.PASSWORD)
    found.sign_in_name = "belova"
    found.save()
    return found


@pytest.fixture
def invitation(account: Account) -> Invitation:
    """Invite somebody of the same name to a college."""
    return make.invited(organisations.college(), TOKEN)


def signed_in(account: Account) -> Client:
    browser = Client()
    browser.force_login(account)
    return browser


def sign_in(browser: Client, **fields: Any) -> Any:
    typed = {"username": "belova", "password": make.PASSWORD, "next": PATH}
    return browser.post("/sign-in/", typed | fields)


def test_signed_in_one_button_takes_the_post(account: Account, invitation: Invitation) -> None:
    placeholder = invitation.post.person_id
    browser = signed_in(account)

    shown = browser.get(PATH)
    answer = browser.post(PATH)

    post = Post.objects.get(pk=invitation.post_id)
    assert shown.context["right"]
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert post.person_id == account.person_id
    assert post.organisation_id in actor_of(account).scope
    assert not Person.objects.filter(pk=placeholder).exists()
    assert Account.objects.count() == 1
    entry = Entry.objects.get(verb="people.take_invited_post")
    assert entry.created_kind == "people.Post"


def test_invitation_is_good_once(account: Account, invitation: Invitation) -> None:
    browser = signed_in(account)
    browser.post(PATH)

    assert browser.get(PATH).status_code == 404
    assert browser.post(PATH).status_code == 404
    assert Post.objects.filter(person=account.person).count() == 2


def test_signing_in_on_the_page_leads_back_to_it(account: Account, invitation: Invitation) -> None:
    browser = Client()

    offered = browser.get(PATH).content.decode()
    answer = sign_in(browser)

    assert f'name="next" value="{PATH}"' in offered
    assert answer["Location"] == PATH
    assert browser.get(PATH).context["right"]


def test_wrong_password_keeps_the_way_back(account: Account, invitation: Invitation) -> None:
    answer = sign_in(Client(), password="wrong")

    assert answer.status_code == 422
    assert f'name="next" value="{PATH}"' in answer.content.decode()


def test_second_step_leads_back_too_and_the_link_waits_sealed(
    account: Account, invitation: Invitation
) -> None:
    secret = new_code_secret()
    CodeKey.objects.create(account=account, secret=sealed(secret), confirmed_at=clock.now())
    Account.objects.filter(pk=account.pk).update(second_step_at=clock.now())
    browser = Client()

    half = sign_in(browser)
    kept = str(dict(browser.session.items()))
    answer = browser.post("/sign-in/second-step/", {"code": code_at(secret, step_of(clock.now()))})

    assert half["Location"] == "/sign-in/second-step/"
    assert TOKEN not in kept
    assert answer["Location"] == PATH


def test_wrong_account_is_told_whose_invitation_it_is(invitation: Invitation) -> None:
    other = make.account(organisations.school())
    Person.objects.filter(account=other).update(family_name="Гаврилова", given_name="Вера")
    browser = signed_in(other)

    shown, answer = browser.get(PATH), browser.post(PATH)

    assert not shown.context["right"]
    assert answer.status_code == 409
    assert "Гаврилова Вера" in answer.content.decode()
    assert "Петрова Анна" in answer.content.decode()
    assert Post.objects.get(pk=invitation.post_id).person_id == invitation.post.person_id
    assert Invitation.objects.acceptable().exists()


@pytest.mark.parametrize(
    ("mine", "invited", "same"),
    [
        (("Ёлкина", "Анна", "Ильинична"), ("ЕЛКИНА", "анна", ""), True),
        (("Ёлкина", "Анна", "Ильинична"), ("Елкина", "", ""), True),
        (("Ёлкина", "", ""), ("Елкина", "Анна", "Ильинична"), True),
        (("Ёлкина", "Анна", ""), ("Ёлкина", "Алина", ""), False),
        (("Ёлкина", "Анна", ""), ("Белова", "Анна", ""), False),
    ],
)
def test_names_agree_where_both_are_given(
    mine: tuple[str, str, str], invited: tuple[str, str, str], *, same: bool
) -> None:
    assert Person(**_names(mine)).may_be(Person(**_names(invited))) == same


def _names(parts: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("family_name", "given_name", "patronymic"), parts, strict=True))


def test_organisation_answers_for_itself_from_then_on(account: Account) -> None:
    steward = organisations.college()
    school = organisations.school(steward=steward)
    invitation = make.invited(school, TOKEN)
    Person.objects.filter(pk=invitation.post.person_id).update(owner=steward)

    signed_in(account).post(PATH)

    assert Organisation.objects.get(pk=school.pk).steward is None
    assert not Person.objects.filter(pk=invitation.post.person_id).exists()


def test_whoever_holds_other_posts_as_entered_stays_entered(
    account: Account, invitation: Invitation
) -> None:
    entered = invitation.post.person
    kept = Post.objects.create(
        person=entered, organisation=invitation.post.organisation, role=Post.Role.LAB_HEAD
    )

    signed_in(account).post(PATH)

    assert Post.objects.get(pk=kept.pk).person_id == entered.pk


def test_without_the_link_nobody_takes_a_post(account: Account, invitation: Invitation) -> None:
    with pytest.raises(NotFound):
        actions.take_invited_post(actor_of(account), invitation.public_id)


def test_an_appointment_ends_in_the_account_there_is(account: Account) -> None:
    college = organisations.college()
    head = make.actor(college, Post.Role.HEAD)
    facts = actions.Appointment("Петрова", "Анна", role="teacher", email="petrova@example.org")
    post = actions.appoint(head, college.public_id, appointment=facts)
    token = actions.invite(head, post.public_id)

    answer = signed_in(account).post(f"/invitation/{token}/")

    assert answer.status_code == 302

    assert Post.objects.get(pk=post.pk).person_id == account.person_id
