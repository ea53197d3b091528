"""Verbs: accounts are opened and used."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.people import rules
from zveno.people.models import Account, Person


class SignInNameTaken(BadInput):
    """A sign-in name opens one account."""

    code = "sign_in_name_taken"
    status = 409
    message = _("This sign-in name is taken. Choose another.")
    field = "sign_in_name"


class AccountOpen(BadInput):
    """A person has one account."""

    code = "account_open"
    status = 409
    message = _("This person already has an account.")


class WeakPassword(BadInput):
    """A password must be long and not among the common ones; ``reasons`` say which it is."""

    code = "weak_password"
    message = _("Choose another password. %(reasons)s")
    field = "password"

    @classmethod
    def refuse(cls, password: str) -> None:
        """Raise it for a password that is too short or too common."""
        against = [one for one in get_default_password_validators() if _refuses(one, password)]
        if against:
            # Said when it is shown: a verb speaks the language of the house, not the reader's.
            raise cls(reasons=_reasons(against))


def _refuses(validator: Any, password: str) -> bool:
    try:
        validator.validate(password)
    except ValidationError:
        return True
    return False


def _said(against: list[Any]) -> str:
    return " ".join(one.get_error_message() for one in against)


_reasons = lazy(_said, str)


@action(rules.is_system, on=Person)
def open_account(actor: Actor, person: Person, *, sign_in_name: str, password: str) -> Account:
    """Let a person sign in by a name (capitals do not matter) and a password.

    Raises ``WeakPassword``, ``SignInNameTaken`` and ``AccountOpen``.
    """
    name = sign_in_name.casefold()
    if Account.objects.filter(sign_in_name=name).exists():
        raise SignInNameTaken
    if Account.objects.filter(person=person).exists():
        raise AccountOpen
    WeakPassword.refuse(password)
    return Account.objects.create(
        person=person, sign_in_name=name, password=make_password(password)
    )


@action(rules.is_own, on=Account)
def note_sign_in(actor: Actor, account: Account) -> None:
    """Remember in the journal that the account was used; the entry is all there is to do."""
