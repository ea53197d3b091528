"""The database of our own: what it promises, and that it comes back after anything."""

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import psutil
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from zveno.localdb import AlreadyRunning, LocalDatabaseError, Server, start

pytestmark = pytest.mark.slow
SYSTEM_15 = Path("/usr/lib/postgresql/15/bin")
WITHOUT_15 = pytest.mark.skipif(not SYSTEM_15.exists(), reason="no PostgreSQL 15 on this system")
PROGRAMS = [pytest.param("", id="wheel"), pytest.param(str(SYSTEM_15), id="15", marks=WITHOUT_15)]


@pytest.fixture(autouse=True)
def any_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set what leads psql elsewhere: it must not lead us."""
    monkeypatch.delenv("ZVENO_POSTGRES_BIN", raising=False)
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("PGDATABASE", "nowhere")


@pytest.fixture
def place() -> Iterator[Path]:
    """Give a folder that the account of the server can reach."""
    with tempfile.TemporaryDirectory(prefix="zveno-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        yield Path(name)


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


def ask(url: str, question: str) -> tuple[object, ...]:
    with psycopg.connect(url, autocommit=True) as connection:
        answer = connection.execute(question).fetchone()
    assert answer is not None
    return answer


def sockets_of(server: Server) -> Path:
    return Path(str(conninfo_to_dict(server.app_url)["host"]))


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


@pytest.mark.parametrize("programs", PROGRAMS)
def test_a_second_start_finds_the_same_rows(
    place: Path, programs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZVENO_POSTGRES_BIN", programs)
    with start(place / "postgres") as server, psycopg.connect(server.owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")

    with start(place / "postgres") as server:
        assert ask(server.owner_url, "SELECT number FROM kept") == (7,)


def test_a_second_start_at_the_same_time_is_told_where_the_first_one_is(place: Path) -> None:
    with start(place / "postgres") as server:
        server.announce("http://127.0.0.1:8123/")

        with pytest.raises(AlreadyRunning, match=r"at http://127\.0\.0\.1:8123/") as refusal:
            start(place / "postgres")

    assert refusal.value.details["owner_url"] == server.owner_url


def test_data_of_another_major_version_is_refused_and_left_alone(place: Path) -> None:
    data = place / "postgres" / "data"
    start(place / "postgres").stop()
    (data / "PG_VERSION").write_text("14\n")

    with pytest.raises(
        LocalDatabaseError, match=r"written by PostgreSQL 14(.|\n)*ZVENO_POSTGRES_BIN"
    ):
        start(place / "postgres")

    assert (data / "PG_VERSION").read_text() == "14\n"


def test_programs_that_are_not_there_are_refused(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZVENO_POSTGRES_BIN", str(place / "nothing"))

    with pytest.raises(LocalDatabaseError, match="Found no PostgreSQL 15 or newer"):
        start(place / "postgres")


def test_an_initdb_cut_short_is_begun_anew(place: Path) -> None:
    half_made = place / "postgres" / "data.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")

    with start(place / "postgres") as server:
        assert ask(server.owner_url, "SELECT 1") == (1,)


def test_a_long_path_gets_a_short_private_folder_for_the_socket(place: Path) -> None:
    deep = place / ("глубоко" * 6) / ("ещё-глубже" * 5)

    with start(deep / "postgres") as server:
        sockets = sockets_of(server)
        assert ask(server.app_url, "SELECT 1") == (1,)
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        assert not sockets.is_relative_to(place)
    sockets.rmdir()


@pytest.mark.crash
@pytest.mark.parametrize("programs", PROGRAMS)
def test_killed_while_committing_it_loses_nothing_it_acknowledged(
    place: Path, programs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZVENO_POSTGRES_BIN", programs)
    with start(place / "postgres") as server:
        acknowledged = _write_until_killed(server)

    with start(place / "postgres") as server:
        (kept,) = ask(server.owner_url, "SELECT array_agg(number ORDER BY number) FROM rows")
    assert isinstance(kept, list)
    assert kept[:acknowledged] == list(range(acknowledged))


@pytest.mark.crash
def test_a_process_number_that_now_belongs_to_another_program_does_not_stop_the_start(
    place: Path,
) -> None:
    with start(place / "postgres") as server:
        data, sockets = place / "postgres" / "data", sockets_of(server)
        records = [data / "postmaster.pid", sockets / ".s.PGSQL.5432.lock"]
        left = [record.read_text() for record in records]
        account = data.stat().st_uid
    with subprocess.Popen(["sleep", "60"], user=account if os.geteuid() == 0 else None) as other:
        for record, text in zip(records, left, strict=True):
            record.write_text(text.replace(str(server.pid), str(other.pid), 1))

        with start(place / "postgres") as server:
            assert ask(server.app_url, "SELECT 1") == (1,)
        other.kill()


@pytest.mark.crash
def test_a_server_whose_keeper_is_killed_does_not_stand_in_the_way(place: Path) -> None:
    code = (
        "import sys, time, pathlib, zveno.localdb as db;"
        "server = db.start(pathlib.Path(sys.argv[1]));"
        "print(server.pid, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(place / "postgres")]
    known = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=known) as keeper:
        assert keeper.stdout
        orphan = int(keeper.stdout.readline())
        keeper.kill()

    with start(place / "postgres") as server:
        assert server.pid != orphan
        assert ask(server.app_url, "SELECT 1") == (1,)


@pytest.mark.crash
def test_a_stopped_postmaster_leaves_no_process(place: Path) -> None:
    with start(place / "postgres") as server:
        backend = psycopg.connect(server.app_url).info.backend_pid

    assert not psutil.pid_exists(server.pid)
    assert not psutil.pid_exists(backend)


def _write_until_killed(server: Server) -> int:
    """Insert numbers while every process of the server is killed; count those it took."""
    done, halfway = 0, Event()
    with psycopg.connect(server.owner_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE rows (number int)")
        family = [psutil.Process(server.pid), *psutil.Process(server.pid).children()]
        killer = Thread(target=_kill, args=(family, halfway))
        killer.start()
        with suppress(psycopg.OperationalError):
            while True:
                connection.execute("INSERT INTO rows VALUES (%s)", [done])
                done += 1
                if done == 100:
                    halfway.set()
        killer.join()
    return done


def _kill(processes: list[psutil.Process], when: Event) -> None:
    when.wait()
    for process in processes:
        process.kill()
