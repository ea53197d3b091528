"""Where one is signed in, and ending it."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from zveno.kernel.errors import NotFound
from zveno.kernel.models import Entry
from zveno.people.actions import end_other_sign_ins, end_sign_in
from zveno.people.models import Account, SignIn, actor_of
from zveno.people.tests import make

pytestmark = pytest.mark.django_db
PAGE = "/account/"


@pytest.fixture
def account() -> Account:
    return make.account()


@pytest.fixture
def clients(account: Account) -> list[Client]:
    made = [Client(), Client(), Client()]
    for client in made:
        client.force_login(account)
    return made


def row_of(client: Client) -> SignIn:
    return SignIn.objects.opened_by(client.cookies["zveno"].value).get()


def test_ended_sign_in_opens_nothing_with_the_next_request(clients: list[Client]) -> None:
    here, there, third = clients

    answer = here.post(reverse("people:end_sign_in", args=[row_of(there).public_id]))

    assert answer["Location"] == PAGE
    assert [client.get(PAGE).status_code for client in (here, there, third)] == [200, 302, 200]


def test_all_others_end_at_once_and_this_one_stays(clients: list[Client]) -> None:
    here, *others = clients
    stranger = Client()
    stranger.force_login(make.account())

    here.post(reverse("people:end_other_sign_ins"))

    assert [client.get(PAGE).status_code for client in (here, *others)] == [200, 302, 302]
    assert stranger.get(PAGE).status_code == 200
    assert Entry.objects.latest("pk").verb == "people.end_other_sign_ins"


def test_sign_in_of_another_is_nobody_elses_to_end(account: Account, clients: list[Client]) -> None:
    key = row_of(clients[0]).public_id

    with pytest.raises(NotFound):
        end_sign_in(make.actor(), key)
    with pytest.raises(NotFound):
        end_other_sign_ins(make.actor(), account.public_id)


def test_page_shows_ones_own_and_marks_this_browser(clients: list[Client]) -> None:
    Client().force_login(make.account())

    shown = clients[1].get(PAGE)

    assert next(row.public_id for row in shown.context["rows"]) == row_of(clients[1]).public_id
    assert len(shown.context["rows"]) == len(clients)


def test_sign_in_that_is_gone_is_told_so(clients: list[Client]) -> None:
    assert clients[0].post(reverse("people:end_sign_in", args=[uuid4()])).status_code == 404


def test_page_asks_little(
    clients: list[Client], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(10):
        clients[0].get(PAGE)


def test_actor_without_a_person_has_no_sign_ins(clients: list[Client]) -> None:
    nobody = actor_of(None)

    assert not SignIn.objects.visible_to(nobody).exists()
