import os
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import psutil
import psycopg
import pytest

from tests.killing import kill_all, survivors
from tests.localdb.tools import SYSTEM_15, WITHOUT_15, ask, sockets_of
from zveno.localdb import Server, start

pytestmark = [pytest.mark.slow, pytest.mark.crash]


# The programs of the wheel are killed with all of Zveno above them, in tests/faults.
@WITHOUT_15
def test_killed_while_committing_it_loses_nothing_it_acknowledged(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZVENO_POSTGRES_BIN", str(SYSTEM_15))
    with start(place / "postgres") as server:
        acknowledged = _write_until_killed(server)

    with start(place / "postgres") as server:
        (kept,) = ask(server.owner_url, "SELECT array_agg(number ORDER BY number) FROM rows")
    assert isinstance(kept, list)
    assert kept[:acknowledged] == list(range(acknowledged))


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


def test_a_stopped_postmaster_leaves_no_process(place: Path) -> None:
    with start(place / "postgres") as server:
        connection = psycopg.connect(server.app_url)
        processes = [psutil.Process(server.pid), psutil.Process(connection.info.backend_pid)]

    connection.close()
    assert survivors(processes, seconds=5) == []


def _write_until_killed(server: Server) -> int:
    """Insert numbers while every process of the server is killed; count those it took."""
    done, halfway = 0, Event()
    with psycopg.connect(server.owner_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE rows (number int)")
        family = [psutil.Process(server.pid), *psutil.Process(server.pid).children()]
        killer = Thread(target=_kill, args=(family, halfway))
        killer.start()
        try:
            while True:
                connection.execute("INSERT INTO rows VALUES (%s)", [done])
                done += 1
                if done == 100:
                    halfway.set()
        except psycopg.OperationalError:
            assert halfway.is_set(), "it ended by itself"
        finally:
            halfway.set()
            killer.join()
    return done


def _kill(processes: list[psutil.Process], when: Event) -> None:
    when.wait()
    kill_all(processes)
