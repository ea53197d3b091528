"""Row-level security: the second wall behind ``visible_to``, coarse on purpose.

Each transaction begins with ``scoped(actor)``; policies of the tables read what it sets. Outside
of it they show no row. ``wall`` is the one way a migration of a room puts up a policy.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import connection, migrations

from zveno.kernel import clock
from zveno.kernel.actor import Actor

FUNCTIONS = """
CREATE FUNCTION zveno_scope() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT COALESCE(NULLIF(current_setting('zveno.scope', true), '')::bigint[], '{}') $$;
CREATE FUNCTION zveno_keys() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT COALESCE(NULLIF(current_setting('zveno.keys', true), '')::text[], '{}') $$;
CREATE FUNCTION zveno_person() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT NULLIF(current_setting('zveno.person', true), '')::bigint $$;
CREATE FUNCTION zveno_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT COALESCE(current_setting('zveno.means', true), '') = 'system' $$;
CREATE FUNCTION zveno_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT COALESCE(NULLIF(current_setting('zveno.now', true), '')::timestamptz, now()) $$;
"""
NO_FUNCTIONS = """
DROP FUNCTION zveno_scope, zveno_keys, zveno_person, zveno_system, zveno_now;
"""
LONGEST = "60s"
"""How long one question of a visitor or a program may keep the database, waiting included."""
_actor: ContextVar[Actor | None] = ContextVar("walled_actor", default=None)


@contextmanager
def scoped(actor: Actor, *, read_only: bool = False) -> Iterator[None]:
    """Let row-level security ask about ``actor`` until the transaction ends.

    Inside an outer scope (a consequence, a test) the outer one is put back at the end.
    """
    before = _actor.get()
    # Policies compare what is stored here with the moment told: none of it may be earlier.
    with clock.steady() as moment:
        _tell(actor, moment, read_only=read_only)
        token = _actor.set(actor)
        try:
            yield
        finally:
            _actor.reset(token)
            if before is not None and connection.in_atomic_block and not connection.needs_rollback:
                _tell(before, moment)


def _tell(actor: Actor, moment: datetime, *, read_only: bool = False) -> None:
    settings = {
        "zveno.scope": _array(map(str, sorted(actor.scope))),
        "zveno.keys": _array(f"{kind}:{key}" for kind, key in sorted(actor.keys)),
        "zveno.person": str(actor.person or ""),
        "zveno.means": str(actor.means),
        "zveno.now": moment.isoformat(),
    }
    if not actor.is_system():
        settings["statement_timeout"] = LONGEST
    if read_only:
        settings["transaction_read_only"] = "on"
    calls = ", ".join("set_config(%s, %s, true)" for _ in settings)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {calls}",
            [part for setting in settings.items() for part in setting],
        )


def _array(items: Iterable[str]) -> str:
    return "{" + ",".join(items) + "}"


# Conditions of policies; the subselects let the planner ask once a query, not once a row.
SYSTEM = "(SELECT zveno_system())"
SOMEBODY = "(SELECT zveno_scope()) <> '{}'"


def ours(column: str) -> str:
    """Say in SQL that the organisation in ``column`` is in the actor's scope."""
    return f"{column} = ANY ((SELECT zveno_scope())::bigint[])"


def listed(kind: str, column: str) -> str:
    """Say in SQL that the actor's link lists the record of ``kind`` whose key is in ``column``."""
    return f"'{kind}:' || {column} = ANY ((SELECT zveno_keys())::text[])"


def wall(
    table: str, *, read: str, write: str | None = None, add: str | None = None
) -> migrations.RunSQL:
    """Put up the policy of ``table``: who reads, writes and adds a row, as SQL conditions.

    Without ``write`` the condition of ``read`` holds, without ``add`` that of ``write``. The owner
    of the tables is not held back (it has BYPASSRLS where that may be granted; else ENABLE
    without FORCE lets it pass).
    """
    write = write or read
    policies = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY may_read ON {table} FOR SELECT USING ({read})",
        f"CREATE POLICY may_add ON {table} FOR INSERT WITH CHECK ({add or write})",
        f"CREATE POLICY may_change ON {table} FOR UPDATE USING ({write}) WITH CHECK ({write})",
        f"CREATE POLICY may_remove ON {table} FOR DELETE USING ({write})",
    ]
    down = [
        *(
            f"DROP POLICY {name} ON {table}"
            for name in ("may_read", "may_add", "may_change", "may_remove")
        ),
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]
    return migrations.RunSQL(";\n".join(policies), ";\n".join(down))
