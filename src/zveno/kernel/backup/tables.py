"""What the database knows of its tables, asked of its own catalogue."""

import hashlib
import hmac
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

Columns = dict[str, list[str]]
LEFT_OUT = {"django_migrations"}
_COLUMNS = """
    SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    GROUP BY 1 ORDER BY 1
"""
_KEYS = """
    SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
    WHERE contype = 'f' AND NOT condeferrable AND connamespace = 'public'::regnamespace
"""
_REFERENCES = """
    SELECT k.conrelid::regclass::text, a.attname, NOT a.attnotnull
    FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
    WHERE k.contype = 'f' AND k.confrelid = to_regclass(%s)
"""


def columns(cursor: Any) -> Columns:
    """Return the tables a backup holds, with their columns. Who is signed in is not kept."""
    cursor.execute(_COLUMNS)
    left_out = LEFT_OUT | {sessions()}
    return {table: names for table, names in cursor.fetchall() if table not in left_out}


def sessions() -> str:
    """Return the table of who is signed in."""
    store = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
    return str(store.get_model_class()._meta.db_table)


def unpostponed(cursor: Any) -> list[tuple[str, str]]:
    """Return pairs of tables whose foreign key is checked at once."""
    cursor.execute(_KEYS)
    return list(cursor.fetchall())


def references(cursor: Any, table: str) -> list[tuple[str, str, bool]]:
    """Return what points at ``table``: table, column, whether it may be empty."""
    cursor.execute(_REFERENCES, [table])
    return list(cursor.fetchall())


def sequences(cursor: Any) -> dict[str, int]:
    """Return the last number each sequence gave, those that gave one."""
    cursor.execute(
        "SELECT sequencename, last_value FROM pg_sequences"
        " WHERE schemaname = 'public' AND last_value IS NOT NULL"
    )
    return dict(cursor.fetchall())


def of_ours(table: str) -> bool:
    """Whether a table belongs to a Zveno of any version."""
    prefixes = tuple(f"{app.label}_" for app in apps.get_app_configs())
    return table.startswith(("django_", *prefixes))


def inhabited() -> Iterator[str]:
    """Yield the tables that hold nothing in an installation nobody has used yet."""
    for model in apps.get_models(include_auto_created=True):
        named = model._meta.label != "organisations.Territory"
        if model.__module__.startswith("zveno.") and named and model._meta.managed:
            yield model._meta.db_table


def fingerprint(secret: str) -> str:
    """Tell secrets apart without telling anything of them."""
    return hmac.new(secret.encode(), b"zveno backup", hashlib.sha256).hexdigest()[:16]
