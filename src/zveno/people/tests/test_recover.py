"""A forgotten password: a letter for whoever has an address, the same answer for everybody."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.models import Entry, Letter
from zveno.kernel.walls import scoped
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people import tasks
from zveno.people.models import Account, Link, Notice, Post, Recovery, SignIn, actor_of
from zveno.people.models.codes import code_at, new_code_secret, step_of
from zveno.people.models.factors import CodeKey
from zveno.people.models.seals import sealed
from zveno.people.pages.bounds import LETTERS
from zveno.people.tests import make

pytestmark = pytest.mark.django_db
BEARER = {"Authorization": "Bearer zveno_of_a_thief"}
NEW = {"password": "three words beside each other"}
FAR = "203.0.113.7"


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


@pytest.fixture
def account(school: Organisation) -> Account:
    found = make.account(school)
    found.person.email = "belova@example.org"  # type: ignore[union-attr]
    found.person.save()  # type: ignore[union-attr]
    found.password = make_password(make.PASSWORD)
    found.sign_in_name = "belova"
    found.save()
    return found


def ask(words: str, at: str = "127.0.0.1") -> Any:
    """Ask for a letter, and let the worker do what was left to it."""
    answer = Client().post("/sign-in/forgotten/", {"name": words}, REMOTE_ADDR=at)
    for job in ProcrastinateJob.objects.filter(task_name="zveno.people.write_to_forgetful"):
        tasks.write_to_forgetful(**job.args)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.pk])
    return answer


def token_of_letter() -> str:
    with scoped(SYSTEM):
        letter = Letter.objects.latest("written_at")
    return str(re.findall(r"/password/([^/]+)/", letter.text)[0])


def printed(page: Any) -> str:
    return str(re.findall(r"/password/([^/]+)/", page.content.decode())[0])


@pytest.mark.parametrize("words", ["belova", "Belova", "BELOVA@example.org"])
def test_letter_leads_to_a_new_password_and_in(account: Account, words: str) -> None:
    browser = Client()

    ask(words)
    shown = browser.get(f"/password/{token_of_letter()}/")
    answer = browser.post(f"/password/{token_of_letter()}/", NEW)

    account.refresh_from_db()
    assert "belova" in shown.content.decode()
    assert answer["Location"] == "/"
    assert browser.get("/account/").status_code == 200
    assert account.check_password(NEW["password"])


def test_answer_and_questions_are_the_same_for_known_and_unknown(account: Account) -> None:
    found = []
    for words in ("belova", "nobody", "belova@example.org", "nobody@example.org"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = Client().post("/sign-in/forgotten/", {"name": words})
        plain = [re.sub(r"'[^']*'|[\d.]+", "?", one["sql"]) for one in asked.captured_queries]
        found.append((answer.status_code, answer["Location"], answer.content, plain))

    assert all(one == found[0] for one in found)


def test_nobody_is_written_to_for_unknown_words(account: Account) -> None:
    ask("nobody")
    ask("nobody@example.org")
    ask("%")

    assert not Letter.objects.exists()
    assert not Recovery.objects.exists()


def test_what_was_typed_waits_sealed(account: Account) -> None:
    Client().post("/sign-in/forgotten/", {"name": "belova@example.org"})

    (job,) = ProcrastinateJob.objects.filter(task_name="zveno.people.write_to_forgetful")

    assert "belova" not in str(job.args)


def test_no_letter_for_an_account_that_is_closed_or_without_an_address(account: Account) -> None:
    account.is_active = False
    account.save()
    make.account()

    ask("belova")
    ask(Account.objects.latest("pk").sign_in_name)

    assert not Letter.objects.exists()


def test_link_is_kept_as_a_hash_and_good_once(account: Account) -> None:
    ask("belova")
    token = token_of_letter()

    first = Client().post(f"/password/{token}/", NEW)
    second = Client().post(f"/password/{token}/", NEW)

    assert (first.status_code, second.status_code) == (302, 404)
    assert not Link.objects.filter(token_hash=token).exists()
    assert Client().get(f"/password/{token}/").status_code == 404


def test_link_ends_after_an_hour(account: Account) -> None:
    ask("belova")
    token = token_of_letter()

    with clock.travel(timezone.now() + timedelta(minutes=61)):
        assert Client().get(f"/password/{token}/").status_code == 404


def test_an_account_gets_three_letters_an_hour_and_all_open(account: Account) -> None:
    tokens = []
    for _ in range(4):
        ask("belova")
        tokens.append(token_of_letter())

    opened = [Client().get(f"/password/{token}/").status_code for token in tokens[:3]]

    with scoped(SYSTEM):
        assert Letter.objects.count() == 3
    assert opened == [200] * 3


def test_whoever_asks_in_anothers_name_locks_nobody_out(account: Account) -> None:
    for _ in range(LETTERS + 1):
        late = ask("belova", at=FAR)

    own = ask("belova", at="203.0.113.8")
    signed_in = Client().post("/sign-in/", {"username": "belova", "password": make.PASSWORD})

    assert (late.status_code, own.status_code, signed_in.status_code) == (429, 302, 302)
    assert int(late["Retry-After"]) > 0


def test_new_password_ends_every_sign_in_and_other_links(account: Account) -> None:
    others = [Client(), Client()]
    for other in others:
        other.force_login(account)
    make.sign_in(account)
    ask("belova")
    unused = token_of_letter()
    ask("belova")
    browser = Client()

    browser.post(f"/password/{token_of_letter()}/", NEW)

    assert [other.get("/account/").status_code for other in others] == [302, 302]
    assert SignIn.objects.filter(account=account).count() == 1
    assert browser.get("/account/").status_code == 200
    assert Client().get(f"/password/{unused}/").status_code == 404


def test_new_password_ends_what_programs_were_given(account: Account) -> None:
    make.token(account, "zveno_of_a_thief", name="Выгрузка")
    ask("belova")
    token = token_of_letter()
    before = Client().get("/api/v1/token", headers=BEARER).status_code

    Client().post(f"/password/{token}/", NEW)

    with scoped(SYSTEM):
        letter = Letter.objects.latest("written_at")
    assert (before, Client().get("/api/v1/token", headers=BEARER).status_code) == (200, 401)
    assert "Выгрузка" in letter.text
    assert "Выгрузка" in Notice.objects.get(person=account.person).text


def test_the_person_is_told(account: Account) -> None:
    ask("belova")
    Client().post(f"/password/{token_of_letter()}/", NEW)

    with scoped(SYSTEM):
        letter = Letter.objects.latest("written_at")
    assert (letter.to, letter.subject) == ("belova@example.org", "Ваш пароль изменён")
    assert Notice.objects.filter(person=account.person, title="Ваш пароль изменён").exists()
    assert "people.choose_password" in Entry.objects.values_list("verb", flat=True)


def test_second_step_is_still_asked_for(account: Account) -> None:
    secret = new_code_secret()
    CodeKey.objects.create(account=account, secret=sealed(secret), confirmed_at=clock.now())
    Account.objects.filter(pk=account.pk).update(second_step_at=clock.now())
    ask("belova")
    browser = Client()

    answer = browser.post(f"/password/{token_of_letter()}/", NEW)
    closed = browser.get("/account/").status_code
    browser.post("/sign-in/second-step/", {"code": code_at(secret, step_of(clock.now()))})

    assert answer["Location"] == "/sign-in/second-step/"
    assert closed == 302
    assert browser.get("/account/").status_code == 200


@pytest.mark.parametrize("password", ["", "short", "password1234", "\0" * 12])
def test_weak_password_is_refused_in_the_form_and_the_link_stays(
    account: Account, password: str
) -> None:
    ask("belova")
    token = token_of_letter()

    answer = Client().post(f"/password/{token}/", {"password": password})

    assert answer.status_code == 422
    assert "password" in answer.context["form"].errors
    assert Client().get(f"/password/{token}/").status_code == 200


def test_link_opens_nothing_else(account: Account) -> None:
    ask("belova")
    stranger = actor_of(token_of_letter())

    with scoped(stranger):
        assert not Recovery.objects.visible_to(stranger).exclude(account=account).exists()
        assert not Account.objects.visible_to(stranger).exists()


def helped(helper: Account, post: Post) -> Any:
    browser = Client()
    browser.force_login(helper)
    return browser.post(f"/people/posts/{post.public_id}/help/page/")


def test_page_is_printed_for_whoever_has_no_address(school: Organisation) -> None:
    head, teacher = make.account(school, Post.Role.HEAD), make.account(school, Post.Role.TEACHER)
    post = Post.objects.get(person=teacher.person)

    page = helped(head, post)
    again = helped(head, post)
    answer = Client().post(f"/password/{printed(again)}/", NEW)

    assert page.status_code == 200
    assert Client().get(f"/password/{printed(page)}/").status_code == 404
    assert answer.status_code == 302
    kept = Recovery.objects.filter(account=teacher)
    assert set(kept.values_list("helper", "kind")) == {(head.person_id, "printed")}
    assert "people.print_recovery" in Entry.objects.values_list("verb", flat=True)
    assert Notice.objects.filter(person=teacher.person).exists()


def test_no_page_for_whoever_can_be_written_to(account: Account, school: Organisation) -> None:
    post = Post.objects.get(person=account.person)

    assert helped(make.account(school, Post.Role.HEAD), post).status_code == 409


def test_team_page_and_own_page_tell_of_help(school: Organisation) -> None:
    head, teacher = make.account(school, Post.Role.HEAD), make.account(school, Post.Role.TEACHER)
    post = Post.objects.get(person=teacher.person)
    browser = Client()
    browser.force_login(head)
    team = browser.get(f"/people/{school.public_id}/").content.decode()
    helped(head, post)

    browser.force_login(teacher)

    assert team.count("/help/") == 1
    assert "Кто помог вам войти" in browser.get("/account/access/").content.decode()
