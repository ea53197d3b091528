"""Stored files and who may read them."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.organisations.models import Double, Organisation
from zveno.people.models import Post

SCANS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
"""What a scanner or a camera makes, and how the names of such files end."""

_BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}

_TRUSTED = (Post.Role.HEAD, Post.Role.REPRESENTATIVE)


def media_type_of(data: bytes) -> str:
    """Tell by the first bytes what of ``SCANS`` a file is; empty for anything else."""
    return next((kind for mark, kind in _BEGINNINGS.items() if data.startswith(mark)), "")


class StoredFileQuerySet(Questions["StoredFile"]):
    """Questions about files; the bytes are read only where they are sent."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the files of the scope, those it was made a reader of, those a link lists.

        Of restricted ones, those of organisations the actor heads or represents.
        """
        trusted = {key for key, role in actor.roles if role in _TRUSTED}
        reader = Reader.objects.filter(file=OuterRef("pk"), organisation__in=actor.scope)
        return self.filter(
            Q(owner__in=actor.scope, restricted=False)
            | Q(owner__in=trusted)
            | Q(Exists(reader))
            | Q(pk__in=actor.listed("documents.StoredFile"))
        )

    def hashed_now(self) -> Self:
        """Tell as ``hash_now`` the SHA-256 of the bytes as they are; the database reads them."""
        digest = Func(F("data"), function="sha256")
        found = Func(digest, Value("hex"), function="encode", output_field=models.CharField())
        return self.annotate(hash_now=found)

    def without_bytes(self) -> Self:
        """Leave the bytes in the database."""
        return self.defer("data")


class StoredFile(Record):
    """A file as it was given or drawn; ``sha256`` names its bytes for ever.

    A ``restricted`` one is not for everybody at its owner.

    The bytes live in the database: one backup, and a file is there exactly if its row is.
    """

    DATA: ClassVar = {"name": Data.PERSONAL, "data": Data.PERSONAL}

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()
    restricted = models.BooleanField(default=False, db_default=False)
    stored_at = models.DateTimeField(default=clock.now)
    hash_now: str
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

    DOUBLE: ClassVar = Double.YIELDS

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
