"""Books, files and what may be verified."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.utils.translation import gettext_lazy as _

from zveno.documents import rules
from zveno.documents.models import Book, Number, Numbering, Reader, StoredFile, Verification
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.organisations.models import Organisation

LARGEST = 20 * 1024 * 1024


class FileTooLarge(BadInput):
    """A stored file holds at most 20 MB."""

    code = "file_too_large"
    message = _("The file is larger than 20 MB. Scan it in black and white or in parts.")
    field = "file"


class FileEmpty(BadInput):
    """A file without bytes proves nothing."""

    code = "file_empty"
    message = _("The file is empty. Choose another.")
    field = "file"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in: its name, its type and its bytes."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Claim:
    """What a verification page will say."""

    title: str
    initials: str
    number: str
    issued_on: date


@action(rules.acts_for, on=Organisation, consequence=True)
def take_numbers(
    actor: Actor,
    organisation: Organisation,
    *,
    kind: str,
    year: int,
    subjects: Sequence[str] = ("",),
) -> list[Number]:
    """Take the next free numbers of the year's book of ``kind``, one a subject, without gaps.

    A subject says in the book what the number is for; it names nobody. Numbers entered by hand
    are stepped over. The book's row stays locked until the transaction ends, so that a number
    rolled back is taken by the next.
    """
    book = _book_of_year(organisation, kind, year)
    free = list(islice(book.following(), len(subjects)))
    book.last = max([book.last, *free])
    book.save(update_fields=["last"])
    return Number.objects.bulk_create(
        [
            Number(book=book, number=number, subject=subject)
            for number, subject in zip(free, subjects, strict=True)
        ]
    )


def _book_of_year(organisation: Organisation, kind: str, year: int) -> Book:
    """Return a book, begun if it is not there, locked until the transaction ends."""
    book, _made = Book.objects.get_or_create(
        organisation=organisation,
        kind=kind,
        year=year,
        defaults={"pattern": Numbering.objects.pattern(organisation, kind)},
    )
    return Book.objects.select_for_update().get(pk=book.pk)


@action(rules.acts_for, on=Organisation, consequence=True)
def void_numbers(
    actor: Actor, organisation: Organisation, *, numbers: Iterable[int], reason: str
) -> int:
    """Void numbers (by their keys) of the organisation's books; return how many were valid."""
    return Number.objects.filter(
        book__organisation=organisation, pk__in=list(numbers), voided_at=None
    ).update(voided_at=clock.now(), void_reason=reason)


@action(rules.acts_for, on=Organisation, consequence=True)
def store_file(
    actor: Actor,
    organisation: Organisation,
    *,
    upload: Upload,
    readers: Sequence[int] = (),
    restricted: bool = False,
) -> StoredFile:
    """Keep a file for ``organisation``; ``readers`` are keys of organisations that may read it.

    A ``restricted`` one is for the head and the representatives only.

    Raises ``FileTooLarge`` and ``FileEmpty``.
    """
    if not upload.data:
        raise FileEmpty
    if len(upload.data) > LARGEST:
        raise FileTooLarge
    file = StoredFile.objects.create(
        owner=organisation,
        name=upload.name[-200:],
        media_type=upload.media_type[:100],
        size=len(upload.data),
        sha256=hashlib.sha256(upload.data).hexdigest(),
        data=upload.data,
        restricted=restricted,
    )
    Reader.objects.bulk_create([Reader(file=file, organisation_id=key) for key in readers])
    return file


@action(rules.acts_for, on=Organisation, consequence=True)
def publish_claims(
    actor: Actor, organisation: Organisation, *, claims: Sequence[Claim]
) -> list[Verification]:
    """Let anybody verify documents of ``organisation`` by their codes."""
    return Verification.objects.bulk_create(
        [
            Verification(
                issuer=organisation.name,
                title=claim.title,
                initials=claim.initials,
                number=claim.number,
                issued_on=claim.issued_on,
            )
            for claim in claims
        ]
    )


@action(rules.acts_for, on=Organisation, consequence=True)
def void_claims(actor: Actor, organisation: Organisation, *, claims: Iterable[int]) -> int:
    """Say on the verification pages (by their keys) that the documents are void."""
    return Verification.objects.filter(pk__in=list(claims), voided_at=None).update(
        voided_at=clock.now()
    )
