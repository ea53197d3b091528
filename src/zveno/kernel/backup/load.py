"""Restore a backup into an empty database: all of it, proven, or nothing."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import DataError, IntegrityError, ProgrammingError, connections, transaction
from psycopg import sql

from zveno.kernel.backup import container, erased, ground
from zveno.kernel.backup.container import BackupError
from zveno.kernel.backup.tables import fingerprint, sessions

_LATEST_FORMAT = 1
_BROKEN_FILES = (
    "SELECT count(*), count(*) FILTER (WHERE encode(sha256(data), 'hex') <> sha256)"
    " FROM documents_storedfile"
)
# Django translates what `execute` raises, not what `copy` does.
_MISFITS = (
    *(DataError, IntegrityError, ProgrammingError),
    *(psycopg.DataError, psycopg.IntegrityError, psycopg.ProgrammingError),
)
Parts = Iterator[tuple[str, bytes]]
Sums = Mapping[str, Mapping[str, Any]]


@dataclass
class Restored:
    """What came back, and what was found wrong in it."""

    header: dict[str, Any]
    rows: int = 0
    files: int = 0
    erased: int = 0
    secret: str = ""
    faults: list[str] = field(default_factory=list)

    @property
    def same_secret(self) -> bool:
        """Whether this machine signs with the secret the data was made with."""
        return bool(self.header["secret"] == fingerprint(settings.SECRET_KEY))


@dataclass
class _Table:
    rows: int = 0
    hashed: Any = field(default_factory=hashlib.sha256)


def restore(path: Path, key: str, erasures: Path | None) -> Restored:
    """Restore the backup at ``path``, without what ``erasures`` lists, and bring it up to date.

    Raises ``BackupError`` if the file cannot be trusted or the database is in use or not empty;
    the database stays as empty as it was.
    """
    with container.read(path, key) as parts, ground.alone():
        header = _header(parts, path)
        migrations = [(room, name) for room, name in header["migrations"]]
        ground.refuse_unknown(migrations, header["version"])
        ground.refuse_inhabited()
        ground.lay(migrations)
        restored = Restored(header)
        _load(parts, path, restored, erasures)
    call_command("migrate", database="owner", verbosity=0)
    return restored


def _header(parts: Parts, path: Path) -> dict[str, Any]:
    for _, data in parts:
        try:
            header: dict[str, Any] = json.loads(data)
            if header["format"] <= _LATEST_FORMAT:
                return header
        except (ValueError, KeyError, TypeError) as error:
            raise container.damaged(path) from error
        raise BackupError(f"{path} was made by a newer Zveno ({header['version']}). Install that.")
    raise container.damaged(path)


def _load(parts: Parts, path: Path, restored: Restored, erasures: Path | None) -> None:
    """Load, compare and erase in one transaction: a kill in the middle leaves nothing."""
    tables: dict[str, list[str]] = restored.header["tables"]
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        with _quietly(cursor, tables):
            found = _copy(cursor, parts, path, restored)
            _set_sequences(cursor, restored.header["sequences"])
            if erasures:
                restored.erased = erased.replay(cursor, erasures)
        restored.rows = sum(table.rows for table in found.values())
        cursor.execute(_BROKEN_FILES)
        restored.files, broken = cursor.fetchone()
        if broken:
            restored.faults.append(f"{broken} files are not what their hash says")


@contextmanager
def _quietly(cursor: Any, tables: Mapping[str, object]) -> Iterator[None]:
    """Empty the tables and keep their triggers silent; then check every reference."""
    try:
        listed = sql.SQL(", ").join(map(sql.Identifier, {*tables, sessions()}))
        cursor.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(listed))
        _each(cursor, "ALTER TABLE {} DISABLE TRIGGER USER", tables)
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _each(cursor, "ALTER TABLE {} ENABLE TRIGGER USER", tables)
    except _MISFITS as error:
        raise BackupError(
            "The backup does not fit together: rows are missing in it or changed "
            f"({type(error).__name__}). Nothing was restored: take another copy."
        ) from error


def _each(cursor: Any, statement: str, tables: Mapping[str, object]) -> None:
    for table in tables:
        cursor.execute(sql.SQL(statement).format(sql.Identifier(table)))


def _copy(cursor: Any, parts: Parts, path: Path, restored: Restored) -> dict[str, _Table]:
    """Copy the parts in, compare rows and hashes with what was noted when they were saved."""
    found: dict[str, _Table] = {}
    sums: Sums | None = None
    for name, data in parts:
        if name == container.SECRET:
            restored.secret = data.decode()
        elif name == container.SUMS:
            sums = json.loads(data)
        else:
            _copy_part(cursor, name.split("/")[1], data, restored.header["tables"], found)
    if sums is None or set(sums) != set(restored.header["tables"]):
        raise container.damaged(path)
    for table, said in sums.items():
        seen = found.get(table) or _Table()
        if (seen.rows, seen.hashed.hexdigest()) != (said["rows"], said["sha256"]):
            raise container.damaged(path)
    return found


def _copy_part(
    cursor: Any, table: str, data: bytes, tables: dict[str, list[str]], found: dict[str, _Table]
) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, tables[table]))
    ask = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with cursor.copy(ask) as target:
        target.write(data)
    seen = found.setdefault(table, _Table())
    seen.rows += cursor.rowcount
    seen.hashed.update(data)


def _set_sequences(cursor: Any, sequences: dict[str, int]) -> None:
    for name, last in sequences.items():
        cursor.execute("SELECT setval(to_regclass(%s), %s)", [f'public."{name}"', last])
