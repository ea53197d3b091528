"""What every record has; the journal and its seals; the outbox."""

from zveno.kernel.models.outbox import TRIES, Erasure, ErasureQuerySet, Letter, LetterQuerySet
from zveno.kernel.models.records import (
    AnyRecord,
    Data,
    Entry,
    EntryQuerySet,
    Questions,
    Record,
    Seal,
    SealQuerySet,
    journal_key,
)

__all__ = [
    "TRIES",
    "AnyRecord",
    "Data",
    "Entry",
    "EntryQuerySet",
    "Erasure",
    "ErasureQuerySet",
    "Letter",
    "LetterQuerySet",
    "Questions",
    "Record",
    "Seal",
    "SealQuerySet",
    "journal_key",
]
