"""The chain of the journal: sealed by the worker, checked by whoever doubts it."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from zveno.kernel.models import Entry, Seal

FIRST = "0" * 64
LOCK = 0x5A7E
BATCH = 1000
LATE = 10_000
"""How many numbers an entry may be behind the last sealed one and still be found at once."""
READ = 2000
LINKS = """
SELECT s.place, s.mark, e.public_id, e.verb, e.actor_key, e.means, e.organisation, e.target_kind,
    e.target_key, e.details, e.created_kind, e.created_key, e.parent, e.at
FROM kernel_seal s LEFT JOIN kernel_entry e ON e.public_id = s.entry ORDER BY s.place
"""
Link = tuple[Any, ...]
"""A row of ``LINKS``: place and mark of a seal, then its entry."""
_written = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


@dataclass(frozen=True, slots=True)
class Root:
    """A mark of the chain to keep outside: whoever has it can tell that all up to it holds."""

    place: int = 0
    mark: str = FIRST

    def __str__(self) -> str:
        """Write it as ``Root.read`` reads it."""
        return f"{self.place}:{self.mark}"

    @classmethod
    def read(cls, text: str) -> "Root":
        """Read what ``str`` wrote; spaces and capitals do not matter. Raises ``ValueError``."""
        place, _, mark = "".join(text.split()).lower().partition(":")
        if len(bytes.fromhex(mark)) != hashlib.sha256().digest_size:
            raise ValueError(text)
        return cls(int(place), mark)


def seal(*, all_of_it: bool = False) -> int:
    """Seal the entries committed since; return how many. One sealer works at a time.

    Only ``all_of_it`` looks for entries of a transaction so long that thousands of later ones are
    sealed already.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        last = Seal.objects.order_by("-place").first()
        place, mark = (last.place, last.mark) if last else (0, FIRST)
        waiting = Entry.objects.unsealed()
        if last and not all_of_it:
            waiting = waiting.filter(pk__gt=_number(last) - LATE)
        seals = []
        for entry in waiting[:BATCH]:
            place, mark = place + 1, mark_of(mark, _fields(entry))
            seals.append(Seal(place=place, entry=entry.public_id, mark=mark))
        Seal.objects.bulk_create(seals)
    return len(seals)


def root() -> Root:
    """Return the newest mark of the chain, to be kept outside."""
    last = Seal.objects.order_by("-place").first()
    return Root(last.place, last.mark) if last else Root()


def faults(kept: Root | None = None, *, using: str = DEFAULT_DB_ALIAS) -> Iterator[str]:
    """Tell where the journal was edited, cut or reordered; nothing if it holds.

    Against a root ``kept`` outside any change up to its place shows. Without one a chain sealed
    anew by somebody with the owner's password, or cut at its end, looks whole. A million entries
    are read in a stream. ``using`` names the database.
    """
    with (
        transaction.atomic(using=using),
        connections[using].chunked_cursor() as cursor,
    ):
        cursor.execute(LINKS)
        yield from follow(_stream(cursor), kept)


def follow(links: Iterable[Link], kept: Root | None) -> Iterator[str]:
    """Follow the chain of ``links`` from its first; tell its first fault."""
    place, mark = 0, FIRST
    for number, told, *fields in links:
        place += 1
        fault = _fault(place, number, fields)
        if fault:
            yield fault
            return
        mark = mark_of(mark, fields)
        if mark != told:
            yield f"the entry of seal {place} was changed"
            return
        if kept and place == kept.place and mark != kept.mark:
            yield f"the journal up to seal {place} is not the one whose mark was kept"
            return
    if kept and place < kept.place:
        yield f"the journal ends at seal {place}, the mark kept outside is of seal {kept.place}"


def mark_of(before: str, fields: list[Any]) -> str:
    """Return the mark of an entry after the mark ``before``: SHA-256 of both."""
    public_id, *middle, parent, at = fields
    text = before + _written([str(public_id), *middle, str(parent or ""), at.timestamp()])
    return hashlib.sha256(text.encode()).hexdigest()


def _fault(place: int, number: int, fields: list[Any]) -> str:
    if number != place:
        return f"seal {place} is missing"
    return "" if fields[0] else f"the entry of seal {place} is missing"


def _stream(cursor: Any) -> Iterator[Link]:
    while rows := cursor.fetchmany(READ):
        for row in rows:
            details = row[9]
            yield (
                *row[:9],
                json.loads(details) if isinstance(details, str) else details,
                *row[10:],
            )


def _number(last: Seal) -> int:
    return Entry.objects.filter(public_id=last.entry).values_list("pk", flat=True).first() or 0


def _fields(entry: Entry) -> list[Any]:
    return [
        entry.public_id,
        entry.verb,
        entry.actor_key,
        entry.means,
        entry.organisation,
        entry.target_kind,
        entry.target_key,
        entry.details,
        entry.created_kind,
        entry.created_key,
        entry.parent,
        entry.at,
    ]
