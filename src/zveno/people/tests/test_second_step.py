"""The second step: set up, asked for, taken once, taken away."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.errors import NotFound
from zveno.organisations.tests import make as organisations
from zveno.people.actions import (
    Appointment,
    WrongCode,
    appoint,
    confirm_codes,
    open_account,
    prepare_codes,
    take_second_step,
)
from zveno.people.models import Account, CodeKey, PaperCode, Person, SignIn, actor_of
from zveno.people.models.attempts import HERE
from zveno.people.models.codes import code_at, matching_step, step_of
from zveno.people.models.seals import sealed, unsealed
from zveno.people.tests import make

pytestmark = pytest.mark.django_db
RFC = b"12345678901234567890"


@pytest.fixture
def account() -> Account:
    college = organisations.college()
    post = appoint(
        SYSTEM, college.public_id, appointment=Appointment("Воронцова", role="coordinator")
    )
    person = Person.objects.get(pk=post.person_id)
    return open_account(SYSTEM, person.public_id, sign_in_name="anna", password=make.PASSWORD)


def now_code(secret: bytes, steps: int = 0) -> str:
    return code_at(secret, step_of(clock.now()) + steps)


def guarded(account: Account) -> tuple[bytes, list[str]]:
    actor = actor_of(account)
    secret = prepare_codes(actor, account.public_id)
    return secret, confirm_codes(actor, account.public_id, code=now_code(secret, -1))


def say_password(client: Client) -> Any:
    return client.post(
        "/sign-in/", {"username": "anna", "password": make.PASSWORD, "next": "/people/"}
    )


def say_code(client: Client, code: str) -> Any:
    return client.post("/sign-in/second-step/", {"code": code})


@pytest.mark.parametrize(
    ("moment", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(moment: int, code: str) -> None:
    assert code_at(RFC, moment // 30) == code


def test_clocks_may_differ_by_a_step_and_spaces_do_not_matter() -> None:
    moment = timezone.now()
    step = step_of(moment)

    around = {away: matching_step(RFC, code_at(RFC, step + away), moment) for away in range(-3, 4)}

    assert {away for away, found in around.items() if found is not None} == {-1, 0, 1}
    assert matching_step(RFC, f" {code_at(RFC, step)[:3]} {code_at(RFC, step)[3:]}", moment) == step
    assert matching_step(RFC, "１２３４５６", moment) is None


def test_secret_is_sealed_in_the_database(account: Account) -> None:
    secret, _ = guarded(account)

    kept = CodeKey.objects.get().secret
    assert unsealed(kept) == secret
    assert unsealed(sealed(secret)[:-4] + "AAA=") is None
    with override_settings(SECRET_KEY="another house"):
        assert unsealed(kept) is None


def test_password_alone_signs_nobody_in(client: Client, account: Account) -> None:
    guarded(account)

    answer = say_password(client)

    assert answer["Location"] == "/sign-in/second-step/"
    assert client.get("/account/").status_code == 302
    assert not SignIn.objects.filter(account=account).exists()


def test_code_lets_in_and_leads_where_the_visitor_was_going(
    client: Client, account: Account
) -> None:
    secret, _ = guarded(account)
    say_password(client)
    before = client.cookies["zveno"].value

    answer = say_code(client, now_code(secret))

    assert answer["Location"] == "/people/"
    assert client.get("/account/").status_code == 200
    assert client.cookies["zveno"].value != before


def test_each_step_has_a_cookie_of_its_own(account: Account) -> None:
    secret, _ = guarded(account)
    client, before = Client(), Client()
    say_password(client)
    before.cookies["zveno"] = client.cookies["zveno"].value

    say_code(client, now_code(secret))

    assert client.cookies["zveno"].value != before.cookies["zveno"].value
    assert client.get("/account/").status_code == 200
    assert before.get("/account/").status_code == 302


def test_code_is_good_once(client: Client, account: Account) -> None:
    secret, _ = guarded(account)
    code = now_code(secret)
    say_password(client)
    say_code(client, code)
    other = Client()
    say_password(other)

    answers = [say_code(other, typed) for typed in (code, f"{code[:3]} {code[3:]}")]

    assert [answer.status_code for answer in answers] == [422, 422]


def test_code_on_paper_is_good_once(client: Client, account: Account) -> None:
    _, paper = guarded(account)
    say_password(client)
    other = Client()
    say_password(other)

    first = say_code(client, paper[0].upper().replace("-", " "))
    again = say_code(other, paper[0])

    assert (first.status_code, again.status_code) == (302, 422)
    assert PaperCode.objects.unused().count() == len(paper) - 1


def test_sixth_wrong_code_waits(client: Client, account: Account) -> None:
    secret, _ = guarded(account)
    say_password(client)

    wrong = [say_code(client, "000000").status_code for _ in range(6)]

    assert wrong == [422] * 5 + [429]
    assert say_code(client, now_code(secret)).status_code == 429


def test_second_step_waits_ten_minutes(client: Client, account: Account) -> None:
    secret, _ = guarded(account)
    say_password(client)

    with clock.travel(timezone.now() + timedelta(minutes=11)):
        assert say_code(client, now_code(secret))["Location"] == "/sign-in/"


@pytest.mark.parametrize("code", ["", "\0", "я" * 500, "12345", "<script>", "1" * 40])
def test_nasty_codes_are_refused_in_the_form(client: Client, account: Account, code: str) -> None:
    guarded(account)
    say_password(client)

    assert say_code(client, code).status_code == 422


def test_without_a_password_there_is_no_second_step(client: Client, account: Account) -> None:
    secret, _ = guarded(account)

    assert client.get("/sign-in/second-step/")["Location"] == "/sign-in/"
    assert say_code(client, now_code(secret))["Location"] == "/sign-in/"


def test_it_is_set_up_from_the_page(client: Client, account: Account) -> None:
    client.force_login(account)
    client.post("/account/second-step/codes/new/")
    shown = client.get("/account/second-step/codes/")
    secret = unsealed(CodeKey.objects.get().secret)
    assert secret is not None

    wrong = client.post("/account/second-step/codes/", {"code": "000000"})
    right = client.post("/account/second-step/codes/", {"code": now_code(secret)})

    assert "<svg" in shown.content.decode()
    assert (wrong.status_code, right.status_code) == (422, 200)
    words = right.content.decode()
    assert len(re.findall(r"<li>[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{2}</li>", words)) == 10
    assert Account.objects.get(pk=account.pk).second_step_at is not None


def test_it_is_taken_away_by_who_knows_the_password(client: Client, account: Account) -> None:
    guarded(account)
    client.force_login(Account.objects.get(pk=account.pk))
    address = "/account/second-step/codes/end/"

    wrong = client.post(address, {"password": "wrong"})
    right = client.post(address, {"password": make.PASSWORD})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert Account.objects.get(pk=account.pk).second_step_at is None
    assert not PaperCode.objects.exists()


def test_new_codes_on_paper_end_the_old(client: Client, account: Account) -> None:
    _, old = guarded(account)
    client.force_login(Account.objects.get(pk=account.pk))

    answer = client.post("/account/second-step/paper/", {"password": make.PASSWORD})

    assert answer.status_code == 200
    with pytest.raises(WrongCode):
        take_second_step(actor_of(account), account.public_id, code=old[0])


def test_nobody_takes_the_second_step_for_another(account: Account) -> None:
    secret, _ = guarded(account)

    with pytest.raises(NotFound):
        take_second_step(make.actor(), account.public_id, code=now_code(secret))


@override_settings(SECOND_STEP=True)
def test_who_sees_much_is_led_to_the_second_step_first(client: Client, account: Account) -> None:
    client.force_login(account)

    led = client.get("/people/")
    stays = client.get("/account/second-step/")
    guarded(account)
    client.force_login(Account.objects.get(pk=account.pk))
    free = client.get("/people/")

    assert led["Location"] == "/account/second-step/"
    assert stays.status_code == 200
    assert free["Location"] != "/account/second-step/"


@override_settings(SECOND_STEP=True)
@pytest.mark.parametrize(
    ("role", "needed"),
    [
        ("coordinator", True),
        ("methodist", True),
        ("auditor", True),
        ("operator", True),
        ("regional_authority", True),
        ("training_clerk", True),
        ("teacher", False),
        ("school_representative", False),
        ("head", False),
    ],
)
def test_roles_that_see_much_need_it(client: Client, role: str, *, needed: bool) -> None:
    client.force_login(make.account(organisations.school(), role))

    assert (client.get("/people/")["Location"] == "/account/second-step/") is needed


def test_page_asks_little(
    client: Client, account: Account, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(account)

    with django_assert_max_num_queries(13):
        client.get("/account/second-step/")


@pytest.mark.parametrize("page", ["codes/end/", "paper/"])
def test_guesses_of_the_password_are_bounded(account: Account, page: str) -> None:
    guarded(account)
    thief, owner = Client(), Client()
    for browser in (thief, owner):
        browser.force_login(account)
    path = f"/account/second-step/{page}"

    guesses = [thief.post(path, {"password": "not the one"}).status_code for _ in range(HERE)]
    late: Any = thief.post(path, {"password": make.PASSWORD})

    assert guesses == [422] * HERE
    assert late.status_code == 429
    assert int(late["Retry-After"]) > 0
    assert "Слишком много попыток" in late.text
    assert CodeKey.objects.filter(account=account).exists()
    assert owner.post(path, {"password": make.PASSWORD}).status_code in {200, 302}
