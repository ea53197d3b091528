"""Zveno itself opens the first accounts."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import Argon2PasswordHasher, identify_hasher
from django.db import connection
from django.test import override_settings

from zveno.kernel.actor import SYSTEM
from zveno.kernel.errors import DomainError, NotAllowed
from zveno.kernel.walls import scoped
from zveno.organisations.tests import make as organisations
from zveno.people.actions import AccountOpen, SignInNameTaken, WeakPassword, open_account
from zveno.people.models import Account, actor_of
from zveno.people.tests import make

pytestmark = pytest.mark.django_db


def test_person_signs_in_by_the_new_account() -> None:
    person = make.person()

    account = open_account(
        SYSTEM, person.public_id, sign_in_name="Voroncova", password=make.PASSWORD
    )

    assert authenticate(username="voroncova", password=make.PASSWORD) == account


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"])
def test_password_is_kept_as_argon2() -> None:
    account = open_account(
        SYSTEM, make.person().public_id, sign_in_name="argon", password=make.PASSWORD
    )

    assert isinstance(identify_hasher(account.password), Argon2PasswordHasher)


@pytest.mark.parametrize("password", ["short", "", "1234567890123"])
def test_weak_password_is_refused_with_its_reason(password: str) -> None:
    with pytest.raises(WeakPassword) as refused:
        open_account(SYSTEM, make.person().public_id, sign_in_name="weak", password=password)

    assert refused.value.facts["reasons"]


def test_name_and_person_have_one_account_each() -> None:
    person = make.person()
    account = open_account(SYSTEM, person.public_id, sign_in_name="one", password=make.PASSWORD)
    refused: list[type[DomainError]] = []
    for holder, name in ((make.person(), account.sign_in_name), (person, "another")):
        try:
            open_account(SYSTEM, holder.public_id, sign_in_name=name, password=make.PASSWORD)
        except DomainError as error:
            refused.append(type(error))

    assert refused == [SignInNameTaken, AccountOpen]


def test_nobody_chooses_a_password_for_somebody_else() -> None:
    college = organisations.college()

    with pytest.raises(NotAllowed):
        open_account(
            make.coordinator(college),
            make.person(college).public_id,
            sign_in_name="mine",
            password=make.PASSWORD,
        )


def test_wall_lets_nobody_change_the_account_of_another() -> None:
    mine, foreign = make.account(), make.account()

    with scoped(actor_of(mine)):
        changed = Account.objects.filter(pk__in=[mine.pk, foreign.pk]).update(email="a@example.org")

    assert connection.in_atomic_block
    assert changed == 1
