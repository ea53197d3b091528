"""The only operator lost phone and codes: whoever keeps the server helps by a command."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Means
from zveno.kernel.errors import NotAllowed
from zveno.kernel.models import Entry, Letter
from zveno.kernel.walls import scoped
from zveno.people import actions
from zveno.people.models import (
    Account,
    CodeKey,
    Notice,
    PaperCode,
    Passkey,
    Post,
    Recovery,
    SignIn,
    actor_of,
)
from zveno.people.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> Account:
    account = make.account(role=Post.Role.OPERATOR)
    account.person.email = "operator@example.org"  # type: ignore[union-attr]
    account.person.save()  # type: ignore[union-attr]
    make.passkey(account)
    CodeKey.objects.create(account=account, secret="sealed", confirmed_at=clock.now())
    PaperCode.objects.create(account=account, code_hash="x")
    account.second_step_at = clock.now()
    account.save()
    make.sign_in(account)
    return account


def run(name: str) -> str:
    said = StringIO()
    call_command("reset_second_step", name, stdout=said)
    return said.getvalue()


def test_codes_keys_and_sign_ins_go_and_the_password_stays(operator: Account) -> None:
    before = operator.password

    said = run(operator.sign_in_name.upper())

    operator.refresh_from_db()
    assert "taken away" in said
    assert (operator.second_step_at, operator.password) == (None, before)
    for kind in (CodeKey, Passkey, PaperCode, SignIn):
        assert not kind.objects.filter(account=operator).exists()


def test_the_journal_has_it_as_zvenos_own_from_the_console(operator: Account) -> None:
    run(operator.sign_in_name)

    entry = Entry.objects.get(verb="people.reset_second_step_at_console")
    made = Recovery.objects.get(account=operator)
    assert (entry.means, entry.actor_key) == (Means.SYSTEM, "")
    assert (entry.created_kind, entry.created_key) == ("people.Recovery", made.journal_key)
    assert (made.reason, made.helper) == ("console", None)


def test_the_owner_is_told_and_finds_it_on_their_page(operator: Account) -> None:
    run(operator.sign_in_name)
    browser = Client()
    operator.refresh_from_db()
    browser.force_login(operator)

    with scoped(SYSTEM):
        letter = Letter.objects.get(to="operator@example.org")
    assert "с консоли сервера" in letter.text
    assert Notice.objects.filter(person=operator.person).exists()
    assert "С консоли сервера" in browser.get("/account/access/").text


def test_who_has_no_account_or_no_second_step_is_told_so() -> None:
    without = make.account()

    with pytest.raises(CommandError):
        run("nobody")
    with pytest.raises(CommandError):
        run(without.sign_in_name)


def test_nobody_does_it_from_a_page(operator: Account) -> None:
    with pytest.raises(NotAllowed):
        actions.reset_second_step_at_console(actor_of(operator), operator.public_id)
