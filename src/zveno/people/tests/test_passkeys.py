"""Keys of devices: what is refused, and whose they are. A browser test opens real ones."""

from typing import Any

import pytest
from django.test import Client, override_settings

from zveno.kernel.actor import SYSTEM
from zveno.kernel.errors import NotFound
from zveno.kernel.models import Letter
from zveno.kernel.walls import scoped
from zveno.people.actions import (
    Credential,
    KeyKnown,
    TooManyKeys,
    WrongCode,
    WrongPassword,
    add_passkey,
    remove_passkey,
    use_passkey,
)
from zveno.people.models import Account, Notice, Passkey, actor_of
from zveno.people.models.attempts import HERE
from zveno.people.tests import make

pytestmark = pytest.mark.django_db


def credential(number: int = 1) -> Credential:
    return Credential(bytes([number] * 16), b"data", 0)


def add(account: Account, number: int = 1, password: str = make.PASSWORD) -> list[str]:
    made = credential(number)
    return add_passkey(
        actor_of(account), account.public_id, name="Ноутбук", credential=made, password=password
    )


def added(account: Account, number: int = 1) -> Passkey:
    if not account.password:
        make.with_password(account)
    add(account, number)
    return Passkey.objects.latest("pk")


def test_first_key_asks_for_it_from_now_on_and_gives_codes_on_paper() -> None:
    account = make.with_password(make.account())

    paper = add(account)

    assert len(paper) == 10
    assert Account.objects.get(pk=account.pk).second_step_at is not None


def test_last_key_removed_asks_no_more() -> None:
    account = make.account()
    key = added(account)

    remove_passkey(actor_of(account), key.public_id, password=make.PASSWORD)

    assert Account.objects.get(pk=account.pk).second_step_at is None


def test_who_knows_no_password_adds_and_removes_none() -> None:
    account = make.account()
    key = added(account)

    with pytest.raises(WrongPassword):
        add(account, 2, "not the present one")
    with pytest.raises(WrongPassword):
        remove_passkey(actor_of(account), key.public_id, password="not the present one")

    assert Passkey.objects.get() == key


def test_the_owner_is_told_of_each_key_that_comes_or_goes() -> None:
    account = make.account()
    account.person.email = "belova@example.org"  # type: ignore[union-attr]
    account.person.save()  # type: ignore[union-attr]

    key = added(account)
    remove_passkey(actor_of(account), key.public_id, password=make.PASSWORD)

    with scoped(SYSTEM):
        letters = Letter.objects.filter(to="belova@example.org")
        subjects = {letter.subject for letter in letters}
    assert subjects == {
        "К вашей учётной записи добавлен ключ устройства",
        "Из вашей учётной записи удалён ключ устройства",
    }
    assert set(Notice.objects.values_list("title", flat=True)) == subjects


def test_key_that_goes_back_is_a_copy() -> None:
    account = make.account()
    key = added(account)
    use_passkey(actor_of(account), key.public_id, count=7)

    with pytest.raises(WrongCode):
        use_passkey(actor_of(account), key.public_id, count=7)


def test_key_opens_one_account_and_there_are_few_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    account = make.account()
    added(account)

    with pytest.raises(KeyKnown):
        added(account)
    monkeypatch.setattr("zveno.people.actions.factors.MOST_PASSKEYS", 1)
    with pytest.raises(TooManyKeys):
        added(account, 2)


def test_key_of_another_is_nobody_elses_to_remove() -> None:
    key = added(make.account())

    with pytest.raises(NotFound):
        remove_passkey(make.actor(), key.public_id, password=make.PASSWORD)


@override_settings(ADDRESS="http://localhost:8000")
def test_guesses_of_the_password_are_bounded_where_keys_are_removed(client: Client) -> None:
    account = make.account()
    key = added(account)
    client.force_login(account)
    path = f"/account/second-step/keys/{key.public_id}/end/"

    guesses = [client.post(path, {"password": "not the one"}) for _ in range(HERE)]
    late = client.post(path, {"password": make.PASSWORD})

    assert [guess.status_code for guess in guesses] == [422] * HERE
    assert f'id="key_{key.public_id}_password"' in guesses[0].text
    assert late.status_code == 429
    assert Passkey.objects.exists()


HALF = '"response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}}'
NASTY: list[Any] = [
    *("", "{", "[]", "null", "{}", "\0", "я" * 30_000),
    '{"id": 1, "rawId": [], "type": "public-key", "response": {}}',
    f'{{"id": "AA", "rawId": "AA", "type": "public-key", {HALF}',
]


@override_settings(ADDRESS="http://localhost:8000")
@pytest.mark.parametrize("answer", NASTY)
def test_nasty_answers_of_devices_open_and_add_nothing(client: Client, answer: str) -> None:
    client.post("/sign-in/key/options/")
    opened = client.post("/sign-in/key/", {"credential": answer})
    client.force_login(make.account())
    client.post("/account/second-step/keys/options/")
    made = client.post("/account/second-step/keys/", {"credential": answer, "name": "x"})

    assert opened["Location"] == "/sign-in/"
    assert made["Location"] == "/account/second-step/"
    assert not Passkey.objects.exists()


@override_settings(ADDRESS="http://localhost:8000")
def test_answer_without_a_question_is_no_answer(client: Client) -> None:
    assert client.post("/sign-in/key/", {"credential": "{}"})["Location"] == "/sign-in/"


@override_settings(ADDRESS="http://localhost:8000")
def test_question_names_this_house_and_wants_its_owner(client: Client) -> None:
    client.force_login(make.account())

    asked = client.post("/account/second-step/keys/options/").json()["publicKey"]

    assert asked["rp"]["id"] == "localhost"
    assert asked["authenticatorSelection"]["userVerification"] == "required"


@pytest.mark.parametrize(
    ("address", "offered"), [("http://127.0.0.1:8000", False), ("https://zveno.example.org", True)]
)
def test_keys_are_offered_where_browsers_make_them(
    client: Client, address: str, *, offered: bool
) -> None:
    with override_settings(ADDRESS=address):
        words = client.get("/sign-in/").content.decode()

    assert ("people/keys.js" in words) is offered
