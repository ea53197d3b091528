"""Files of single sheets, drawn part by part and handed over as one archive."""

import io
import re
import zipfile
from collections.abc import Iterable
from typing import Self

from django.db import models

from zveno.documents.models import StoredFile
from zveno.events.models.certificates import Batch, Certificate
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record

_FORBIDDEN = re.compile(r'[\\/:*?"<>|«»„“]+')
LONGEST_NAME = 80


class BatchPartQuerySet(Questions["BatchPart"]):
    """Questions about parts."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of batches the scope issued."""
        return self.filter(batch__event__host__in=actor.scope)


class BatchPart(Record):
    """Some of the files of a batch, in an archive of their own; ``number`` counts from 1."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    objects = BatchPartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="a_part_is_drawn_once"),
        ]

    def __str__(self) -> str:
        """Return the number."""
        return f"{self.number}"

    def home(self) -> int | None:
        """Return the issuer."""
        return self.batch.event.host_id


def file_name(certificate: Certificate) -> str:
    """Name the file of a sheet by its number, the school and the class: it names nobody."""
    where = _FORBIDDEN.sub("", certificate.school_class)[:LONGEST_NAME].strip(" ,.")
    number = _FORBIDDEN.sub("-", certificate.verification.number)
    return f"{' '.join(filter(None, [number, where]))}.pdf"


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Put files into an archive as they are: a PDF does not get smaller."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data)
    return packed.getvalue()


def joined(parts: Iterable[BatchPart]) -> bytes:
    """Return one archive of all files of ``parts``, in their order."""
    return zipped(
        (one.filename, archive.read(one))
        for part in parts
        for archive in [zipfile.ZipFile(io.BytesIO(part.file.data))]
        for one in archive.infolist()
    )


def drop_parts(batches: Iterable[int]) -> None:
    """Let go of archives of ``batches`` (keys): somebody in them was erased or voided."""
    parts = BatchPart.objects.filter(batch__in=list(batches))
    files = list(parts.values_list("file", flat=True))
    parts.delete()
    StoredFile.objects.filter(pk__in=files).delete()
    Batch.objects.filter(pk__in=list(batches)).update(packing=False, packed=0)
