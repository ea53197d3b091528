"""Make a backup: every row as of one moment, while others work on."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from graphlib import TopologicalSorter
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from zveno.kernel.backup import container, kept
from zveno.kernel.backup.tables import Columns, columns, fingerprint, sequences, unpostponed
from zveno.localdb.lock import alone_in

FORMAT = 1
_CHUNK = 4 * 1024 * 1024


def save(folder: Path, key: str) -> Path:
    """Save all rows into a new file of ``folder``, for the owner of ``key`` if there is one.

    Raises ``BackupError``; ``OSError`` if the disk is full.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone_in(folder):
        for unfinished in folder.glob("zveno-*.part"):
            unfinished.unlink()
        return _save(folder, key)


def _save(folder: Path, key: str) -> Path:
    path = folder / kept.name_of(datetime.now(UTC), encrypted=bool(key))
    connection = connections["owner"]
    with (
        container.written(path, key) as writer,
        transaction.atomic(using="owner"),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        tables = columns(cursor)
        writer.add_json(container.HEADER, _header(cursor, tables))
        if key:
            writer.add(container.SECRET, settings.SECRET_KEY.encode())
        sums = {name: _copy(writer, cursor, name, tables[name]) for name in _order(cursor, tables)}
        writer.add_json(container.SUMS, sums)
    return path


def _header(cursor: Any, tables: Columns) -> dict[str, Any]:
    recorder = MigrationRecorder(connections["owner"])
    return {
        "format": FORMAT,
        "version": _version(),
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "postgresql": cursor.connection.info.server_version // 10_000,
        "migrations": sorted(recorder.applied_migrations()),
        "tables": tables,
        "sequences": sequences(cursor),
        "secret": fingerprint(settings.SECRET_KEY),
    }


def _version() -> str:
    try:
        return version("zveno")
    except PackageNotFoundError:
        return "unpacked"


def _order(cursor: Any, tables: Columns) -> Iterator[str]:
    """Put tables after those they point at, where the database insists."""
    sorter = TopologicalSorter({name: set[str]() for name in tables})
    for table, target in unpostponed(cursor):
        if table in tables and target in tables and table != target:
            sorter.add(table, target)
    return iter(sorter.static_order())


def _copy(writer: container.Writer, cursor: Any, table: str, names: list[str]) -> dict[str, Any]:
    """Write the rows of a table down in parts; return how many there are and their hash."""
    hashed, pending, number = hashlib.sha256(), bytearray(), 0
    ask = sql.SQL("COPY {} ({}) TO STDOUT").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names))
    )

    def write() -> None:
        nonlocal number
        number += 1
        hashed.update(pending)
        writer.add(f"data/{table}/{number:06}", bytes(pending))
        pending.clear()

    with cursor.copy(ask) as rows:
        for block in rows:
            pending += block
            if len(pending) >= _CHUNK:
                write()
    if pending:
        write()
    return {"rows": cursor.rowcount, "sha256": hashed.hexdigest()}
