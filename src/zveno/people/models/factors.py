"""The second step of signing in: codes from a phone, keys of devices, codes on paper."""

import secrets
from typing import ClassVar, Self

from django.db import models
from django.utils.crypto import salted_hmac

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import AnyRecord, Data, Questions, Record
from zveno.people.models.links import hashed
from zveno.people.models.persons import Account

PAPER_CODES = 10
SALT = "zveno.people.paper"
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


class OwnQuerySet(Questions[AnyRecord]):
    """Questions about what belongs to one's own account."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the actor's own."""
        return self.none() if actor.person is None else self.filter(account__person=actor.person)


class CodeKeyQuerySet(OwnQuerySet["CodeKey"]):
    """Questions about keys of codes."""


class CodeKey(Record):
    """The secret a phone makes codes of; it counts once a code of it was typed."""

    DATA: ClassVar = {"secret": Data.SEALED}

    account = models.OneToOneField(Account, models.CASCADE, related_name="code_key")
    secret = models.TextField()
    made_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)
    objects = CodeKeyQuerySet.as_manager()

    def __str__(self) -> str:
        """Name it by its public id."""
        return str(self.public_id)


class PasskeyQuerySet(OwnQuerySet["Passkey"]):
    """Questions about keys of devices."""


class Passkey(Record):
    """A key that a device keeps and opens by a finger, a face or a PIN (WebAuthn)."""

    DATA: ClassVar = {
        "name": Data.PERSONAL,
        "credential_hash": Data.SEALED,
        "credential": Data.SEALED,
    }

    account = models.ForeignKey(Account, models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=60)
    credential_hash = models.CharField(max_length=64, unique=True)
    credential = models.BinaryField()
    count = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True)
    objects = PasskeyQuerySet.as_manager()

    def __str__(self) -> str:
        """Return the name its owner gave it."""
        return self.name


class PaperCodeQuerySet(OwnQuerySet["PaperCode"]):
    """Questions about codes on paper."""

    def unused(self) -> Self:
        """Keep those that still open."""
        return self.filter(used_at=None)


class PaperCode(Record):
    """A code on paper for the day the phone is lost; each is good once."""

    DATA: ClassVar = {"code_hash": Data.SEALED}

    account = models.ForeignKey(Account, models.CASCADE, related_name="paper_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)
    objects = PaperCodeQuerySet.as_manager()

    def __str__(self) -> str:
        """Name it by its public id."""
        return str(self.public_id)


def new_paper_code() -> str:
    """Make a code of 49 random bits that is easy to read and to type: «k7wd-93mp-xy»."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(10))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def paper_hash(account: Account, typed: str) -> str:
    """Hash a code on paper as it is kept; hyphens, spaces and capitals do not matter."""
    plain = "".join(sign for sign in typed.casefold() if sign.isalnum())
    return salted_hmac(SALT, f"{account.public_id}:{plain}", algorithm="sha256").hexdigest()


def passkey_of(credential_id: bytes) -> Passkey | None:
    """Find the key a browser names before anybody is known; its account comes along."""
    known = Passkey.objects.filter(credential_hash=hashed(credential_id.hex()))
    return known.select_related("account").first()
