"""The rows a database holds when its migrations have run, and the way back to them.

Django's own way truncates every table and lets each application make its grants, triggers and
types anew: a second after each test that commits, and the first rows of migrations are lost.
"""

from dataclasses import dataclass, field
from graphlib import TopologicalSorter

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    " AND relname <> 'django_migrations' AND relname NOT LIKE 'procrastinate%' ORDER BY relname"
)
QUEUE = "procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers"
REFERENCES = (
    "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint"
    " JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1] AND attnotnull"
    " WHERE contype = 'f' AND conrelid <> confrelid"
)
NOTES = "kernel_erasure"  # rows deleted elsewhere leave a note there


@dataclass
class Fresh:
    """What the tables of one database held at first; the others were empty."""

    alias: str
    tables: list[str] = field(default_factory=list)
    first: dict[str, bytes] = field(default_factory=dict)

    def remember(self) -> None:
        """Keep the rows there are."""
        with connections[self.alias].cursor() as cursor:
            cursor.execute(TABLES)
            self.tables = _referred_first(cursor, [name for (name,) in cursor.fetchall()])
            self.first = {name: _rows(cursor, name) for name in self._filled(cursor)}

    def restore(self) -> None:
        """Remove what has been added, bring back what has been changed or removed."""
        with transaction.atomic(using=self.alias), connections[self.alias].cursor() as cursor:
            same = {name for name in self.first if _rows(cursor, name) == self.first[name]}
            for name in [*self._filled(cursor), NOTES]:
                if name not in same:
                    cursor.execute(_about("DELETE FROM {}", name))
            for name in self.first:
                if name in same:
                    continue
                with cursor.copy(_about("COPY {} FROM STDIN", name)) as copy:
                    copy.write(self.first[name])
            cursor.execute("SELECT EXISTS (SELECT FROM procrastinate_jobs)")
            if cursor.fetchone() == (True,):
                cursor.execute(f"TRUNCATE {', '.join(QUEUE)}")

    def _filled(self, cursor: CursorWrapper) -> list[str]:
        """Name the tables with rows in them."""
        asked = [
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(name, sql.Identifier(name))
            for name in self.tables
        ]
        cursor.execute(sql.SQL(" UNION ALL ").join(asked))
        filled = {name for (name,) in cursor.fetchall()}
        return [name for name in self.tables if name in filled]


def _referred_first(cursor: CursorWrapper, tables: list[str]) -> list[str]:
    """Put rows that others refer to before these: a trigger of the others may look at them."""
    cursor.execute(REFERENCES)
    order = TopologicalSorter(dict.fromkeys(tables, ()))
    for name, referred in cursor.fetchall():
        order.add(name, referred)
    return [name for name in order.static_order() if name in tables]


def _about(statement: str, table: str) -> sql.Composed:
    return sql.SQL(statement).format(sql.Identifier(table))


def _rows(cursor: CursorWrapper, table: str) -> bytes:
    with cursor.copy(_about("COPY {} TO STDOUT", table)) as copy:
        return b"".join(copy)
