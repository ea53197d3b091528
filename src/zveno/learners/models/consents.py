"""Consents of guardians."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.learners.models.children import Learner
from zveno.learners.models.purposes import Purpose
from zveno.organisations.models import Organisation


class ConsentQuerySet(Questions["Consent"]):
    """Questions about consents."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep consents of the scope's own children."""
        return self.filter(owner__in=actor.scope)

    def valid(self) -> Self:
        """Keep those given and not withdrawn."""
        return self.filter(withdrawn_at=None)


class Consent(Record):
    """That a guardian agreed to one purpose, how, and to which text (its SHA-256)."""

    DATA: ClassVar = dict.fromkeys(["learner", "method", "given_at", "withdrawn_at"], Data.PERSONAL)

    class Method(models.TextChoices):
        KEPT = "kept", _("kept at the school on paper")

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="consents")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose)
    method = models.CharField(max_length=20, choices=Method)
    text_hash = models.CharField(max_length=64)
    given_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)
    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "purpose"],
                condition=Q(withdrawn_at=None),
                name="one_valid_consent_a_purpose",
            ),
        ]

    def __str__(self) -> str:
        """Name the purpose."""
        return str(self.get_purpose_display())

    def home(self) -> int | None:
        """Return the organisation that answers for the child."""
        return self.owner_id
