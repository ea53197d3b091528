"""What was erased after the backup must not come back: the list of it lives beside the backups."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from psycopg import sql

from zveno.kernel.backup.container import BackupError
from zveno.kernel.backup.tables import references

_RECOUNTS: dict[str, str] = {}


def recounted(table: str, statement: str) -> None:
    """Let a statement put right what rows of ``table`` count, after others were erased again.

    Triggers are silent then, and the tables may be those of an older version.
    """
    _RECOUNTS[table] = statement


def replay(cursor: Any, path: Path) -> int:
    """Erase again what the list at ``path`` names; return how many rows were there again.

    Raises ``BackupError`` if the list is damaged: a line that cannot be read may be a child.
    """
    gone = 0
    for table, keys in _listed(path).items():
        if _stands(cursor, table):
            gone += _erase(cursor, table, "public_id", sorted(keys))
    for table, statement in _RECOUNTS.items():
        if gone and _stands(cursor, table):
            cursor.execute(statement)
    return gone


def _stands(cursor: Any, table: str) -> bool:
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f'public."{table}"'])
    return bool(cursor.fetchone()[0])


def _listed(path: Path) -> dict[str, set[str]]:
    listed: dict[str, set[str]] = defaultdict(set)
    *lines, _cut_off = path.read_text().split("\n")
    for number, line in enumerate(lines, start=1):
        try:
            note = json.loads(line)
            listed[note["table"]].add(note["key"])
        except (ValueError, KeyError, TypeError) as error:
            raise BackupError(f"{path}, line {number}, cannot be read. Take a copy.") from error
    return listed


def _erase(cursor: Any, table: str, column: str, keys: list[Any]) -> int:
    """Delete rows and what cannot be without them; what can be is let go of, as it was then."""
    names = {"table": sql.Identifier(table), "column": sql.Identifier(column)}
    ask = sql.SQL("SELECT * FROM {table} WHERE {column}::text = ANY(%s)").format(**names)
    cursor.execute(ask, [[str(key) for key in keys]])
    found = cursor.fetchall()
    if not found:
        return 0
    own = [each.name for each in cursor.description]
    if "id" in own:
        ids = [row[own.index("id")] for row in found]
        for user, reference, may_be_empty in references(cursor, f'public."{table}"'):
            if may_be_empty:
                let_go = sql.SQL("UPDATE {} SET {} = NULL WHERE {} = ANY(%s)").format(
                    sql.Identifier(user), sql.Identifier(reference), sql.Identifier(reference)
                )
                cursor.execute(let_go, [ids])
            else:
                _erase(cursor, user, reference, ids)
    delete = sql.SQL("DELETE FROM {table} WHERE {column}::text = ANY(%s)").format(**names)
    cursor.execute(delete, [[str(key) for key in keys]])
    return len(found)
