"""Papers, numbered books, stored files, and what anybody may verify."""

import secrets
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.organisations.models import Organisation

SCANS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
"""What a scanner or a camera makes, and how the names of such files end."""

_BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}


def media_type_of(data: bytes) -> str:
    """Tell by the first bytes what of ``SCANS`` a file is; empty for anything else."""
    return next((kind for mark, kind in _BEGINNINGS.items() if data.startswith(mark)), "")


class StoredFileQuerySet(Questions["StoredFile"]):
    """Questions about files; the bytes are read only where they are sent."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the files of the scope, those it was made a reader of, those a link lists."""
        reader = Reader.objects.filter(file=OuterRef("pk"), organisation__in=actor.scope)
        return self.filter(
            Q(owner__in=actor.scope)
            | Q(Exists(reader))
            | Q(pk__in=actor.listed("documents.StoredFile"))
        )

    def without_bytes(self) -> Self:
        """Leave the bytes in the database."""
        return self.defer("data")


class StoredFile(Record):
    """A file as it was given or drawn; ``sha256`` names its bytes for ever.

    The bytes live in the database: one backup, and a file is there exactly if its row is.
    """

    DATA: ClassVar = {"name": Data.PERSONAL, "data": Data.PERSONAL}

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()
    stored_at = models.DateTimeField(default=clock.now)
    objects = StoredFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(size__lte=20 * 1024 * 1024), name="file_up_to_20_mb"
            ),
        ]

    def __str__(self) -> str:
        """Name the file by its hash: a name may tell of a person."""
        return self.sha256[:12]

    def home(self) -> int | None:
        """Return the organisation that keeps it."""
        return self.owner_id


class ReaderQuerySet(Questions["Reader"]):
    """Questions about readers."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep readers of the scope's files, and what the scope may read."""
        return self.filter(Q(organisation__in=actor.scope) | Q(file__owner__in=actor.scope))


class Reader(Record):
    """An organisation that may read a file of another: written by the room that knows why."""

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="readers")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    objects = ReaderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "organisation"], name="reader_is_unique"),
        ]

    def __str__(self) -> str:
        """Name both."""
        return f"{self.organisation_id} reads {self.file_id}"


class PaperQuerySet(Questions["Paper"]):
    """Questions about papers."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the scope's papers; others read the files drawn of them."""
        return self.filter(owner__in=actor.scope)


class Paper(Record):
    """Clauses, tables and fields, as ``engines.papers`` draws them; drawn files are kept.

    Once drawn for signature the content does not change: what is signed is the bytes of ``pdf``.
    """

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="papers")
    content = models.JSONField()
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    docx = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~(Q(pdf=None) ^ Q(docx=None)), name="paper_is_drawn_as_both"
            ),
        ]

    def __str__(self) -> str:
        """Name it by its public id."""
        return str(self.public_id)

    def home(self) -> int | None:
        """Return the organisation it belongs to."""
        return self.owner_id


class BookQuerySet(Questions["Book"]):
    """Questions about books."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the scope's books."""
        return self.filter(organisation__in=actor.scope)


class Book(Record):
    """A register of an organisation's office for a calendar year; numbers are never reused."""

    class Kind(models.TextChoices):
        AGREEMENTS = "agreements", _("agreements")
        CERTIFICATES = "certificates", _("certificates")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="books")
    kind = models.CharField(max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)
    objects = BookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "year"], name="one_book_a_year"
            ),
        ]

    def __str__(self) -> str:
        """Name the book and its year."""
        return f"{self.get_kind_display()}, {self.year}"

    def home(self) -> int | None:
        """Return the organisation whose office keeps it."""
        return self.organisation_id


class NumberQuerySet(Questions["Number"]):
    """Questions about numbers."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the numbers of the scope's books."""
        return self.filter(book__organisation__in=actor.scope)


class Number(Record):
    """A line of a book: a number taken for a document; a voided one stays, with its reason."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="numbers")
    number = models.PositiveIntegerField()
    taken_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=200, blank=True)
    objects = NumberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="number_is_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="number_begins_with_one"),
            models.CheckConstraint(
                condition=Q(voided_at=None) ^ ~Q(void_reason=""), name="voided_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        """Return the number as it is printed."""
        return f"{self.number}"


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
