import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.localdb.tools import PROGRAMS, ask, log_of, sockets_of
from zveno.localdb import Server, start

pytestmark = pytest.mark.slow
CHILD = {"name": "Канарейкина"}


@pytest.fixture(scope="module", params=PROGRAMS)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """Start one server for the tests that only ask."""
    with (
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryDirectory(prefix="zveno-") as name,
    ):
        Path(name).chmod(0o711)
        patch.setenv("ZVENO_POSTGRES_BIN", request.param)
        with start(Path(name) / "postgres") as server:
            yield server


def test_neither_role_is_above_the_walls_and_only_the_owner_passes_them(server: Server) -> None:
    question = (
        "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles"
        " WHERE rolname = current_user"
    )

    assert ask(server.owner_url, question) == (False, True, True, False)
    assert ask(server.app_url, question) == (False, False, False, False)


def test_the_plain_role_owns_nothing_and_can_make_no_table(server: Server) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(server.app_url, "CREATE TABLE mine (id int)")


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "data_checksums"])
def test_what_keeps_data_safe_is_on(server: Server, setting: str) -> None:
    assert ask(server.owner_url, f"SHOW {setting}") == ("on",)


def test_nobody_else_on_this_machine_can_knock(server: Server) -> None:
    assert ask(server.owner_url, "SHOW listen_addresses") == ("",)
    assert stat.S_IMODE(sockets_of(server).stat().st_mode) == 0o700


def test_russian_letters_know_their_case(server: Server) -> None:
    assert ask(server.app_url, "SELECT lower('ЁЛКА'), 'Станки' ILIKE 'станки'") == ("ёлка", True)


def test_russian_words_have_trigrams(server: Server) -> None:
    (likeness,) = ask(server.app_url, "SELECT similarity('робототехника', 'Робототехнка')")

    assert likeness == pytest.approx(0.7, abs=0.1)


def test_russian_search_folds_case(server: Server) -> None:
    question = "SELECT to_tsvector('russian', 'Станки') @@ to_tsquery('russian', 'станки')"

    assert ask(server.app_url, question) == (True,)


def test_a_test_database_has_what_the_real_one_has(server: Server) -> None:
    with psycopg.connect(server.owner_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE test_of_owner")
    url = server.owner_url.replace("/zveno?", "/test_of_owner?")

    found = ask(url, "SELECT array_agg(extname::text ORDER BY extname) FROM pg_extension")

    assert found == (["btree_gist", "pg_trgm", "plpgsql"],)


def test_what_was_refused_is_not_written_into_the_log(server: Server) -> None:
    with psycopg.connect(server.owner_url, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute("CREATE TEMP TABLE child (name text UNIQUE)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO child VALUES (%(name)s), (%(name)s)", CHILD)

    said = log_of(server).read_text(errors="replace")

    assert "duplicate key" in said
    assert CHILD["name"] not in said
