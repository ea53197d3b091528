"""Keys of devices: what is refused, and whose they are. A browser test opens real ones."""

from typing import Any

import pytest
from django.test import Client, override_settings

from zveno.kernel.errors import NotFound
from zveno.people.actions import (
    Credential,
    KeyKnown,
    TooManyKeys,
    WrongCode,
    add_passkey,
    remove_passkey,
    use_passkey,
)
from zveno.people.models import Account, Passkey, actor_of
from zveno.people.tests import make

pytestmark = pytest.mark.django_db


def credential(number: int = 1) -> Credential:
    return Credential(bytes([number] * 16), b"data", 0)


def added(account: Account, number: int = 1) -> Passkey:
    add_passkey(actor_of(account), account.public_id, name="Ноутбук", credential=credential(number))
    return Passkey.objects.latest("pk")


def test_first_key_asks_for_it_from_now_on_and_gives_codes_on_paper() -> None:
    account = make.account()

    paper = add_passkey(
        actor_of(account), account.public_id, name="Ноутбук", credential=credential()
    )

    assert len(paper) == 10
    assert Account.objects.get(pk=account.pk).second_step_at is not None


def test_last_key_removed_asks_no_more() -> None:
    account = make.account()
    key = added(account)

    remove_passkey(actor_of(account), key.public_id)

    assert Account.objects.get(pk=account.pk).second_step_at is None


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
        remove_passkey(make.actor(), key.public_id)


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
