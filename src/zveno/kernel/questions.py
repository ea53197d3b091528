"""Questions written in SQL: only those of every page, and of the door where a queue waits.

Django needs ten times as long to make such a question as the database to answer it. Each stands
beside the question of the ORM it equals, and a test compares them.
"""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models, transaction
from django.db.models.base import ModelState


def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return what ``sql`` answers, with ``values`` in the place of each ``%s``."""
    with transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS), connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


class Records:
    """Whole records of several ``kinds``, one of each in a row.

    ``sql`` names each kind by its alias and says ``{columns}`` where the columns of all belong.
    Fields called as in ``without`` are not read until somebody asks for them.
    """

    def __init__(
        self, sql: str, *, without: Collection[str] = (), **kinds: type[models.Model]
    ) -> None:
        read = {
            alias: [one for one in kind._meta.concrete_fields if one.name not in without]
            for alias, kind in kinds.items()
        }
        self._kinds = [
            (_maker(kind), names, [*names].index(kind._meta.pk.attname))
            for alias, kind in kinds.items()
            # Django looks each field up among these names: in a list it would search.
            for names in [dict.fromkeys(field.attname for field in read[alias])]
        ]
        columns = (f"{alias}.{field.column}" for alias in kinds for field in read[alias])
        self._sql = sql.format(columns=", ".join(columns))

    def __call__(self, *values: Any) -> list[list[Any]]:
        """Return the records of each row; ``None`` for one that a left join did not find."""
        return [self._records(row) for row in rows(self._sql, *values)]

    def _records(self, row: tuple[Any, ...]) -> list[models.Model | None]:
        found: list[models.Model | None] = []
        for make, names, key in self._kinds:
            own, row = row[: len(names)], row[len(names) :]
            found.append(make(names, own) if own[key] is not None else None)
        return found


def _maker(kind: type[models.Model]) -> Callable[[Collection[str], Sequence[Any]], models.Model]:
    """Return what makes a record of a row, as ``kind.from_db`` does.

    That of Django sets field by field and sends two signals a row; a kind that has its own, to
    hear of each row read, is asked.
    """
    if getattr(kind.from_db, "__func__", None) is not getattr(models.Model.from_db, "__func__", 0):
        return partial(kind.from_db, DEFAULT_DB_ALIAS)

    def make(names: Collection[str], values: Sequence[Any]) -> models.Model:
        record = kind.__new__(kind)
        record._state = ModelState()
        record._state.adding, record._state.db = False, DEFAULT_DB_ALIAS
        record.__dict__.update(zip(names, values, strict=True))
        return record

    return make
