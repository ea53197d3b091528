"""What anybody may verify."""

import secrets
from typing import ClassVar, Self

from django.db import models

from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record


def new_code() -> str:
    """Make a code of 130 random bits that a person can read out: no 0, O, 1, I."""
    alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    return "".join(secrets.choice(alphabet) for _ in range(26))


class VerificationQuerySet(Questions["Verification"]):
    """Questions about what may be verified."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all: whoever has the code may ask; the code cannot be guessed."""
        return self.all()

    def with_code(self, code: str) -> Self:
        """Keep the one with this code, typed in any way."""
        return self.filter(code=code.upper().replace("-", "").replace(" ", ""))


class Verification(Record):
    """What the public page says of a document: initials only, never a name."""

    DATA: ClassVar = dict.fromkeys(
        ["initials", "title", "issuer", "number", "issued_on", "voided_at"], Data.PUBLIC
    )

    code = models.CharField(max_length=26, unique=True, default=new_code)
    title = models.CharField(max_length=300)
    initials = models.CharField(max_length=20)
    issuer = models.CharField(max_length=300)
    number = models.CharField(max_length=40)
    issued_on = models.DateField()
    voided_at = models.DateTimeField(null=True)
    objects = VerificationQuerySet.as_manager()

    def __str__(self) -> str:
        """Return the number."""
        return self.number
