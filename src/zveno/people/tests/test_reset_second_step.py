"""Who lost the phone and the codes is helped by somebody above, with a reason, and told."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Bearer
from zveno.kernel.errors import NotAllowed
from zveno.kernel.models import Entry, Letter
from zveno.kernel.walls import scoped
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people import actions
from zveno.people.actions import NoSecondStep, SayWhy
from zveno.people.models import (
    Account,
    CodeKey,
    Notice,
    PaperCode,
    Passkey,
    Post,
    SignIn,
    Token,
    actor_of,
)
from zveno.people.tests import make

pytestmark = pytest.mark.django_db
Role = Post.Role
WHY = "Телефон потерян, звонила сама"


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


def guarded(of: Organisation, role: str = Role.TEACHER) -> Account:
    """Make somebody whose sign-in takes two steps."""
    account = make.account(of, role)
    make.passkey(account)
    CodeKey.objects.create(account=account, secret="sealed", confirmed_at=clock.now())
    PaperCode.objects.create(account=account, code_hash="x")
    Account.objects.filter(pk=account.pk).update(second_step_at=clock.now())
    return account


def post_of(account: Account) -> Post:
    return Post.objects.filter(person=account.person).earliest("pk")


def reset(helper: Account, account: Account, reason: str = WHY) -> Any:
    return actions.reset_second_step(actor_of(helper), post_of(account).public_id, reason=reason)


def test_codes_keys_and_sign_ins_go(school: Organisation) -> None:
    account, head = guarded(school), make.account(school, Role.HEAD)
    make.sign_in(account)
    make.token(account)

    reset(head, account)

    account.refresh_from_db()
    assert account.second_step_at is None
    assert not Token.objects.live().exists()
    for kind in (CodeKey, Passkey, PaperCode, SignIn):
        assert not kind.objects.filter(account=account).exists()


def test_the_person_is_told_by_letter_and_notice_and_the_journal_knows(
    school: Organisation,
) -> None:
    account, head = guarded(school), make.account(school, Role.HEAD)
    account.person.email = "belova@example.org"  # type: ignore[union-attr]
    account.person.save()  # type: ignore[union-attr]

    reset(head, account)

    with scoped(SYSTEM):
        letter = Letter.objects.get(to="belova@example.org")
    assert WHY in letter.text
    assert "Петрова Анна Ильинична" in letter.text
    assert Notice.objects.get(person=account.person).text == WHY
    entry = Entry.objects.get(verb="people.reset_second_step")
    assert entry.created_kind == "people.Recovery"
    assert WHY not in str(entry.details)


@pytest.mark.parametrize("reason", ["", "    ", "потерян"])
def test_without_a_reason_nothing_happens(school: Organisation, reason: str) -> None:
    account, head = guarded(school), make.account(school, Role.HEAD)

    with pytest.raises(SayWhy):
        reset(head, account, reason)
    browser = Client()
    browser.force_login(head)
    answer = browser.post(f"/people/posts/{post_of(account).public_id}/help/", {"reason": reason})

    account.refresh_from_db()
    assert account.second_step_at
    assert answer.status_code == 422
    assert "reason" in answer.context["form"].errors


def test_by_the_page(school: Organisation) -> None:
    account, head = guarded(school), make.account(school, Role.HEAD)
    browser = Client()
    browser.force_login(head)
    path = f"/people/posts/{post_of(account).public_id}/help/"

    shown = browser.get(path)
    answer = browser.post(path, {"reason": WHY})

    account.refresh_from_db()
    assert shown.status_code == 200
    assert answer.status_code == 302
    assert account.second_step_at is None


def test_what_is_not_there_is_not_taken_away(school: Organisation) -> None:
    with pytest.raises(NoSecondStep):
        reset(make.account(school, Role.HEAD), make.account(school, Role.TEACHER))


def in_house(role: str) -> Callable[[Organisation], Account]:
    return lambda school: make.account(school, role)


def elsewhere(role: str) -> Callable[[Organisation], Account]:
    return lambda _school: make.account(organisations.college(), role)


def steward(role: str) -> Callable[[Organisation], Account]:
    def made(school: Organisation) -> Account:
        college = organisations.college()
        Organisation.objects.filter(pk=school.pk).update(steward=college)
        return make.account(college, role)

    return made


@pytest.mark.parametrize(
    ("helper", "role", "may"),
    [
        (in_house(Role.HEAD), Role.COORDINATOR, True),
        (in_house(Role.COORDINATOR), Role.TEACHER, True),
        (in_house(Role.COORDINATOR), Role.HEAD, False),
        (in_house(Role.COORDINATOR), Role.AUDITOR, False),
        (in_house(Role.HEAD), Role.OPERATOR, False),
        (in_house(Role.REPRESENTATIVE), Role.TEACHER, False),
        (in_house(Role.METHODIST), Role.TEACHER, False),
        (steward(Role.HEAD), Role.HEAD, True),
        (steward(Role.COORDINATOR), Role.TEACHER, True),
        (steward(Role.COORDINATOR), Role.HEAD, False),
        (elsewhere(Role.HEAD), Role.TEACHER, False),
        (elsewhere(Role.OPERATOR), Role.HEAD, True),
        (elsewhere(Role.OPERATOR), Role.OPERATOR, True),
    ],
)
def test_never_for_whom_one_stands_below(
    school: Organisation, helper: Callable[[Organisation], Account], role: str, *, may: bool
) -> None:
    above = helper(school)
    account = guarded(school, role)

    if may:
        reset(above, account)
    else:
        with pytest.raises(NotAllowed):
            reset(above, account)

    account.refresh_from_db()
    assert (account.second_step_at is None) == may


def test_never_for_oneself(school: Organisation) -> None:
    head = guarded(school, Role.HEAD)

    with pytest.raises(NotAllowed):
        reset(head, head)


def test_a_post_elsewhere_counts_too(school: Organisation) -> None:
    """An account is one: whoever leads a school takes over no auditor of the region."""
    account, head = guarded(school), make.account(school, Role.HEAD)
    Post.objects.create(
        person=account.person,  # type: ignore[misc]
        organisation=organisations.college(),
        role=Role.AUDITOR,
    )

    with pytest.raises(NotAllowed):
        reset(head, account)


def test_a_token_helps_nobody(school: Organisation) -> None:
    account, head = guarded(school), make.account(school, Role.HEAD)
    make.token(head, "zveno_head")
    program = actor_of(Bearer("zveno_head"))

    with pytest.raises(NotAllowed):
        actions.reset_second_step(program, post_of(account).public_id, reason=WHY)


def test_operator_opens_the_people_of_any_organisation(school: Organisation) -> None:
    account = guarded(school)
    browser = Client()
    browser.force_login(make.account(organisations.college(), Role.OPERATOR))

    team = browser.get(f"/people/{school.public_id}/")
    page = browser.get(f"/people/posts/{post_of(account).public_id}/help/")

    assert (team.status_code, page.status_code) == (200, 200)
