"""Certificates, diplomas and letters of thanks: issued in batches, numbered without gaps."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value

from zveno.documents.models import Number, StoredFile, Verification
from zveno.events.models.awards import Award, AwardKind, kind_in_words
from zveno.events.models.events import Event
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.kernel.reads import saw
from zveno.learners.models import Learner
from zveno.organisations.models import Organisation
from zveno.people.models import Person

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
    """Sheets of one kind issued in one click; ``file`` is the one PDF of all, drawn by the worker.

    Who signs is text of that day, and so is the ``design``: what ``CertificateDesign.copied`` says.
    ``emptied``: all of them were erased or voided, there is nothing to draw. While it is
    ``packing``, so many single files are ``packed`` for the archive.
    """

    Kind = AwardKind

    kind = models.CharField(
        max_length=20,
        choices=AwardKind,
        default=AwardKind.CERTIFICATE,
        db_default=AwardKind.CERTIFICATE,
    )
    event = models.ForeignKey(Event, models.PROTECT, related_name="batches")
    size = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)
    signatory = models.CharField(max_length=300)
    signatory_post = models.CharField(max_length=200)
    design = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    emptied = models.BooleanField(default=False)
    packing = models.BooleanField(default=False, db_default=False)
    packed = models.PositiveSmallIntegerField(default=0, db_default=0)
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
    def is_packed(self) -> bool:
        """Whether the archive of single files can be handed over."""
        return self.undone_at is None and self.packed > 0 and not self.packing

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
        """Keep those the scope issued, those of its children, of its people, and of a link.

        A letter of thanks is read by whom it thanks and by the organisation they work in.
        """
        thanked = Q(recipient__in=actor.scope)
        if actor.person is not None:
            thanked |= Q(person=actor.person)
        return self.filter(
            Q(issuer__in=actor.scope)
            | Q(learner__in=Learner.objects.owned_by(actor))
            | Q(learner__in=actor.listed("learners.Learner"))
            | thanked
        )

    def of_children(self) -> Self:
        """Keep what children got."""
        return self.exclude(kind=AwardKind.THANKS)

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
    """A numbered sheet of one child or adult, of the issuer; its words are text of that day.

    Of a child ``school_class`` says the school and the class; of an adult, what they do and where:
    ``person`` if they have an account, ``recipient`` the organisation that is thanked, or whose
    people are. Only a diploma has an ``award``.
    """

    DATA: ClassVar = dict.fromkeys(
        ["learner", "person", "name", "school_class", "award"], Data.PERSONAL
    )
    Kind, Award = AwardKind, Award

    kind = models.CharField(
        max_length=20,
        choices=AwardKind,
        default=AwardKind.CERTIFICATE,
        db_default=AwardKind.CERTIFICATE,
    )
    award = models.CharField(max_length=20, choices=Award, blank=True, db_default="")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="certificates")
    event = models.ForeignKey(Event, models.PROTECT, related_name="certificates")
    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    learner = models.ForeignKey(Learner, models.SET_NULL, null=True, related_name="certificates")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="thanks")
    recipient = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=300)
    school_class = models.CharField(max_length=400)
    number = models.OneToOneField(Number, models.PROTECT, related_name="+")
    verification = models.OneToOneField(Verification, models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True)
    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "learner", "kind"],
                condition=Q(voided_at=None),
                name="one_valid_sheet_of_a_kind_a_child",
            ),
            models.UniqueConstraint(
                fields=["event", "name", "school_class"],
                condition=Q(voided_at=None, kind="thanks"),
                name="thanked_once_for_an_event",
            ),
            models.CheckConstraint(
                condition=Q(kind="diploma") ^ Q(award=""), name="a_diploma_says_what_for"
            ),
            models.CheckConstraint(
                condition=Q(kind="thanks", learner=None)
                | ~Q(kind="thanks") & Q(person=None, recipient=None),
                name="adults_are_thanked",
            ),
        ]

    def __str__(self) -> str:
        """Say nothing of whom it names."""
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

    @property
    def in_words(self) -> str:
        """What it is, and what it is given for: «Диплом, I место»."""
        return kind_in_words(self.kind, self.award)


def without(kind: str) -> Q:
    """Say of a place that its child has no sheet of ``kind``, not even one voided by itself.

    What was voided for a reason is replaced one by one, not by issuing to all.
    """
    standing = Certificate.objects.filter(batch__undone_at=None, kind=kind)
    return ~Q(Exists(standing.filter(event=OuterRef("event"), learner=OuterRef("learner"))))
