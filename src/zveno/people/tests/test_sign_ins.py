"""Sign-ins: what a session is kept as, and what it costs to ask who is there."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zveno.kernel import clock
from zveno.people.models import Account, SessionStore, SignIn
from zveno.people.models.sign_ins import FRESH, device_words, forget_old_sign_ins, kept_key
from zveno.people.pages.visitors import SignedIn
from zveno.people.tests import make

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/109.0 Safari/537.36"


def cookie(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_the_table_holds_no_cookie(client: Client) -> None:
    client.force_login(make.account())

    row = SignIn.objects.get()

    assert row.session_key == kept_key(cookie(client))
    assert cookie(client) not in f"{row.session_key} {row.session_data}"


def test_account_comes_with_its_sign_in_in_one_question(client: Client) -> None:
    account = make.account()
    client.force_login(account)
    request = RequestFactory().get("/")
    request.session = SessionStore(cookie(client))
    users: list[object] = []

    with CaptureQueriesContext(connection) as asked:
        SignedIn(lambda request: users.append(request.user.sign_in_name))(request)  # type: ignore[arg-type]

    assert users == [account.sign_in_name]
    assert len(asked) == 1


@pytest.mark.parametrize(
    "change",
    [{"is_active": False}, {"password": make_password("another-for-tests-2026")}],
)
def test_closed_account_or_new_password_ends_what_was_signed_in(
    client: Client, change: dict[str, object]
) -> None:
    account = make.account()
    client.force_login(account)
    assert client.get("/").status_code == 200

    Account.objects.filter(pk=account.pk).update(**change)

    assert client.get("/").status_code == 302


def test_sign_in_ends_by_itself(client: Client) -> None:
    client.force_login(make.account())

    with clock.travel(timezone.now() + timedelta(hours=13)):
        assert client.get("/").status_code == 302


def test_sign_ins_that_have_ended_are_forgotten(client: Client) -> None:
    client.force_login(make.account())

    assert forget_old_sign_ins() == 0
    with clock.travel(timezone.now() + timedelta(hours=13)):
        assert forget_old_sign_ins() == 1


def test_browser_seen_again_is_noted_not_oftener_than_every_few_minutes(client: Client) -> None:
    client.force_login(make.account())
    before = SignIn.objects.get().seen_at

    client.get("/")
    soon = SignIn.objects.get().seen_at
    with clock.travel(timezone.now() + FRESH * 2):
        client.get("/")
    later = SignIn.objects.get().seen_at

    assert (soon, later > before + FRESH) == (before, True)


def test_what_a_browser_calls_itself_is_kept_in_a_few_words() -> None:
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit/605 Version/17.0 Safari/604.1"
    yandex = "Mozilla/5.0 (X11; Linux x86_64) Chrome/118.0 YaBrowser/23.11 Safari/537.36"

    assert device_words(CHROME) == "Chrome, Windows"
    assert device_words(phone) == "Safari, iPhone"
    assert device_words(yandex) == "Яндекс Браузер, Linux"
    assert device_words("<script>") == ""
