"""Start and stop the server of one database folder."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from zveno.localdb.account import Account, account_for
from zveno.localdb.binaries import Binaries, find_binaries
from zveno.localdb.children import end, spawn
from zveno.localdb.cluster import ensure_data
from zveno.localdb.errors import LocalDatabaseError
from zveno.localdb.lock import Lock
from zveno.localdb.places import Places, base_for, sockets_for
from zveno.localdb.roles import APP, OWNER, address, connect, ensure_roles

_RECOVERY_SECONDS, _STOP_SECONDS = 120.0, 30.0
_IN_USE = "pre-existing shared memory block"
_FAST, _IMMEDIATE = signal.SIGINT, signal.SIGQUIT
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": "5432",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "maintenance_work_mem": "32MB",
    "max_wal_size": "256MB",
    "max_parallel_workers_per_gather": "0",
    "autovacuum_max_workers": "1",
    "jit": "off",
    # A refused row and the statement that brought it hold names: neither belongs into a log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
_IO_METHODS_SINCE = 18
_NO_IO_WORKERS = {"io_method": "sync"}


@dataclass
class Server:
    """A running server; a context manager that stops it.

    ``app_url`` signs in as the plain role, ``owner_url`` as the role of migrations and tests.
    """

    app_url: str
    owner_url: str
    process: subprocess.Popen[bytes]
    lock: Lock

    @property
    def pid(self) -> int:
        """The number of the server's first process."""
        return self.process.pid

    def announce(self, address: str) -> None:
        """Tell whoever finds this database in use at which ``address`` it is served."""
        self.lock.tell(address=address)

    def stop(self) -> None:
        """Stop the server, its sessions first; a second call does nothing."""
        end(self.process, _FAST, _IMMEDIATE, patience=_STOP_SECONDS)
        self.lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def start(directory: Path) -> Server:
    """Start the server of ``directory``, making what is missing and mending what a crash left.

    Raises ``AlreadyRunning`` if another process holds it, ``LocalDatabaseError`` otherwise.
    """
    try:
        return _start(directory)
    except PermissionError as error:
        raise LocalDatabaseError(
            f"{error.filename or directory} belongs to another account. "
            "Start Zveno as the account that made it, or move that folder away."
        ) from error


@contextmanager
def temporary() -> Iterator[Server]:
    """Run a server whose data lives in a new folder and is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="zveno-") as place:
        Path(place).chmod(0o711)
        directory = Path(place) / "postgres"
        with start(directory) as server:
            yield server
        shutil.rmtree(directory.resolve())


def _start(directory: Path) -> Server:
    account = account_for(directory / "data")
    base = base_for(directory, account)
    with ExitStack() as undo:
        lock = Lock.acquire(base / "lock")
        undo.callback(lock.release)
        places = Places(base, sockets_for(base, account))
        binaries = find_binaries(account)
        ensure_data(places.data, binaries, account)
        _clear_after_crash(places)
        process = _launch(places, binaries, account)
        undo.callback(end, process, _FAST, _IMMEDIATE)
        sockets = str(places.sockets)
        ensure_roles(sockets)
        server = Server(address(sockets, APP), address(sockets, OWNER), process, lock)
        lock.tell(app_url=server.app_url, owner_url=server.owner_url)
        undo.pop_all()
    return server


def _launch(places: Places, binaries: Binaries, account: Account) -> subprocess.Popen[bytes]:
    """Run the server; the last processes of a killed one may take a moment to end."""
    deadline = time.monotonic() + _STOP_SECONDS
    while True:
        process = _spawn(places, binaries, account)
        with ExitStack() as undo:
            undo.callback(end, process, _FAST, _IMMEDIATE)
            if _accepts(process, places):
                undo.pop_all()
                return process
        said = places.log.read_text(errors="replace")
        if _IN_USE not in said or time.monotonic() > deadline:
            raise LocalDatabaseError(
                f"PostgreSQL did not start; {places.log} says:\n{said[-2000:]}"
            )
        time.sleep(0.2)


def _spawn(places: Places, binaries: Binaries, account: Account) -> subprocess.Popen[bytes]:
    settings = _SETTINGS | (_NO_IO_WORKERS if binaries.major >= _IO_METHODS_SINCE else {})
    settings |= {"unix_socket_directories": f'"{places.sockets}"'}
    options = [f"--{name}={value}" for name, value in settings.items()]
    with suppress(FileNotFoundError):
        places.log.replace(places.log.with_suffix(".old"))
    with places.log.open("wb") as log:
        return spawn(
            [binaries["postgres"], "-D", str(places.data), *options],
            farewell=_FAST,
            stdout=log,
            stderr=log,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C"},
            **account.child,
        )


def _accepts(process: subprocess.Popen[bytes], places: Places) -> bool:
    """Wait until the server takes connections; after a crash it first replays its journal."""
    deadline = time.monotonic() + _RECOVERY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(psycopg.OperationalError):
            connect(str(places.sockets)).close()
            return True
        time.sleep(0.05)
    return False


def _clear_after_crash(places: Places) -> None:
    """Stop a server that outlived its keeper; remove what a killed one left.

    We hold the lock, so whatever is there is nobody's. PostgreSQL itself refuses to start while
    a process of the killed server still lives (it looks at the shared memory of the folder);
    the recorded process number alone would mislead it once another program has that number.
    """
    record = places.data / "postmaster.pid"
    if record.exists() and _listens(places.socket):
        _stop_orphan(record)
    for leftover in (record, places.socket, places.socket.with_name(places.socket.name + ".lock")):
        leftover.unlink(missing_ok=True)


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client, suppress(OSError):
        client.connect(str(path))
        return True
    return False


def _stop_orphan(record: Path) -> None:
    """Stop the server that ``record`` names; it may be about to end by itself."""
    try:
        pid = int(record.read_text().splitlines()[0])
    except FileNotFoundError:
        return
    for each in (_FAST, _IMMEDIATE):
        with suppress(ProcessLookupError):
            os.kill(pid, each)
        deadline = time.monotonic() + _STOP_SECONDS
        while time.monotonic() < deadline:
            if not record.exists():
                return
            time.sleep(0.05)
    raise LocalDatabaseError(f"An earlier server (process {pid}) does not stop. Stop it by hand.")
