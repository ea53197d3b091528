"""Ready-made papers, files and numbers."""

import hashlib
from datetime import date
from typing import Any

from zveno.documents.models import Book, Declension, Number, Paper, StoredFile
from zveno.organisations.models import Organisation


def paper(owner: Organisation) -> Paper:
    """Make a paper that is not drawn yet."""
    return Paper.objects.create(owner=owner, content={})


def file(owner: Organisation, data: bytes = b"%PDF-1.7", **changes: Any) -> StoredFile:
    """Make a small file."""
    fields = {"name": "скан.pdf", "media_type": "application/pdf", "data": data} | changes
    digest = hashlib.sha256(data).hexdigest()
    return StoredFile.objects.create(owner=owner, size=len(data), sha256=digest, **fields)


def number(organisation: Organisation) -> Number:
    """Take a number of this year's book of agreements."""
    book, _ = Book.objects.get_or_create(organisation=organisation, kind="agreements", year=2026)
    book.last += 1
    book.save(update_fields=["last"])
    return Number.objects.create(book=book, number=book.last)


def by_hand(organisation: Organisation, number: int = 45) -> Number:
    """Enter a number that was given on paper into this year's book of agreements."""
    book, _ = Book.objects.get_or_create(organisation=organisation, kind="agreements", year=2026)
    return Number.objects.create(
        book=book,
        number=number,
        subject="Договор",
        dated=date(2026, 11, 2),
        hand_reason="дан на бумаге",
    )


def declension(owner: Organisation) -> Declension:
    """Make an organisation write a name its own way."""
    forms = {"genitive": "Муравья Павла Ильича"}
    return Declension.objects.create(
        owner=owner, kind="person", text="Муравей Павел Ильич", **forms
    )
