"""Certificates of those who came: issued in batches, numbered without gaps."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from zveno.documents.models import Number, StoredFile, Verification
from zveno.events.models.events import Event
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.kernel.reads import saw
from zveno.learners.models import Learner
from zveno.organisations.models import Organisation

UNDO = timedelta(minutes=15)


class BatchQuerySet(Questions["Batch"]):
    """Questions about batches."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those the scope issued."""
        return self.filter(event__host__in=actor.scope)

    def undrawn(self) -> Self:
        """Keep those whose file the worker owes."""
        return self.filter(file=None, undone_at=None, emptied=False).order_by("pk")

    def newest_first(self) -> Self:
        """Order as one looks for them; the bytes of the files stay in the database."""
        return self.select_related("file").defer("file__data").order_by("-pk")


class Batch(Record):
    """Certificates issued in one click; ``file`` is the one PDF of all, drawn by the worker.

    Who signs is text of that day. ``emptied``: all of them were
    erased or voided, there is nothing to draw.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="batches")
    size = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)
    signatory = models.CharField(max_length=300)
    signatory_post = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    emptied = models.BooleanField(default=False)
    objects = BatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gte=1), name="batch_is_not_empty"),
        ]

    def __str__(self) -> str:
        """Name it by its public id."""
        return str(self.public_id)

    def home(self) -> int | None:
        """Return the issuer."""
        return self.event.host_id

    @property
    def is_being_drawn(self) -> bool:
        """Whether the worker still owes the file."""
        return self.undone_at is None and self.file_id is None and not self.emptied

    @property
    def letters_about(self) -> str:
        """Name the batch in the outbox."""
        return f"{self._meta.label}:{self.public_id}"

    @property
    def undo_until(self) -> datetime:
        """Until when the whole batch may be taken back; the letters leave after that."""
        return self.issued_at + UNDO

    @property
    def may_be_undone(self) -> bool:
        """Whether it is valid and may still be taken back."""
        return self.undone_at is None and clock.now() < self.undo_until


class CertificateQuerySet(Questions["Certificate"]):
    """Questions about certificates."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those the scope issued, those of its own children, and of a family's link."""
        return self.filter(
            Q(issuer__in=actor.scope)
            | Q(learner__in=Learner.objects.owned_by(actor))
            | Q(learner__in=actor.listed("learners.Learner"))
        )

    def valid(self) -> Self:
        """Keep those not voided."""
        return self.filter(voided_at=None)

    def void(self) -> Self:
        """Keep those voided."""
        return self.exclude(voided_at=None)

    def by_number(self) -> Self:
        """Order by the printed number, with what a sheet says of each."""
        related = ("verification", "batch", "issuer", "event__cluster__territory")
        return self.select_related(*related).order_by("verification__number")


class Certificate(Record):
    """A numbered certificate of one child, of the issuer; name and class are text of that day."""

    DATA: ClassVar = dict.fromkeys(["learner", "name", "school_class"], Data.PERSONAL)

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="certificates")
    event = models.ForeignKey(Event, models.PROTECT, related_name="certificates")
    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    learner = models.ForeignKey(Learner, models.SET_NULL, null=True, related_name="certificates")
    name = models.CharField(max_length=300)
    school_class = models.CharField(max_length=400)
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

    @classmethod
    def from_db(cls, *row: Any, **how: Any) -> Self:
        """Read a row; the journal hears whose name it bears."""
        certificate = super().from_db(*row, **how)
        saw(Learner, certificate.__dict__.get("learner_id"))
        return certificate

    def home(self) -> int | None:
        """Return the issuer."""
        return self.issuer_id


def without_certificate() -> Q:
    """Say of a place that its child has no certificate of the event, not even one voided by itself.

    What was voided for a reason is replaced one by one, not by issuing to all.
    """
    standing = Certificate.objects.filter(batch__undone_at=None)
    return ~Q(Exists(standing.filter(event=OuterRef("event"), learner=OuterRef("learner"))))
