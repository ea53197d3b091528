"""The list of what was erased, kept beside the backups: random keys, no names.

A restored backup is older than the erasures that came after it; by this list they are repeated.
"""

import json
import os
from pathlib import Path

from django.conf import settings
from django.db import transaction

from zveno.kernel.actor import SYSTEM
from zveno.kernel.models import Erasure
from zveno.kernel.walls import scoped

LIST = "erasures.jsonl"
_BATCH = 10_000


def note(folder: Path | None = None) -> int:
    """Add to the list what is not in it, on disk before the database says so; return how many."""
    path = (folder or settings.BACKUPS) / LIST
    with transaction.atomic(), scoped(SYSTEM):
        found = list(Erasure.objects.to_note().select_for_update()[:_BATCH])
        lines = [
            json.dumps({"table": each.table, "key": str(each.key), "at": each.at.isoformat()})
            for each in found
        ]
        if lines or not path.exists():
            append(path, lines)
        Erasure.objects.filter(pk__in=[each.pk for each in found]).update(noted=True)
    return len(found)


def append(path: Path, lines: list[str]) -> None:
    """Write lines at the end of the file at ``path``, which is made if it is missing."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a+b") as file:
        # What a kill left of a line goes: the row is not noted yet, so the line comes again.
        file.seek(0)
        file.truncate(file.read().rfind(b"\n") + 1)
        file.write("".join(f"{line}\n" for line in lines).encode())
        file.flush()
        os.fsync(file.fileno())
