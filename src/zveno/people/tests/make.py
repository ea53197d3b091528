"""Ready-made people: a cast for stories about rights."""

from datetime import timedelta
from itertools import count
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.auth.hashers import make_password
from fido2.cose import ES256
from fido2.webauthn import Aaguid, AttestedCredentialData

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import (
    Account,
    Invitation,
    Link,
    Passkey,
    Person,
    Post,
    Recovery,
    Setup,
    SignIn,
    Task,
    Token,
    actor_of,
    hashed,
)

numbers = count(1)
PASSWORD = "only-for-tests-2026"


def person(owner: Organisation | None = None, **changes: Any) -> Person:
    """Make a person."""
    fields = {"family_name": "Петрова", "given_name": "Анна", "patronymic": "Ильинична"}
    return Person.objects.create(owner=owner or organisations.school(), **fields | changes)


def account(of: Organisation | None = None, role: str = Post.Role.REPRESENTATIVE) -> Account:
    """Make a person with a post in an organisation and an account to sign in."""
    organisation = of or organisations.school()
    holder = person(organisation)
    Post.objects.create(person=holder, organisation=organisation, role=role)
    return Account.objects.create(person=holder, sign_in_name=f"user{next(numbers)}")


def with_password(account: Account) -> Account:
    """Give an account the password of all tests."""
    account.password = make_password(PASSWORD)
    account.save(update_fields=["password"])
    return account


def actor(of: Organisation | None = None, role: str = Post.Role.REPRESENTATIVE) -> Actor:
    """Make the actor of such an account."""
    return actor_of(account(of, role))


def coordinator(of: Organisation) -> Actor:
    """Make a coordinator of an organisation."""
    return actor(of, Post.Role.COORDINATOR)


def head(of: Organisation, **changes: Any) -> Person:
    """Make the head of an organisation, without an account."""
    holder = person(of, **changes)
    Post.objects.create(person=holder, organisation=of, role=Post.Role.HEAD, title="директор")
    return holder


def link(issuer: Organisation, opens: list[tuple[str, int]], token: str, **changes: Any) -> Link:
    """Make a live link with ``token``."""
    fields = {"until": clock.now() + timedelta(days=1)}
    return Link.objects.create(
        issuer=issuer, opens=opens, token_hash=hashed(token), **fields | changes
    )


def sign_in(account: Account) -> SignIn:
    """Make a browser in which somebody is signed in."""
    key = hashed(f"cookie{next(numbers)}")[:40]
    until = clock.now() + timedelta(hours=12)
    return SignIn.objects.create(session_key=key, account=account, expire_date=until)


def token(account: Account, secret: str = "", may: str = Token.May.WRITE, **changes: Any) -> Token:
    """Make a live token of the account's first post."""
    post = Post.objects.filter(person=account.person).earliest("pk")
    text = secret or f"zveno_{next(numbers)}"
    fields = {"name": "Программа", "until": clock.now() + timedelta(days=30)} | changes
    return Token.objects.create(post=post, may=may, token_hash=hashed(text), **fields)


def invited(to: Organisation, token: str) -> Invitation:
    """Make a teacher invited to an organisation by a link with ``token``."""
    post = Post.objects.create(person=person(to), organisation=to, role=Post.Role.TEACHER)
    opened = link(to, [], token)
    invitation = Invitation.objects.create(post=post, link=opened)
    opened.opens = [("people.Invitation", invitation.pk)]
    opened.save(update_fields=["opens"])
    return invitation


def recovery(account: Account, token: str) -> Recovery:
    """Make a letter with a link by which the owner of an account chooses a new password."""
    opened = link(Person.objects.get(account=account).owner, [], token)
    made = Recovery.objects.create(account=account, kind=Recovery.Kind.LETTER, link=opened)
    opened.opens = [("people.Recovery", made.pk)]
    opened.save(update_fields=["opens"])
    return made


def setup(token: str) -> Setup:
    """Make a link that sets Zveno up, with what the first steps ask for typed already."""
    told = {"kind": "college", "name": "Колледж (пример)", "inn": ""}
    told |= {"region": "Москва", "district": "", "zone": "Europe/Moscow"}
    until = clock.now() + Setup.LASTS
    return Setup.objects.create(token_hash=hashed(token), until=until, answers=told)


def task(post: Post, **changes: Any) -> Task:
    """Make something for the holder of a post to do within a week."""
    fields = {"text": "Проверить наборы", "due": clock.today() + timedelta(days=7)} | changes
    return Task.objects.create(post=post, organisation=post.organisation, **fields)


def passkey(account: Account) -> Passkey:
    """Make a key of a device."""
    identity = f"key{next(numbers)}".encode()
    shown = ec.generate_private_key(ec.SECP256R1()).public_key()
    public = ES256.from_cryptography_key(shown)  # type: ignore[no-untyped-call]
    return Passkey.objects.create(
        account=account,
        name="Ноутбук",
        credential_hash=hashed(identity.hex()),
        credential=bytes(AttestedCredentialData.create(Aaguid.NONE, identity, public)),
    )
