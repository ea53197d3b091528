"""Verbs: the second step of signing in is set up, taken and taken away."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.people import rules
from zveno.people.models import Account, CodeKey, PaperCode, Passkey, tell_owner
from zveno.people.models.codes import matching_step, new_code_secret
from zveno.people.models.factors import PAPER_CODES, new_paper_code, paper_hash
from zveno.people.models.links import hashed
from zveno.people.models.seals import sealed, unsealed

MOST_PASSKEYS = 20


class WrongCode(BadInput):
    """A code is right for a minute, and once."""

    code = "wrong_code"
    message = _("The code is wrong or has been used. Wait for the next one and enter it.")
    field = "code"


class WrongPassword(BadInput):
    """What guards the account is changed by who knows the password."""

    code = "wrong_password"
    message = _("The password is wrong.")
    field = "password"


class TooManyKeys(DomainError):
    """A person has a handful of devices."""

    code = "too_many_keys"
    message = _("You already have twenty passkeys. Remove those you do not use.")


class KeyKnown(BadInput):
    """A key of a device opens one account."""

    code = "key_known"
    status = 409
    message = _("This passkey is already added.")


@dataclass(frozen=True, slots=True)
class Credential:
    """What a device made and said of its new key."""

    key: bytes
    data: bytes
    count: int


@action(rules.is_own, on=Account, lock=True)
def prepare_codes(actor: Actor, account: Account) -> bytes:
    """Make a secret for a program of codes and return it; it counts once it is confirmed.

    One that waits for its first code stays. Raises ``WrongCode`` if codes are set up already.
    """
    known = CodeKey.objects.filter(account=account).first()
    if known and known.confirmed_at:
        raise WrongCode
    waiting = unsealed(known.secret) if known else None
    if waiting:
        return waiting
    secret = new_code_secret()
    CodeKey.objects.filter(account=account).delete()
    CodeKey.objects.create(account=account, secret=sealed(secret))
    return secret


@action(rules.is_own, on=Account, lock=True)
def confirm_codes(actor: Actor, account: Account, *, code: str) -> list[str]:
    """Let codes count from now on; return codes for paper, told this once.

    Raises ``WrongCode``.
    """
    key = CodeKey.objects.filter(account=account, confirmed_at=None).first()
    if key is None or not _take_step(key, code):
        raise WrongCode
    CodeKey.objects.filter(pk=key.pk).update(confirmed_at=clock.now())
    tell_owner(account, _("Codes from an app were set up for your account"))
    return _guard(account)


@action(rules.is_own, on=Account, lock=True)
def take_second_step(actor: Actor, account: Account, *, code: str) -> None:
    """Accept a code from the phone or from paper. Raises ``WrongCode``."""
    _take_code(account, code)


@action(rules.is_own, on=Account, lock=True, consequence=True)
def prove_again(actor: Actor, account: Account, *, password: str, code: str) -> str:
    """Prove who acts at this moment, where the account is used for something of weight.

    Say by which second step it is guarded: with a program of codes a ``code`` is asked for now, a
    key of a device was at the sign-in. Raises ``WrongPassword`` and ``WrongCode``.
    """
    _check(account, password)
    if CodeKey.objects.filter(account=account).exclude(confirmed_at=None).exists():
        _take_code(account, code)
        return "code"
    return "key" if account.second_step_at else ""


@action(rules.is_own, on=Account, lock=True)
def renew_paper_codes(actor: Actor, account: Account, *, password: str) -> list[str]:
    """Make new codes for paper in place of the old ones. Raises ``WrongPassword``."""
    _check(account, password)
    return _paper_codes(account)


@action(rules.is_own, on=Account, lock=True)
def remove_codes(actor: Actor, account: Account, *, password: str) -> None:
    """Forget the program of codes. Raises ``WrongPassword``."""
    _check(account, password)
    CodeKey.objects.filter(account=account).delete()
    _let_go(account)
    tell_owner(account, _("Codes from an app no longer open your account"))


@action(rules.is_own, on=Account, lock=True)
def add_passkey(
    actor: Actor, account: Account, *, name: str, credential: Credential, password: str
) -> list[str]:
    """Let a device's key open the account; return codes for paper if there were none.

    Raises ``WrongPassword``, ``TooManyKeys`` and ``KeyKnown``.
    """
    _check(account, password)
    if Passkey.objects.filter(account=account).count() >= MOST_PASSKEYS:
        raise TooManyKeys
    trace = hashed(credential.key.hex())
    if Passkey.objects.filter(credential_hash=trace).exists():
        raise KeyKnown
    Passkey.objects.create(
        account=account,
        name=name,
        credential_hash=trace,
        credential=credential.data,
        count=credential.count,
    )
    tell_owner(account, _("A passkey was added to your account"))
    return [] if account.second_step_at else _guard(account)


@action(rules.is_own_passkey, on=Passkey, lock=True)
def use_passkey(actor: Actor, passkey: Passkey, *, count: int) -> None:
    """Note that a key has opened its account; a count that goes back tells of a copy.

    Raises ``WrongCode``.
    """
    if passkey.count and count <= passkey.count:
        raise WrongCode
    Passkey.objects.filter(pk=passkey.pk).update(count=count, used_at=clock.now())


@action(rules.is_own_passkey, on=Passkey, lock=True)
def remove_passkey(actor: Actor, passkey: Passkey, *, password: str) -> None:
    """Let a key open nothing any more. Raises ``WrongPassword``."""
    account = passkey.account
    _check(account, password)
    Passkey.objects.filter(pk=passkey.pk).delete()
    _let_go(account)
    tell_owner(account, _("A passkey was removed from your account"))


def _take_code(account: Account, code: str) -> None:
    key = CodeKey.objects.filter(account=account).exclude(confirmed_at=None).first()
    if key and _take_step(key, code):
        return
    paper = PaperCode.objects.unused().filter(account=account)
    if not paper.filter(code_hash=paper_hash(account, code)).update(used_at=clock.now()):
        raise WrongCode


def _take_step(key: CodeKey, code: str) -> bool:
    """Whether the code is right and not older than the last one: each is good once."""
    secret = unsealed(key.secret)
    step = matching_step(secret, code, clock.now()) if secret else None
    if step is None:
        return False
    fresh = CodeKey.objects.filter(pk=key.pk, last_step__lt=step)
    return bool(fresh.update(last_step=step))


def _check(account: Account, password: str) -> None:
    if not account.check_password(password):
        raise WrongPassword


def _guard(account: Account) -> list[str]:
    """Ask for the second step from now on."""
    Account.objects.filter(pk=account.pk).update(second_step_at=clock.now())
    return _paper_codes(account)


def _let_go(account: Account) -> None:
    """Ask for no second step once nothing is left to take it with."""
    left = CodeKey.objects.filter(account=account).exclude(confirmed_at=None).exists()
    if not left and not Passkey.objects.filter(account=account).exists():
        PaperCode.objects.filter(account=account).delete()
        Account.objects.filter(pk=account.pk).update(second_step_at=None)


def _paper_codes(account: Account) -> list[str]:
    codes = [new_paper_code() for _ in range(PAPER_CODES)]
    PaperCode.objects.filter(account=account).delete()
    PaperCode.objects.bulk_create(
        PaperCode(account=account, code_hash=paper_hash(account, code)) for code in codes
    )
    return codes
