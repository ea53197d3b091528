"""Identities elsewhere: an account may be opened by a provider the organisation trusts (OIDC)."""

from typing import ClassVar

from django.db import models
from django.utils.crypto import salted_hmac

from zveno.kernel import clock
from zveno.kernel.models import Data, Record
from zveno.people.models.factors import OwnQuerySet
from zveno.people.models.persons import Account

SALT = "zveno.people.identity"


class IdentityQuerySet(OwnQuerySet["Identity"]):
    """Questions about identities elsewhere."""


class Identity(Record):
    """Who somebody is at a provider, as a keyed hash: the provider's own name is not kept."""

    DATA: ClassVar = {"subject_hash": Data.SEALED}

    account = models.ForeignKey(Account, models.CASCADE, related_name="identities")
    subject_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    objects = IdentityQuerySet.as_manager()

    def __str__(self) -> str:
        """Name it by its public id."""
        return str(self.public_id)


def subject_hash(issuer: str, subject: str) -> str:
    """Hash who somebody is at a provider."""
    return salted_hmac(SALT, f"{issuer}\n{subject}", algorithm="sha256").hexdigest()


def identity_of(issuer: str, subject: str) -> Identity | None:
    """Find whom a provider names, before anybody is known here; the account comes along."""
    known = Identity.objects.filter(subject_hash=subject_hash(issuer, subject))
    return known.select_related("account").first()
