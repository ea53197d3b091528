"""The chain of the journal: sealed by the worker, checked by whoever doubts it."""

import hashlib
import json
from collections.abc import Iterator

from django.db import connection, transaction

from zveno.kernel.models import Entry, Seal

FIRST = "0" * 64
LOCK = 0x5A7E
BATCH = 1000


def seal() -> int:
    """Seal the entries committed since; return how many. One sealer works at a time."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        last = Seal.objects.order_by("-place").first()
        place, mark = (last.place, last.mark) if last else (0, FIRST)
        seals = []
        for entry in Entry.objects.unsealed()[:BATCH]:
            place, mark = place + 1, _mark(mark, entry)
            seals.append(Seal(place=place, entry=entry.public_id, mark=mark))
        Seal.objects.bulk_create(seals)
    return len(seals)


def faults() -> Iterator[str]:
    """Tell where the journal was edited, cut or reordered; nothing if it holds.

    A cut of the newest seals together with their entries shows only against a mark kept outside.
    """
    entries = {entry.public_id: entry for entry in Entry.objects.all()}
    mark = FIRST
    for place, link in enumerate(Seal.objects.order_by("place"), start=1):
        if link.place != place:
            yield f"seal {place} is missing"
            return
        entry = entries.get(link.entry)
        if entry is None:
            yield f"the entry of seal {place} is missing"
            return
        mark = _mark(mark, entry)
        if mark != link.mark:
            yield f"the entry of seal {place} was changed"
            return


def _mark(before: str, entry: Entry) -> str:
    fields = [
        str(entry.public_id),
        entry.verb,
        entry.actor_key,
        entry.means,
        entry.organisation,
        entry.target_kind,
        entry.target_key,
        entry.details,
        entry.created_kind,
        entry.created_key,
        str(entry.parent or ""),
        entry.at.timestamp(),
    ]
    text = before + json.dumps(fields, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
