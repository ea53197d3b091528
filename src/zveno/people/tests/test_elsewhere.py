"""Signing in by a provider of identities: told, proven, tied; whatever is wrong lets nobody in."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from zveno.people.actions import confirm_codes, prepare_codes
from zveno.people.models import Account, Identity, Notice, actor_of
from zveno.people.models.attempts import HERE
from zveno.people.models.codes import code_at, step_of
from zveno.people.tests import make
from zveno.people.tests.provider import CLIENT, OTHER_KEY, Provider, provider

pytestmark = pytest.mark.django_db
PASSWORD = {"password": make.PASSWORD}
BACK = "/sign-in/elsewhere/back/"


@pytest.fixture
def there() -> Iterator[Provider]:
    with provider() as made:
        named = {"issuer": made.issuer, "name": "Единый вход", **CLIENT}
        with override_settings(OIDC=named):
            yield made


@pytest.fixture
def account() -> Account:
    return make.with_password(make.account())


def asked(client: Client) -> dict[str, str]:
    address = client.get("/sign-in/elsewhere/")["Location"]
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def through(client: Client, there: Provider, **changes: str) -> Any:
    question = asked(client)
    sent = {"state": question["state"], "code": there.allow(question)} | changes
    shown = client.get(BACK, sent)
    return client.post(BACK, PASSWORD) if shown.status_code == 200 else shown


def tied(account: Account, there: Provider) -> None:
    client = Client()
    client.force_login(account)
    through(client, there)
    assert Identity.objects.filter(account=account).count() == 1


def test_tied_account_is_opened_by_the_provider(
    client: Client, there: Provider, account: Account
) -> None:
    tied(account, there)

    answer = through(client, there)

    assert answer["Location"] == "/"
    assert client.session["_auth_user_id"] == str(account.pk)


def test_account_is_tied_by_who_knows_its_password(
    client: Client, there: Provider, account: Account
) -> None:
    client.force_login(account)
    question = asked(client)
    client.get(BACK, {"state": question["state"], "code": there.allow(question)})

    guesses = [client.post(BACK, {"password": "not the one"}) for _ in range(HERE)]
    late = client.post(BACK, PASSWORD)

    assert [guess.status_code for guess in guesses] == [422] * HERE
    assert late.status_code == 429
    assert not Identity.objects.exists()


def test_wrong_password_does_not_spend_the_answer(
    client: Client, there: Provider, account: Account
) -> None:
    client.force_login(account)
    question = asked(client)
    client.get(BACK, {"state": question["state"], "code": there.allow(question)})
    client.post(BACK, {"password": "not the one"})

    client.post(BACK, PASSWORD)

    assert Identity.objects.get().account == account
    assert Notice.objects.filter(person=account.person).exists()


def test_question_is_bound_to_the_browser(client: Client, there: Provider) -> None:
    question = asked(client)

    assert question["code_challenge_method"] == "S256"
    assert question["redirect_uri"].endswith(BACK)
    assert len({question["state"], question["nonce"], asked(client)["state"]}) == 3


def test_who_is_tied_to_nothing_is_told_to_sign_in_first(client: Client, there: Provider) -> None:
    assert through(client, there)["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_coming_back_changes_nothing_until_a_button_is_pressed(
    client: Client, there: Provider, account: Account
) -> None:
    tied(account, there)
    question = asked(client)

    shown = client.get(BACK, {"state": question["state"], "code": there.allow(question)})

    assert shown.status_code == 200
    assert "Единый вход" in shown.content.decode()
    assert "_auth_user_id" not in client.session


WRONG: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://example.org"},
    "for somebody else": {"aud": "another"},
    "party of somebody else": {"azp": "another"},
    "too late": {"exp": int(timezone.now().timestamp()) - 3600},
    "another question": {"nonce": "another"},
    "nobody": {"sub": ""},
}


@pytest.mark.parametrize("claims", WRONG.values(), ids=WRONG)
def test_wrong_token_lets_nobody_in(
    client: Client, there: Provider, account: Account, claims: dict[str, Any]
) -> None:
    tied(account, there)
    there.claims = claims

    assert through(client, there)["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("part", "value"),
    [("key", OTHER_KEY), ("algorithm", "HS256"), ("says_issuer", "https://example.org")],
)
def test_forged_token_or_strange_provider_lets_nobody_in(
    client: Client, there: Provider, account: Account, part: str, value: Any
) -> None:
    tied(account, there)
    question = asked(client)
    setattr(there, part, value)

    shown = client.get(BACK, {"state": question["state"], "code": there.allow(question)})

    assert shown.status_code == 200
    assert client.post(BACK)["Location"] == "/sign-in/"


@pytest.mark.parametrize(
    "changes", [{"state": "another"}, {"state": ""}, {"code": ""}, {"code": "x" * 9000}]
)
def test_answer_to_another_question_lets_nobody_in(
    client: Client, there: Provider, account: Account, changes: dict[str, str]
) -> None:
    tied(account, there)

    assert through(client, there, **changes)["Location"] == "/sign-in/"


def test_answer_is_good_once(client: Client, there: Provider, account: Account) -> None:
    tied(account, there)
    through(client, there)
    client.post("/sign-out/")

    assert client.post(BACK)["Location"] == "/sign-in/"


def test_second_step_is_asked_for_all_the_same(
    client: Client, there: Provider, account: Account
) -> None:
    tied(account, there)
    actor = actor_of(account)
    secret = prepare_codes(actor, account.public_id)
    code = code_at(secret, step_of(timezone.now()))
    confirm_codes(actor, account.public_id, code=code)

    assert through(client, there)["Location"] == "/sign-in/second-step/"


def test_identity_opens_one_account(there: Provider, account: Account) -> None:
    tied(account, there)
    other = Client()
    other.force_login(make.with_password(make.account()))

    assert through(other, there).status_code == 409
    assert Identity.objects.count() == 1


def test_untied_it_opens_nothing(client: Client, there: Provider, account: Account) -> None:
    tied(account, there)
    mine = Client()
    mine.force_login(account)

    mine.post("/account/elsewhere/end/")

    assert through(client, there)["Location"] == "/sign-in/"


def test_closed_account_stays_closed(client: Client, there: Provider, account: Account) -> None:
    tied(account, there)
    Account.objects.filter(pk=account.pk).update(is_active=False)

    assert through(client, there)["Location"] == "/sign-in/"


def test_provider_that_does_not_answer_is_said_so(client: Client, there: Provider) -> None:
    with override_settings(OIDC={"issuer": "http://127.0.0.1:9", "name": "Единый вход", **CLIENT}):
        assert client.get("/sign-in/elsewhere/")["Location"] == "/sign-in/"


def test_provider_without_tls_is_not_asked(client: Client) -> None:
    with override_settings(OIDC={"issuer": "http://example.org", "name": "Единый вход", **CLIENT}):
        assert client.get("/sign-in/elsewhere/")["Location"] == "/sign-in/"


def test_it_is_offered_where_it_is_named(client: Client, there: Provider) -> None:
    named = client.get("/sign-in/").content.decode()
    with override_settings(OIDC={"issuer": "", "name": "", **CLIENT}):
        unnamed = client.get("/sign-in/").content.decode()
        nothing = client.get("/sign-in/elsewhere/")

    assert ("Единый вход" in named, "elsewhere" in unnamed) == (True, False)
    assert nothing.status_code == 404
