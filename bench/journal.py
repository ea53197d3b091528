"""What it takes to follow the chain of a journal of a million entries."""

import json
import time
from collections.abc import Iterator
from typing import Any

from django.db import connections, transaction

from bench.sizes import Figure
from zveno.kernel import journal

ENTRIES, BATCH = 1_000_000, 50_000
FILL = """
INSERT INTO kernel_entry (public_id, verb, actor_key, means, organisation, target_kind, target_key,
    details, created_kind, created_key, parent, at)
SELECT gen_random_uuid(), 'events.reserve_seats', md5(n::text), 'account', n %% 500, 'events.Event',
    (n %% 20000)::text, '{"sender": null, "seats": null}', 'events.Group', n::text, NULL,
    now() - n * interval '1 second'
FROM generate_series(1, %s) n
"""
UNSEALED = """
SELECT public_id, verb, actor_key, means, organisation, target_kind, target_key, details,
    created_kind, created_key, parent, at
FROM kernel_entry e WHERE NOT EXISTS (SELECT FROM kernel_seal s WHERE s.entry = e.public_id)
ORDER BY id
"""
SEALS = "COPY kernel_seal (public_id, place, entry, mark) FROM STDIN"


def measure() -> Iterator[Figure]:
    """Yield the seconds; what was added for it is taken back."""
    with transaction.atomic(using="owner"):
        _fill()
        begun = time.perf_counter()
        broken = list(journal.faults(using="owner"))
        seconds = time.perf_counter() - begun
        transaction.set_rollback(True, using="owner")
    if broken:
        raise RuntimeError(broken[0])
    yield "journal.verify_million.seconds", seconds, 30


def _fill() -> None:
    """Add a million entries and seal them."""
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT place, mark FROM kernel_seal ORDER BY place DESC LIMIT 1")
        place, mark = cursor.fetchone() or (0, journal.FIRST)
        cursor.execute(FILL, [ENTRIES])
        cursor.execute("ANALYZE kernel_entry")
    with owner.chunked_cursor() as unsealed:
        unsealed.execute(UNSEALED)
        while rows := unsealed.fetchmany(BATCH):
            seals = []
            for row in rows:
                fields = [*row[:7], json.loads(row[7]), *row[8:]]
                place, mark = place + 1, journal.mark_of(mark, fields)
                seals.append((fields[0], place, fields[0], mark))
            _add(seals)


def _add(seals: list[tuple[Any, ...]]) -> None:
    with connections["owner"].cursor() as cursor, cursor.copy(SEALS) as copy:
        for each in seals:
            copy.write_row(each)
