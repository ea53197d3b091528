"""Row-level security: the second wall, its four traps, and the catalogue of the database."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, OperationalError, connections, models, transaction

from zveno.kernel import outbox, walls
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.models import Data, Letter, Record
from zveno.kernel.tests import make
from zveno.kernel.walls import scoped

pytestmark = [pytest.mark.django_db, pytest.mark.database]
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

# Tables with personal or sealed fields that anybody's transaction reads, each with its reason.
OPEN = {
    "people_account": "read before anybody is known: signing in finds the account by its name",
    "people_link": "read before anybody is known: a link is found by the hash of its token",
    "people_token": "read before anybody is known: a token is found by its hash",
    "people_signin": "read before anybody is known: a sign-in is found by the hash of its cookie",
    "people_passkey": "read before anybody is known: a device names its key, found by its hash",
    "people_identity": "read before anybody is known: found by a hash of what a provider says",
    "people_setup": "read before anybody is known: the way into an empty house is found by a hash",
    "people_attempt": "counted before anybody is known, under keyed hashes",
}
# Unique fields with personal or sealed values, each with the reason why it tells nothing.
TELLING_NOTHING = {
    ("people_link", "token_hash"): "a hash of 160 random bits: who can ask for it holds the token",
    ("people_setup", "token_hash"): "a hash of random bits: who can ask for it holds the token",
    ("people_identity", "subject_hash"): "a keyed hash: who asks holds the key of the house",
    ("people_passkey", "credential_hash"): "a hash of what only the device and its owner hold",
    ("people_token", "token_hash"): "a hash of 256 random bits: who can ask for it holds the token",
    ("people_signin", "session_key"): "a hash of a random cookie: who can ask for it holds it",
}
SETTINGS = ("zveno.scope", "zveno.keys", "zveno.person", "zveno.means", "zveno.now")


def asked(query: str, *values: Any, using: str = "default") -> list[tuple[Any, ...]]:
    with connections[using].cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def models_with(*classes: Data) -> Iterator[tuple[type[models.Model], str]]:
    for kind in apps.get_models():
        if kind.__module__.startswith("zveno."):
            for field, told in getattr(kind, "DATA", {}).items():
                if told in classes:
                    yield kind, field


def set_now() -> list[str]:
    return [asked("SELECT current_setting(%s, true)", name)[0][0] or "" for name in SETTINGS]


# --- The role and the catalogue -------------------------------------------------------------


def test_role_that_serves_requests_is_plain() -> None:
    ((superuser, bypass, roles, databases, replication),) = asked(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication "
        "FROM pg_roles WHERE rolname = current_user"
    )

    assert not any([superuser, bypass, roles, databases, replication])


def test_role_that_serves_requests_owns_nothing() -> None:
    owned = asked(
        "SELECT relname FROM pg_class WHERE relowner = current_user::regrole "
        "UNION SELECT nspname FROM pg_namespace WHERE nspowner = current_user::regrole "
        "UNION SELECT proname FROM pg_proc WHERE proowner = current_user::regrole"
    )

    assert owned == []


def test_role_that_serves_requests_cannot_become_the_owner() -> None:
    owner = connections["owner"].settings_dict["USER"]

    assert asked("SELECT pg_has_role(current_user, %s, 'MEMBER')", owner) == [(False,)]


WALLED = """
    SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
    WHERE c.relrowsecurity GROUP BY c.relname HAVING count(DISTINCT p.polcmd) = 4
"""
READ_BY_ALL = """
    SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
    WHERE p.polcmd = 'r' AND pg_get_expr(p.polqual, c.oid) = 'true'
