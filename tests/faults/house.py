"""A whole Zveno that can be hurt: database, web server and worker, each started as users do."""

import os
import random
import signal
import subprocess
import time
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from typing import Self
from urllib.parse import quote

import psutil

from tests.faults.clockwork import Clockwork
from tests.faults.mail import MailServer
from tests.faults.place import Ballast
from tests.faults.wire import Wire
from tests.killing import kill_all
from tests.live import ROOT, Visitor, free_port
from zveno import localdb
from zveno.config import console_run
from zveno.localdb.children import end, spawn
from zveno.localdb.roles import connect

SERVES, HALF = 200, 0.5
PATIENCE = 180.0
"""Nothing takes so long, but on a machine that has much else to do."""


class House:
    """Its database stands on a disk of its own, its programs reach it over a ``wire``.

    Database, web server and worker are started by the product's own code; this class stands
    where the system's service manager would: it starts again what has ended.
    """

    def __init__(self, folder: Path, disk: Path, *, has_clock: bool) -> None:
        self.folder, self.disk = folder, disk
        self.ballast = Ballast(self.disk)
        self.clock = Clockwork(folder, is_set=has_clock)
        self.mail = MailServer()
        self.database = localdb.start(disk / "postgres")
        sockets = (disk / "postgres" / "sockets").resolve()
        (folder / "wire").mkdir()
        self.wire = Wire(folder / "wire", sockets)
        self.port = free_port()
        self.restarts = 0
        self.log = (folder / "log").open("ab")
        self.variables = self._variables()
        self.parts: dict[str, subprocess.Popen[bytes]] = {}

    def _variables(self) -> dict[str, str]:
        app = self.database.app_url.partition("?")[0]
        wire = quote(str(self.folder / "wire"), safe="")
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("ZVENO", "DJANGO"))}
        return clean | {
            "ZVENO_ENV": "test",
            "ZVENO_VAR": str(self.folder),
            "ZVENO_API_RATE": "0",
            "ZVENO_SECRET_KEY": "the secret of the house",
            "PORT": str(self.port),
            "DATABASE_URL": f"{app}?host={wire}&port=5432",
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "FAULTS_MAIL": str(self.mail.port),
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def use_here(self) -> None:
        """Let this process use the database, past the wire."""
        here, owner = self.database.app_url, self.database.owner_url
        os.environ |= self.variables | {"DATABASE_URL": here, "ZVENO_OWNER_DATABASE_URL": owner}

    def start(self) -> None:
        """Start what does not run and wait until pages are served."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self._start_what_ended()
            with suppress(OSError, HTTPException):
                if Visitor(self.port).get("/ready").status == SERVES:
                    return
            time.sleep(0.02)
        raise TimeoutError("the house does not serve again")

    def _start_what_ended(self) -> None:
        if self.database.process.poll() is not None:
            self.database.stop()
            self.database = localdb.start(self.disk / "postgres")
        for name, command in console_run._services(self.port).items():
            part = self.parts.get(name)
            if part and part.poll() is None:
                continue
            if part:
                end(part)
                self.restarts += 1
            self.parts[name] = spawn(
                command,
                env=self.variables | self.clock.variables,
                cwd=ROOT,
                stdout=self.log,
                stderr=self.log,
            )

    def kill(self, victim: str, chance: random.Random) -> None:
        """Kill a part without a warning: web server, worker, postmaster, or one of its backends.

        Of the web server sometimes only the process that answers: the other must see that.
        """
        if victim in self.parts:
            part = psutil.Process(self.parts[victim].pid)
            children = part.children(recursive=True)
            answering = victim == "web server" and chance.random() < HALF
            kill_all(children if answering else [part, *children])
            self.parts[victim].wait(PATIENCE)
        elif victim == "postmaster":
            self.database.process.kill()
            self.database.process.wait()
        else:
            backends = psutil.Process(self.database.pid).children()
            kill_all([chance.choice([each for each in backends if "zveno_app" in _title(each)])])

    def ask(self, question: str) -> None:
        """Let the database's superuser do something."""
        with connect(str(self.wire.to.parent), "zveno") as connection:
            connection.execute(question)

    def said(self) -> str:
        """Return the end of what web server and worker said."""
        return (self.folder / "log").read_text(errors="replace")[-8000:]

    def stop(self) -> list[int]:
        """Stop every part as the system does; return how each ended. Twice is once."""
        for part in self.parts.values():
            end(part, signal.SIGTERM, patience=PATIENCE)
        codes = [part.returncode for part in self.parts.values()]
        self.database.stop()
        self.wire.close()
        return [*codes, self.database.process.returncode]


def _title(process: psutil.Process) -> str:
    with suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""
