"""``make run``: all of Zveno under one process, nothing of it left behind."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import psutil
import psycopg
import pytest

from tests.killing import kill_all, runs, survivors
from tests.live import free_port
from zveno.localdb import temporary

pytestmark = [pytest.mark.slow, pytest.mark.crash]
COMMAND = [sys.executable, "-m", "zveno"]


@pytest.fixture(scope="module")
def house() -> Iterator[dict[str, str]]:
    """Give an environment in which Zveno keeps its files in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="zveno-") as var:
        Path(var).chmod(0o711)
        known = {key: os.environ[key] for key in os.environ if not key.startswith("ZVENO")}
        known.pop("DATABASE_URL", None)
        source = str(Path(__file__).resolve().parents[1] / "src")
        yield known | {"ZVENO_VAR": var, "PORT": str(free_port()), "PYTHONPATH": source}


@dataclass
class Run:
    """A running Zveno, the processes it started, and what it has said."""

    keeper: psutil.Popen
    parts: list[psutil.Process]
    output: TextIO

    def said(self) -> str:
        """Read all it has said."""
        self.output.seek(0)
        return self.output.read()


@contextmanager
def running(house: Mapping[str, str]) -> Iterator[Run]:
    """Run Zveno until the end of the block, however that ends."""
    with tempfile.TemporaryFile("w+") as output:
        keeper = psutil.Popen([*COMMAND, "run"], env=house, stdout=output, stderr=output)
        run = Run(keeper, [], output)
        try:
            while "Zveno runs" not in run.said():
                assert keeper.poll() is None, run.said()
                time.sleep(0.1)
            run.parts = keeper.children(recursive=True)
            yield run
        finally:
            kill_all([keeper, *run.parts])
            keeper.wait()


def test_it_answers_and_an_interrupt_stops_every_part(house: dict[str, str]) -> None:
    with running(house) as zveno:
        zveno.keeper.send_signal(signal.SIGINT)

        assert zveno.keeper.wait(60) == 0
        alive = survivors(zveno.parts, seconds=60)
    assert (len(zveno.parts) >= 4, alive) == (True, [])


def test_a_second_one_is_told_where_the_first_one_is(house: dict[str, str]) -> None:
    with running(house):
        second = _zveno("run", house | {"PORT": "1"})

    assert second.returncode == 1
    assert f"already runs at http://127.0.0.1:{house['PORT']}/" in second.stderr


def test_a_command_beside_it_uses_its_database(house: dict[str, str]) -> None:
    with running(house):
        said = _zveno("manage", house, "migrate", "--check", "--database=owner")

    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.parametrize("part", ["zveno worker", "granian", "postgres -D"])
def test_a_killed_part_takes_the_others_along(house: dict[str, str], part: str) -> None:
    with running(house) as zveno:
        victim = next(each for each in zveno.parts if runs(each, part))
        victim.kill()

        assert zveno.keeper.wait(60) == 1
        alive = survivors(zveno.parts, seconds=60)
        assert re.search(r"The .* was killed by signal 9, so everything stops", zveno.said())
    assert alive == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of a death")
def test_nothing_outlives_a_killed_keeper_and_the_next_start_is_clean(
    house: dict[str, str],
) -> None:
    with running(house) as zveno:
        zveno.keeper.kill()
        alive = survivors(zveno.parts, seconds=60)

    assert alive == []
    with running(house):
        pass


def test_the_key_is_made_once_and_for_its_account_only(house: dict[str, str]) -> None:
    secret = Path(house["ZVENO_VAR"]) / "secret"

    keys = []
    for _ in range(2):
        assert _zveno("manage", house, "check").returncode == 0
        keys.append(secret.read_text())

    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert keys[0] == keys[1]


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_a_port_that_is_none_is_refused(house: dict[str, str], port: str) -> None:
    assert f"PORT={port} is no port" in _zveno("run", house | {"PORT": port}).stderr


def test_a_taken_port_is_named_with_a_way_out(house: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        said = _zveno("run", house | {"PORT": port})

    assert f"Port {port} cannot be used" in said.stderr
    assert "make run PORT=" in said.stderr


def test_a_given_database_must_not_be_used_by_who_passes_its_walls(house: dict[str, str]) -> None:
    with temporary() as server:
        said = _zveno("manage", house | {"DATABASE_URL": server.owner_url}, "check")

    assert said.returncode == 1
    assert "zveno_owner of DATABASE_URL is a superuser or has BYPASSRLS" in said.stderr


def test_a_given_database_is_used_by_the_two_roles(house: dict[str, str]) -> None:
    with temporary() as server:
        urls = {"DATABASE_URL": server.app_url, "ZVENO_OWNER_DATABASE_URL": server.owner_url}
        said = _zveno("migrate", house | urls | {"ZVENO_ENV": "development"})
        with psycopg.connect(server.owner_url) as connection:
            owners = connection.execute(
                "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()

    assert said.returncode == 0, said.stderr
    assert owners == [("zveno_owner",)]


def _zveno(command: str, house: Mapping[str, str], *rest: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, command, *rest], env=house, check=False, capture_output=True, text=True
    )