"""


def test_every_table_with_personal_or_sealed_fields_has_its_wall() -> None:
    needed = {kind._meta.db_table for kind, _ in models_with(Data.PERSONAL, Data.SEALED)}

    assert needed - {table for (table,) in asked(WALLED)} == set()


def test_walls_that_let_anybody_read_are_those_written_down() -> None:
    assert {table for (table,) in asked(READ_BY_ALL)} == set(OPEN)


def test_guard_of_walls_would_see_a_missing_one() -> None:
    needed = {kind._meta.db_table for kind, _ in models_with(Data.PERSONAL, Data.SEALED)}

    assert {"learners_learner", "events_certificate", "kernel_letter"} <= needed


def test_no_function_runs_with_the_rights_of_its_owner() -> None:
    elevated = asked(
        "SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace "
        "WHERE prosecdef AND n.nspname = 'public'"
    )

    assert elevated == []


# --- Trap 1: the owner sees everything, so requests must not be served as the owner --------


@pytest.mark.slow
@committed
def test_owner_sees_all_rows_and_the_plain_role_none() -> None:
    with transaction.atomic(), scoped(SYSTEM):
        outbox.post("somebody@example.org", "", "")

    count = "SELECT count(*) FROM kernel_letter"
    assert asked(count, using="owner") == [(1,)]
    assert asked(count) == [(0,)]


# --- Trap 2: what is set for a session leaks into the next request -------------------------


@pytest.mark.slow
@committed
def test_scope_ends_with_its_transaction() -> None:
    with transaction.atomic(), scoped(make.actor(keys=frozenset({("room.Thing", 5)}))):
        assert "" not in set_now()

    assert set_now() == [""] * len(SETTINGS)


@pytest.mark.slow
@committed
def test_scope_ends_with_a_transaction_that_failed() -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), scoped(SYSTEM):
        asked("SELECT 1 / 0")

    assert set_now() == [""] * len(SETTINGS)


@pytest.mark.slow
@committed
def test_what_is_set_for_the_session_would_leak() -> None:
    with transaction.atomic(), scoped(SYSTEM):
        outbox.post("somebody@example.org", "", "")
    try:
        asked("SELECT set_config('zveno.means', 'system', false)")

        assert asked("SELECT count(*) FROM kernel_letter") == [(1,)]
    finally:
        asked("SELECT set_config('zveno.means', '', false)")


# --- Trap 3: a view shows what its owner sees ----------------------------------------------

VIEWS = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND (c.relkind = 'm' OR (c.relkind = 'v'
    AND NOT COALESCE(c.reloptions @> ARRAY['security_invoker=true'], false)))
"""


def test_views_show_what_the_reader_may_see() -> None:
    assert asked(VIEWS) == []


@pytest.mark.parametrize(
    "view",
    [
        "CREATE VIEW open_letters AS SELECT * FROM kernel_letter",
        "CREATE MATERIALIZED VIEW open_letters AS SELECT * FROM kernel_letter",
    ],
)
@pytest.mark.django_db(databases=["default", "owner"])
def test_guard_of_views_sees_an_open_one(view: str) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(view)

        assert asked(VIEWS, using="owner") == [("open_letters",)]


# --- Trap 4: a unique value tells that it exists elsewhere ----------------------------------


def unique_together(kind: type[models.Model]) -> Iterator[Sequence[str]]:
    yield from ((field.name,) for field in kind._meta.fields if field.unique)
    for constraint in kind._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield constraint.fields


def telling(kind: type[Record]) -> Iterator[str]:
    """Yield personal values that are unique beyond the organisation that keeps them."""
    for fields in unique_together(kind):
        own = [kind._meta.get_field(name) for name in fields]
        within = {field.name for field in own if field.is_relation}
        for field in own:
            secret = kind.class_of(field.name) in {Data.PERSONAL, Data.SEALED}
            if secret and not field.is_relation and not within:
                yield field.name


def test_no_personal_value_is_unique_beyond_its_organisation() -> None:
    found = {
        (kind._meta.db_table, field)
        for kind in {kind for kind, _ in models_with(Data.PERSONAL, Data.SEALED)}
        if issubclass(kind, Record)
        for field in telling(kind)
    }

    assert found == set(TELLING_NOTHING)


# --- Scopes -----------------------------------------------------------------------------------


@contextmanager
def told(actor: Actor) -> Iterator[None]:
    with transaction.atomic(), scoped(actor):
        yield


def test_scope_inside_a_scope_is_put_back() -> None:
    outer = make.actor(scope=7)
    with told(outer):
        with scoped(make.actor(scope=8)):
            assert asked("SELECT zveno_scope()") == [([8],)]

        assert asked("SELECT zveno_scope(), zveno_person()") == [([7], outer.person)]


def test_actor_without_a_scope_has_an_empty_one() -> None:
    with told(Actor()):
        assert asked("SELECT zveno_scope(), zveno_keys(), zveno_person(), zveno_system()") == [
            ([], [], None, False)
        ]


def test_keys_of_a_link_reach_the_database() -> None:
    with told(make.actor(keys=frozenset({("learners.Learner", 5)}))):
        assert asked("SELECT zveno_keys()") == [(["learners.Learner:5"],)]


def test_only_the_system_reads_the_outbox() -> None:
    outbox.post("somebody@example.org", "", "")

    with told(make.actor()):
        assert Letter.objects.count() == 0
    with told(SYSTEM):
        assert Letter.objects.count() == 1


def test_read_only_scope_refuses_a_write() -> None:
    with (
        pytest.raises(DatabaseError, match="read-only"),
        transaction.atomic(),
        scoped(make.actor(), read_only=True),
    ):
        outbox.post("somebody@example.org", "", "")


def test_a_question_of_somebody_is_broken_off_and_one_of_zveno_itself_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(walls, "LONGEST", "20ms")

    with (
        pytest.raises(OperationalError, match="statement timeout"),
        told(make.actor()),
        transaction.atomic(),
    ):
        asked("SELECT pg_sleep(30)")

    with told(SYSTEM):
        assert asked("SHOW statement_timeout") == [("0",)]
