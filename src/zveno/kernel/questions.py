"""Questions written in SQL: only those that every page asks.

Django needs ten times as long to make such a question as the database to answer it. Each stands
beside the question of the ORM it equals, and a test compares them.
"""

from typing import Any

from django.db import connection


def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return what ``sql`` answers, with ``values`` in the place of each ``%s``."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
