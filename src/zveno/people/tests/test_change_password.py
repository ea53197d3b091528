"""One's own password changed while signed in: all other sign-ins end, all else stays."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Bearer
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry, Letter
from zveno.kernel.walls import scoped
from zveno.people import actions
from zveno.people.models import Account, Notice, Passkey, SignIn, Token, actor_of
from zveno.people.models.attempts import HERE, QUARTER
from zveno.people.tests import make

pytestmark = pytest.mark.django_db
PAGE = "/account/password/"
NEW = "three words beside each other"


@pytest.fixture
def account() -> Account:
    found = make.account()
    found.person.email = "belova@example.org"  # type: ignore[union-attr]
    found.person.save()  # type: ignore[union-attr]
    return make.with_password(found)


@pytest.fixture
def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def change(browser: Client, present: str = make.PASSWORD, password: str = NEW) -> Any:
    return browser.post(PAGE, {"present": present, "password": password})


def test_the_new_password_opens_and_the_old_one_does_not(account: Account, browser: Client) -> None:
    answer = change(browser)

    account.refresh_from_db()
    assert answer["Location"] == "/account/"
    assert account.check_password(NEW)
    assert not account.check_password(make.PASSWORD)


def test_this_browser_stays_under_a_new_cookie_and_others_are_out(
    account: Account, browser: Client
) -> None:
    other, copied = Client(), Client()
    other.force_login(account)
    copied.cookies["zveno"] = browser.cookies["zveno"].value

    change(browser)

    assert [one.get(PAGE).status_code for one in (browser, other, copied)] == [200, 302, 302]
    assert SignIn.objects.filter(account=account).count() == 1


def test_second_step_stays(account: Account, browser: Client) -> None:
    make.passkey(account)
    Account.objects.filter(pk=account.pk).update(second_step_at=clock.now())

    change(browser)

    account.refresh_from_db()
    assert account.second_step_at
    assert Passkey.objects.filter(account=account).exists()


def test_tokens_end_but_those_that_were_ticked(account: Account, browser: Client) -> None:
    kept, _ended = make.token(account, name="Журнал"), make.token(account, name="Таблица")
    foreign = make.token(make.account())
    page = browser.get(PAGE).text

    browser.post(PAGE, {"present": make.PASSWORD, "password": NEW, "spared": [str(kept.public_id)]})

    with scoped(SYSTEM):
        letter = Letter.objects.get(to="belova@example.org")
    assert ("Журнал" in page, "Таблица" in page) == (True, True)
    assert {*Token.objects.live()} == {kept, foreign}
    assert "Таблица" in letter.text
    assert "Журнал" not in letter.text
    assert "Таблица" in Notice.objects.get(person=account.person).text


def test_token_of_somebody_else_cannot_be_named(account: Account, browser: Client) -> None:
    foreign = make.token(make.account())

    answer = browser.post(
        PAGE, {"present": make.PASSWORD, "password": NEW, "spared": [str(foreign.public_id)]}
    )

    account.refresh_from_db()
    assert answer.status_code == 422
    assert account.check_password(make.PASSWORD)


def test_wrong_password_ends_no_token(account: Account, browser: Client) -> None:
    make.token(account)

    change(browser, "not the present one")

    assert Token.objects.live().count() == 1


def test_the_owner_is_told_and_the_journal_knows_no_password(
    account: Account, browser: Client
) -> None:
    change(browser)

    with scoped(SYSTEM):
        letter = Letter.objects.get(to="belova@example.org")
    entry = Entry.objects.get(verb="people.change_password")
    assert letter.subject == "Ваш пароль изменён"
    assert "кроме того браузера" in letter.text
    assert Notice.objects.get(person=account.person).title == "Ваш пароль изменён"
    assert set(entry.details.values()) == {None}


@pytest.mark.parametrize(
    ("present", "password", "field"),
    [
        ("not the present one", NEW, "present"),
        ("", NEW, "present"),
        ("\0" * 12, NEW, "present"),
        (make.PASSWORD, "", "password"),
        (make.PASSWORD, "short", "password"),
        (make.PASSWORD, "password1234", "password"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    account: Account, browser: Client, present: str, password: str, field: str
) -> None:
    make.sign_in(account)

    answer = change(browser, present, password)

    account.refresh_from_db()
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert account.check_password(make.PASSWORD)
    assert SignIn.objects.filter(account=account).count() == 2


def test_guesses_are_bounded_for_the_right_one_too(browser: Client) -> None:
    wrong = [change(browser, "not the present one").status_code for _ in range(HERE)]

    late = change(browser)
    with clock.travel(clock.now() + QUARTER):
        then = change(browser)

    assert wrong == [422] * HERE
    assert late.status_code == 429
    assert int(late["Retry-After"]) > 0
    assert then.status_code == 302


def test_guesses_in_a_stolen_browser_hold_nobody_else_back(
    account: Account, browser: Client
) -> None:
    stolen = Client()
    stolen.force_login(account)
    guessed = [change(stolen, "not the present one").status_code for _ in range(HERE + 1)]

    own = change(browser)

    assert guessed[-1] == 429
    assert own.status_code == 302


def test_the_right_one_forgives_wrong_ones(browser: Client) -> None:
    for _ in range(HERE - 1):
        change(browser, "not the present one")
    change(browser)

    again = [change(browser, "not the present one").status_code for _ in range(HERE)]

    assert again == [422] * HERE


def test_nobody_else_and_no_program_changes_it(account: Account) -> None:
    make.token(account, "zveno_own")
    stranger, program = make.actor(), actor_of(Bearer("zveno_own"))

    for actor, refusal in ((stranger, NotFound), (program, NotAllowed)):
        with pytest.raises(refusal):
            actions.change_password(actor, account.public_id, present=make.PASSWORD, password=NEW)


def test_strangers_are_led_to_the_door() -> None:
    assert Client().get(PAGE)["Location"].startswith("/sign-in/")


def test_page_asks_little(
    account: Account, browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(10):
        page = browser.get(PAGE)

    assert f'Ваше имя для входа: <b lang="en">{account.sign_in_name}</b>' in page.text
    assert "Нынешний пароль" in page.text
