"""Signing in and out."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from zveno.kernel.actor import SYSTEM
from zveno.kernel.models import Entry
from zveno.people.actions import open_account
from zveno.people.models import Account
from zveno.people.tests import make

pytestmark = pytest.mark.django_db
ADDRESS = "/sign-in/"


@pytest.fixture
def account() -> Account:
    person = make.person()
    return open_account(SYSTEM, person.public_id, sign_in_name="belova", password=make.PASSWORD)


def test_right_name_and_password_lead_where_the_visitor_was_going(
    client: Client, account: Account
) -> None:
    answer = client.post(
        ADDRESS,
        {"username": " Belova ", "password": make.PASSWORD, "next": "/sign-in/?next=/c/"},
    )

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/c/")
    assert client.session["_auth_user_id"] == str(account.pk)
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.target_key) == ("people.note_sign_in", str(account.pk))


@pytest.mark.parametrize(
    "elsewhere",
    [
        *("https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"),
        *("nowhere", "people:sign_out", "'>{{7*7}}%", "../.."),
    ],
)
def test_nobody_is_led_out_of_zveno(client: Client, account: Account, elsewhere: str) -> None:
    answer = client.post(
        ADDRESS, {"username": "belova", "password": make.PASSWORD, "next": elsewhere}
    )

    assert answer["Location"] == "/"
    assert client.get(ADDRESS, {"next": elsewhere})["Location"] == "/"


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("unknown", make.PASSWORD),
        ("belova", "wrong"),
        ("", ""),
        ("\0", "x"),
        ("б" * 500, "x" * 5000),
        ("'; DROP TABLE people_account; --", "x"),
    ],
)
def test_whatever_is_wrong_the_page_says_so_and_keeps_the_name(
    client: Client, account: Account, name: str, password: str
) -> None:
    answer = client.post(ADDRESS, {"username": name, "password": password})

    assert (answer.status_code, answer.context["form"]["username"].value()) == (422, name)
    assert 'role="alert"' in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_unknown_name_and_wrong_password_get_the_same_sentence(
    client: Client, account: Account
) -> None:
    sentences = [
        client.post(ADDRESS, {"username": name, "password": "wrong"}).context["form"].errors
        for name in ("belova", "unknown")
    ]

    assert sentences[0] == sentences[1]


@pytest.mark.parametrize("change", [{"is_active": False}, {"person": None}])
def test_closed_account_and_account_of_nobody_stay_out(
    client: Client, account: Account, change: dict[str, object]
) -> None:
    Account.objects.filter(pk=account.pk).update(**change)

    assert (
        client.post(ADDRESS, {"username": "belova", "password": make.PASSWORD}).status_code == 422
    )


def test_page_asks_a_stranger_and_lets_pass_who_is_in(client: Client, account: Account) -> None:
    asked = client.get(ADDRESS)
    client.force_login(account)
    passed = client.get(ADDRESS)

    assert asked.status_code == 200
    assert 'autocomplete="username"' in asked.content.decode()
    assert passed.status_code == 302


def test_page_opens_a_transaction_and_asks_nothing(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(4):
        client.get(ADDRESS)


def test_signing_out_forgets_who_was_here(client: Client, account: Account) -> None:
    client.force_login(account)

    answer = client.post(reverse("people:sign_out"))

    assert answer["Location"] == ADDRESS
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("people:sign_out")).status_code == 405
