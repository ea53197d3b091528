"""The empty ground a backup is restored on."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from zveno.kernel.backup.container import BackupError
from zveno.kernel.backup.tables import inhabited, of_ours

Migrations = list[tuple[str, str]]
_LOCK = 0x2E570E
_OTHERS = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
        AND pid <> pg_backend_pid() AND usename IS NOT NULL
"""
_CLEAR = """
    DO $$ DECLARE each record; BEGIN
        FOR each IN SELECT oid::regclass AS name FROM pg_class c WHERE relkind = 'r'
            AND relnamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND deptype = 'e')
        LOOP EXECUTE 'DROP TABLE ' || each.name || ' CASCADE'; END LOOP;
        FOR each IN SELECT oid::regprocedure AS name FROM pg_proc p
            WHERE pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND deptype = 'e')
        LOOP EXECUTE 'DROP ROUTINE ' || each.name || ' CASCADE'; END LOOP;
        FOR each IN SELECT oid::regtype AS name FROM pg_type t
            WHERE typnamespace = 'public'::regnamespace AND (typtype = 'e' OR typtype = 'c'
                AND EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND relkind = 'c'))
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND deptype = 'e')
        LOOP EXECUTE 'DROP TYPE ' || each.name || ' CASCADE'; END LOOP;
    END $$
"""


@contextmanager
def alone() -> Iterator[None]:
    """Work while nobody else is in the database. Raises ``BackupError`` if somebody is."""
    connections["default"].close()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        free = cursor.fetchone()[0]
        cursor.execute(_OTHERS)
        if not free or cursor.fetchone()[0]:
            raise BackupError("The database is in use. Stop Zveno first, then restore.")
        try:
            yield
        finally:
            if not connections["owner"].needs_rollback and connections["owner"].is_usable():
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def refuse_inhabited() -> None:
    """Raise ``BackupError`` if the database holds anything somebody could miss."""
    tables = set(connections["owner"].introspection.table_names())
    foreign = sorted(table for table in tables if not of_ours(table))
    if foreign:
        raise BackupError(
            f"The database holds tables of another program ({', '.join(foreign[:3])}). "
            "Restore into a database of its own."
        )
    with connections["owner"].cursor() as cursor:
        for table in sorted(tables & set(inhabited())):
            cursor.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table)))
            if cursor.fetchone()[0]:
                raise BackupError(
                    "The database is not empty, and a backup replaces everything. Restore into "
                    "an empty one: create it anew, or move the folder of the embedded one away."
                )


def refuse_unknown(migrations: Migrations, version: str) -> None:
    """Raise ``BackupError`` if a newer Zveno made these tables."""
    known = MigrationExecutor(connections["owner"]).loader.disk_migrations or {}
    if strangers := [name for name in migrations if name not in known]:
        room, name = strangers[0]
        raise BackupError(
            f"The backup was made by a newer Zveno (version {version}, tables {room}.{name}). "
            "Install that version, restore, then go on."
        )


def lay(migrations: Migrations) -> None:
    """Let the tables be as they were when the backup was made; others, empty ones, go."""
    if set(MigrationRecorder(connections["owner"]).applied_migrations()) == set(migrations):
        return
    with connections["owner"].cursor() as cursor:
        cursor.execute(_CLEAR)
    executor = MigrationExecutor(connections["owner"])
    nodes, known = executor.loader.graph.node_map, set(migrations)
    last = [
        key
        for key in sorted(known)
        if not any(child.key in known and child.key[0] == key[0] for child in nodes[key].children)
    ]
    executor.migrate(last)
