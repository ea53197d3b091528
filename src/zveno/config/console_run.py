"""A whole Zveno under one process: database, web server, worker; all of it or nothing."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress

from zveno.config.console_database import (
    VAR,
    ConsoleError,
    set_defaults,
    start_own,
    use,
    use_given_database,
)
from zveno.localdb.children import end, spawn

_HOST = "127.0.0.1"
_BIND = os.environ.get("ZVENO_BIND", _HOST)
_THREADS = 8
_START_SECONDS, _PORT_SECONDS = 60.0, 6.0
_Children = Mapping[str, subprocess.Popen[bytes]]
# Should the keeper be killed, the database ends at once; a worker asked to end in its own time
# would wait for it for minutes. What it had begun is done again at the next start.
_FAREWELLS = {"worker": signal.SIGKILL}


def run() -> int:
    """Run the database, the web server and the worker until told to stop; return the exit code.

    Raises ``ConsoleError`` if the port is taken or a part does not start.
    """
    port = _port()
    address = f"http://{_HOST}:{port}/"
    with _stoppable(), ExitStack() as stack:
        children: dict[str, subprocess.Popen[bytes]] = {}
        if not use_given_database():
            server = stack.enter_context(start_own())
            server.announce(address)
            use(server)
            children["database"] = server.process
        set_defaults()
        _make_room_for_figures()
        _refuse_taken(port)
        _prepare(children)
        set_defaults()
        for name, command in _services(port).items():
            farewell = _FAREWELLS.get(name, signal.SIGTERM)
            children[name] = stack.enter_context(_child(command, farewell))
        _await_answer(port, children)
        _say(f"Zveno runs at {address} (Ctrl C stops it)")
        _watch(children)
    return 0


def _services(port: int) -> dict[str, list[str]]:
    web = ["granian", "django.core.wsgi:get_wsgi_application", "--factory", "--interface=wsgi"]
    web += [f"--host={_BIND}", f"--port={port}", "--workers=1", "--workers-kill-timeout=5"]
    web += [f"--blocking-threads={_THREADS}", "--http=1", "--no-ws", "--log-level=error"]
    return {
        "web server": [sys.executable, "-m", *web],
        "worker": [sys.executable, "-m", "zveno", "worker"],
    }


def _make_room_for_figures() -> None:
    """Give the processes an empty folder to count into; what those of before counted is past."""
    if os.environ.get("ZVENO_METRICS"):
        folder = VAR / "metrics"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)


def _prepare(children: _Children) -> None:
    """Bring tables and catalogues up to date in a child: what it loads is not needed later."""
    with _child([sys.executable, "-m", "zveno", "prepare"]) as child:
        while child.poll() is None:
            _refuse_ended(children)
            time.sleep(0.1)
    if child.returncode:
        raise ConsoleError("Zveno does not start: see what is said above.")


@contextmanager
def _child(
    command: list[str], farewell: signal.Signals = signal.SIGTERM
) -> Iterator[subprocess.Popen[bytes]]:
    process = spawn(command, farewell=farewell)
    try:
        yield process
    finally:
        end(process)


@contextmanager
def _stoppable() -> Iterator[None]:
    """Leave the block at the first Ctrl C, SIGTERM or hang-up; the way out is not disturbed."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(_number: int, _frame: object) -> None:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        _say("\nStopping.")
        raise _Stop

    for each in signals:
        signal.signal(each, stop)
    with suppress(_Stop):
        yield


class _Stop(BaseException):
    """Somebody asked us to stop; not an error, and nobody else's to catch."""


def _await_answer(port: int, children: _Children) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        _refuse_ended(children)
        connection = http.client.HTTPConnection(_HOST, port, timeout=10)
        with suppress(OSError, http.client.HTTPException):
            connection.request("HEAD", "/")
            connection.getresponse()
            return
        time.sleep(0.1)
    raise ConsoleError(f"The web server did not answer within {_START_SECONDS:.0f} seconds.")


def _watch(children: _Children) -> None:
    while True:
        _refuse_ended(children)
        time.sleep(0.3)


def _refuse_ended(children: _Children) -> None:
    for name, process in children.items():
        if (code := process.poll()) is not None:
            how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
            raise ConsoleError(f"The {name} {how}, so everything stops. Start again with make run.")


def _port() -> int:
    text = os.environ.setdefault("PORT", "8000")
    if text.isdecimal() and 0 < int(text) < 1 << 16:
        return int(text)
    raise ConsoleError(f"PORT={text} is no port: give a number from 1 to 65535.")


def _refuse_taken(port: int) -> None:
    """Wait a moment for the port: a web server whose keeper was killed takes that long to end."""
    deadline = time.monotonic() + _PORT_SECONDS
    while error := _bind_error(port):
        if time.monotonic() > deadline:
            raise ConsoleError(
                f"Port {port} cannot be used ({error}). "
                "Choose another, for example: make run PORT=8010"
            )
        time.sleep(0.2)


def _bind_error(port: int) -> str:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_BIND, port))
        except OSError as error:
            return error.strerror or str(error)
    return ""


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
