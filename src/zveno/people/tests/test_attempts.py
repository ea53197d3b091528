"""Guessing passwords meets bounds; nobody is locked out, no name is given away."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.db import connection, connections
from django.test import Client, override_settings
from django.utils import timezone

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.people.actions import open_account
from zveno.people.models import Account, Attempt, Bound, count_attempt
from zveno.people.models.attempts import HERE, forget_old_attempts
from zveno.people.pages.bounds import ADDRESS, NAME
from zveno.people.tests import make

pytestmark = pytest.mark.django_db
FAR = "203.0.113.7"


@pytest.fixture
def account() -> Account:
    person = make.person()
    return open_account(SYSTEM, person.public_id, sign_in_name="belova", password=make.PASSWORD)


def knock(client: Client, name: str = "belova", word: str = "wrong", at: str = FAR) -> Any:
    form = {"username": name, "password": word}
    return client.post("/sign-in/", form, REMOTE_ADDR=at)


def answers(name: str, times: int) -> list[tuple[int, list[str]]]:
    found = []
    for _ in range(times):
        answer = knock(Client(), name)
        found.append((answer.status_code, answer.context["form"].non_field_errors()))
    return found


def test_sixth_attempt_is_told_when_to_come_back(account: Account) -> None:
    found = answers("belova", HERE + 1)

    assert [status for status, _ in found] == [422] * HERE + [429]
    assert "Слишком много попыток" in found[-1][1][0]
    assert 0 < int(knock(Client())["Retry-After"]) <= 15 * 60


def test_even_the_right_password_waits_and_then_opens(client: Client, account: Account) -> None:
    answers("belova", HERE)

    assert knock(client, word=make.PASSWORD).status_code == 429
    with clock.travel(timezone.now() + timedelta(minutes=16)):
        assert knock(client, word=make.PASSWORD).status_code == 302


def test_known_and_unknown_names_get_the_same_answers(account: Account) -> None:
    assert answers("belova", HERE + 2) == answers("nobody-of-this-name", HERE + 2)


def test_unknown_name_costs_the_same_work(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked: list[str] = []
    encode = hashers.MD5PasswordHasher.encode

    def noted(hasher: Any, password: str, salt: str) -> str:
        worked.append(password)
        return str(encode(hasher, password, salt))

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", noted)
    work = []
    for name in ("belova", "nobody-of-this-name"):
        worked.clear()
        knock(Client(), name)
        work.append(len(worked))

    assert work[0] == work[1] > 0


def test_right_password_opens_from_another_address(client: Client, account: Account) -> None:
    answers("belova", HERE + 1)

    assert knock(client, word=make.PASSWORD, at="203.0.113.8").status_code == 302


def test_browser_that_has_signed_in_before_is_not_held_back_by_strangers(
    client: Client, account: Account
) -> None:
    knock(client, word=make.PASSWORD)
    client.post("/sign-out/")
    for number in range(NAME + 1):
        knock(Client(), at=f"198.51.100.{number}")

    stranger = knock(Client(), word=make.PASSWORD, at="203.0.113.9")
    known = knock(client, word=make.PASSWORD)

    assert (stranger.status_code, known.status_code) == (429, 302)


def test_mark_of_a_browser_is_of_one_name_and_cannot_be_made_up(
    client: Client, account: Account
) -> None:
    knock(client, word=make.PASSWORD)
    client.post("/sign-out/")
    answers("belova", HERE)
    client.cookies["zveno-known"] = "0" * 64

    assert knock(client, word=make.PASSWORD).status_code == 429


def test_right_password_forgives_the_mistakes_before_it(client: Client, account: Account) -> None:
    answers("belova", HERE - 1)
    knock(Client(), word=make.PASSWORD)

    assert [status for status, _ in answers("belova", HERE)] == [422] * HERE


def test_one_address_tries_many_names_only_so_often() -> None:
    found = [knock(Client(), f"name{number}").status_code for number in range(ADDRESS + 1)]

    assert found == [422] * ADDRESS + [429]


def test_people_behind_one_address_sign_in_as_many_as_they_are(account: Account) -> None:
    found = {knock(Client(), word=make.PASSWORD).status_code for _ in range(ADDRESS + 5)}

    assert found == {302}


@override_settings(PROXIES=1)
def test_behind_a_proxy_the_address_is_what_the_proxy_saw(account: Account) -> None:
    def through(seen: str) -> int:
        form = {"username": "belova", "password": "wrong"}
        headers = {"X-Forwarded-For": f"127.0.0.1, {seen}"}
        return Client().post("/sign-in/", form, headers=headers).status_code

    assert [through(FAR) for _ in range(HERE + 1)][-1] == 429
    assert through("203.0.113.8") == 422


@pytest.mark.parametrize("address", ["", "not an address", "::1", "2001:db8::1", "\0"])
def test_strange_addresses_break_nothing(account: Account, address: str) -> None:
    assert knock(Client(), at=address).status_code == 422


def test_counts_name_nobody_and_go_when_they_hold_nobody_back(account: Account) -> None:
    knock(Client())

    assert all(len(row.key) == 64 for row in Attempt.objects.all())
    assert forget_old_attempts() == 0
    with clock.travel(timezone.now() + timedelta(hours=1)):
        assert forget_old_attempts() > 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_of_many_attempts_at_once_no_more_pass_than_may() -> None:
    bound = Bound(("race",), HERE, timedelta(minutes=15))

    def attempt(_: int) -> bool:
        try:
            return count_attempt([bound]) is None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        passed = sum(crowd.map(attempt, range(40)))
    connections["default"].close()

    assert passed == HERE
