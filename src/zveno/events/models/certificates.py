"""Certificates of those who came: issued in batches, numbered without gaps."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from zveno.documents.models import Number, StoredFile, Verification
from zveno.events.models.events import Event
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.learners.models import Learner
from zveno.organisations.models import Organisation


class BatchQuerySet(Questions["Batch"]):
    """Questions about batches."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those the scope issued."""
        return self.filter(event__host__in=actor.scope)


class Batch(Record):
    """Certificates issued in one click; ``file`` is the one PDF of all, drawn by the worker."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="batches")
    count = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    objects = BatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="batch_is_not_empty"),
        ]

    def __str__(self) -> str:
        """Name it by its public id."""
        return str(self.public_id)

    def home(self) -> int | None:
        """Return the issuer."""
        return self.event.host_id


class CertificateQuerySet(Questions["Certificate"]):
    """Questions about certificates."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those the scope issued and those of its own children."""
        return self.filter(
            Q(issuer__in=actor.scope) | Q(learner__in=Learner.objects.owned_by(actor))
        )

    def valid(self) -> Self:
        """Keep those not voided."""
        return self.filter(voided_at=None)


class Certificate(Record):
    """A numbered certificate of one child; the name is text of that day and belongs to the issuer."""

    DATA: ClassVar = dict.fromkeys(["learner", "name"], Data.PERSONAL)

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="certificates")
    event = models.ForeignKey(Event, models.PROTECT, related_name="certificates")
    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    learner = models.ForeignKey(Learner, models.SET_NULL, null=True, related_name="certificates")
    name = models.CharField(max_length=300)
    number = models.OneToOneField(Number, models.PROTECT, related_name="+")
    verification = models.OneToOneField(Verification, models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True)
    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "learner"],
                condition=Q(voided_at=None),
                name="one_valid_certificate_a_child",
            ),
        ]

    def __str__(self) -> str:
        """Say nothing of the child."""
        return "certificate"

    def home(self) -> int | None:
        """Return the issuer."""
        return self.issuer_id
