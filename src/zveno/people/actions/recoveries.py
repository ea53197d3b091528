"""Verbs: somebody who forgot a password or lost a phone gets back into their account."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor, Means
from zveno.kernel.errors import BadInput, DomainError
from zveno.kernel.walls import scoped
from zveno.people import rules
from zveno.people.actions.accounts import WeakPassword
from zveno.people.actions.factors import WrongPassword
from zveno.people.models import (
    Account,
    CodeKey,
    Link,
    Note,
    Notice,
    PaperCode,
    Passkey,
    Person,
    Post,
    Recovery,
    SignIn,
    end_tokens,
    hashed,
    in_each_language,
    new_token,
    tell_person,
)
from zveno.people.models.recoveries import CONSOLE

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

BY_LETTER, ON_PAPER = timedelta(hours=1), timedelta(days=1)
LETTERS = 3
"""How many letters an account gets an hour: whoever asks for more waits for those."""
SHORTEST, LONGEST = 10, 300
PASSWORD_CHANGED = _("Your password was changed")
STEP_REMOVED = _("Your second step was removed")
PAGE_PRINTED = _("A page with a link to set a new password was printed for you")
Kind = Recovery.Kind


class RecoveryOver(DomainError):
    """A link for a new password is good once and not for long."""

    code = "recovery_over"
    status = 410
    message = _("This link no longer works. Ask for a new one on the sign-in page.")


class NoAccount(DomainError):
    """Who has no account is invited."""

    code = "no_account"
    message = _("This person has no account yet. Invite them.")


class HasAddress(DomainError):
    """Who has an e-mail is written to."""

    code = "has_address"
    message = _("This person has an email address and can ask for a link on the sign-in page.")


class NoSecondStep(DomainError):
    """There is nothing to take away."""

    code = "no_second_step"
    message = _("This person signs in without a second step.")


class SayWhy(BadInput):
    """Whoever weakens what guards an account says what for."""

    code = "say_why"
    message = _("Give a short reason.")
    field = "reason"


@action(rules.writes_to, on=Account, lock=True)
def send_recovery(actor: Actor, account: Account) -> Recovery | None:
    """Send a letter with a link for a new password; nothing if enough were sent this hour.

    Links sent before open still: whoever asks in another's name takes nothing away.
    """
    person = account.person
    hour = Recovery.objects.filter(kind=Kind.LETTER, made_at__gt=clock.now() - BY_LETTER)
    if person is None or hour.filter(account=account).count() >= LETTERS:
        return None
    recovery, token = _open(Recovery(account=account, kind=Kind.LETTER), person.owner_id, BY_LETTER)
    path = reverse("people:choose_password", args=[token])
    facts = {"account": account, "address": f"{settings.ADDRESS}{path}"}
    _write(person, gettext("A new password for Zveno"), "recovery", facts)
    return recovery


@action(rules.may_hand_over_a_link, on=Post, lock=True)
def print_recovery(actor: Actor, post: Post) -> str:
    """Make a link for a new password, to be handed over on paper; return its token, told this once.

    Made before, it opens nothing any more. For those without e-mail. Raises ``NoAccount`` and
    ``HasAddress``.
    """
    account = _account(post)
    if post.person.email:
        raise HasAddress
    with scoped(_owner(account)):
        _end_links(account, Kind.PRINTED)
    own = post.organisation_id in actor.scope
    issuer = post.organisation_id if own else next(iter(sorted(actor.scope)))
    made = Recovery(account=account, kind=Kind.PRINTED, helper_id=actor.person)
    _recovery, token = _open(made, issuer, ON_PAPER)
    tell_person(account.person_id or 0, _helped(PAGE_PRINTED, made))
    return token


@action(rules.came_to_recover, on=Recovery, lock=True)
def choose_password(actor: Actor, recovery: Recovery, *, password: str) -> Account:
    """Choose a new password; every sign-in, every token and other links for it end.

    A second step stays as it is. Raises ``RecoveryOver`` and ``WeakPassword``.
    """
    if not Recovery.objects.usable().filter(pk=recovery.pk).exists():
        raise RecoveryOver
    WeakPassword.refuse(password)
    account = recovery.account
    with scoped(_owner(account)):
        _set_password(account, password)
        Recovery.objects.filter(pk=recovery.pk).update(used_at=clock.now())
        _end_links(account, *Kind)
        ended = _end_all(account)
        tell_person(account.person_id or 0, _helped(PASSWORD_CHANGED, recovery, ended))
        _write(account.person, PASSWORD_CHANGED, "password_changed", {"ended": ended})
    return account


@action(rules.is_own, on=Account, lock=True)
def change_password(
    actor: Actor, account: Account, *, present: str, password: str, spared: Collection[UUID] = ()
) -> Account:
    """Choose a new password, knowing the present one; sign-ins and tokens end, but the ``spared``.

    A second step stays as it is. Raises ``WrongPassword`` and ``WeakPassword``.
    """
    if not account.check_password(present):
        raise WrongPassword
    WeakPassword.refuse(password)
    _set_password(account, password)
    SignIn.objects.filter(account=account).exclude(public_id__in=spared).delete()
    ended = end_tokens(account.person_id, spared)
    tell_person(account.person_id or 0, _changed(ended))
    _write(account.person, PASSWORD_CHANGED, "password_changed", {"stays": True, "ended": ended})
    return account


@action(rules.may_reset, on=Post, lock=True)
def reset_second_step(actor: Actor, post: Post, *, reason: str) -> Recovery:
    """Let somebody who lost their phone and their codes sign in by password alone.

    They are told at once who did it and why, and signed out everywhere. Raises ``NoAccount``,
    ``NoSecondStep`` and ``SayWhy``.
    """
    account = _account(post)
    words = " ".join(reason.split())[:LONGEST]
    if len(words) < SHORTEST:
        raise SayWhy
    if account.second_step_at is None:
        raise NoSecondStep
    recovery = Recovery.objects.create(
        account=account, kind=Kind.SECOND_STEP, helper_id=actor.person, reason=words
    )
    helper = Person.objects.get(pk=actor.person or 0)
    _unguard(account, recovery, {"helper": helper, "reason": words})
    return recovery


@action(rules.is_at_the_console, on=Account, lock=True)
def reset_second_step_at_console(actor: Actor, account: Account) -> Recovery:
    """Let an operator whom nobody else can help sign in by password alone.

    They are told and signed out everywhere. Raises ``NoSecondStep``.
    """
    if account.second_step_at is None:
        raise NoSecondStep
    recovery = Recovery.objects.create(account=account, kind=Kind.SECOND_STEP, reason=CONSOLE)
    _unguard(account, recovery, {})
    return recovery


def _set_password(account: Account, password: str) -> None:
    account.password = make_password(password)
    Account.objects.filter(pk=account.pk).update(password=account.password)


def _unguard(account: Account, recovery: Recovery, facts: dict[str, object]) -> None:
    """Take all away by which the second step is taken; sign out everywhere, tell the owner."""
    with scoped(_owner(account)):
        for guard in (CodeKey, Passkey, PaperCode):
            guard.objects.filter(account=account).delete()
        Account.objects.filter(pk=account.pk).update(second_step_at=None)
        ended = _end_all(account)
        tell_person(account.person_id or 0, _helped(STEP_REMOVED, recovery, ended))
        _write(account.person, STEP_REMOVED, "second_step_reset", facts | {"ended": ended})


def _end_all(account: Account) -> list[str]:
    """End whatever somebody else may have opened: sign-ins, and what was given to programs.

    Return the names of the tokens that ended.
    """
    SignIn.objects.filter(account=account).delete()
    Account.objects.filter(pk=account.pk).update(recovered_at=clock.now())
    return end_tokens(account.person_id)


def _account(post: Post) -> Account:
    account = Account.objects.filter(person=post.person_id, is_active=True).first()
    if account is None:
        raise NoAccount
    return account


def _owner(account: Account) -> Actor:
    """Do the rest as the owner of the account: nobody else may change what guards it."""
    return Actor(person=account.person_id, means=Means.ACCOUNT)


def _open(recovery: Recovery, issuer: int, lasts: timedelta) -> tuple[Recovery, str]:
    token = new_token()
    until = clock.now() + lasts
    link = Link.objects.create(issuer_id=issuer, token_hash=hashed(token), until=until)
    recovery.link = link
    recovery.save(force_insert=True)
    link.opens = [["people.Recovery", recovery.pk]]
    link.save(update_fields=["opens"])
    return recovery, token


def _end_links(account: Account, *kinds: str) -> None:
    made = Recovery.objects.filter(account=account, kind__in=kinds).values("link")
    Link.objects.filter(pk__in=made, ended_at=None).update(ended_at=clock.now())


@in_each_language
def _helped(title: "StrPromise", recovery: Recovery, ended: Sequence[str] = ()) -> Note:
    reason = "" if recovery.reason == CONSOLE else recovery.reason
    return Note(
        Notice.Kind.KNOWN,
        str(title),
        reverse("people:access"),
        gettext("See who and why"),
        text="\n".join(filter(None, [reason, _tokens_words(ended)])),
    )


@in_each_language
def _changed(ended: Sequence[str]) -> Note:
    path, button = reverse("people:sign_ins"), gettext("See your sign-ins")
    known, text = Notice.Kind.KNOWN, _tokens_words(ended)
    return Note(known, str(PASSWORD_CHANGED), path, button, text=text)


def _tokens_words(ended: Sequence[str]) -> str:
    return gettext("Tokens ended: %(names)s.") % {"names": ", ".join(ended)} if ended else ""


def _write(
    person: Person | None, subject: "StrPromise | str", letter: str, facts: dict[str, object]
) -> None:
    if person is None:
        return
    steps = f"{settings.ADDRESS}{reverse('people:second_step')}"
    text = render_to_string(
        f"people/letters/{letter}.txt", facts | {"person": person, "steps": steps}
    )
    outbox.post(person.email, str(subject), text)
