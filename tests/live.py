"""A whole Zveno as its users run it, for trials: started, visited over HTTP, killed."""

import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import psutil
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

if TYPE_CHECKING:
    from zveno.people.models import Account

ROOT = Path(__file__).resolve().parents[1]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def free_port() -> int:
    """Return a port nobody uses now, below those the system gives away by itself."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@dataclass
class Answer:
    """What the server said."""

    status: int
    text: str
    location: str


@dataclass
class Visitor:
    """A browser without a screen: keeps cookies and the form's token, one connection open."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self.ask("GET", path, None, {})

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form; the token is what the cookie holds."""
        token = self.cookies.setdefault(settings.CSRF_COOKIE_NAME, "a" * 32)
        body = urlencode({"csrfmiddlewaretoken": token} | fields)
        return self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, path: str, name: str, data: bytes) -> Answer:
        """Send a form with one PDF file in the field ``name``."""
        token = self.cookies.setdefault(settings.CSRF_COOKIE_NAME, "a" * 32)
        edge = "zveno-edge"
        part = f'--{edge}\r\nContent-Disposition: form-data; name="{{}}"{{}}\r\n{{}}\r\n'
        head = part.format("csrfmiddlewaretoken", "", "") + token + "\r\n"
        head += part.format(name, '; filename="scan.pdf"', "Content-Type: application/pdf\r\n")
        body = head.encode() + data + f"\r\n--{edge}--\r\n".encode()
        return self.ask(
            "POST", path, body, {"Content-Type": f"multipart/form-data; boundary={edge}"}
        )

    def ask(
        self, method: str, path: str, body: str | bytes | None, headers: dict[str, str]
    ) -> Answer:
        """Send a request as it is."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookie = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
        try:
            self.connection.request(method, path, body, headers | {"Cookie": cookie})
            answer = self.connection.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            raise
        for header in answer.headers.get_all("Set-Cookie") or []:
            key, _, value = header.partition(";")[0].partition("=")
            self.cookies[key] = value
        return Answer(answer.status, text, answer.headers.get("Location", ""))


def signed_in(account: "Account", port: int) -> Visitor:
    """Make a visitor who has signed in, without hashing a password a thousand times."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return Visitor(port, {settings.SESSION_COOKIE_NAME: session.session_key})


@contextmanager
def web_server(factory: str = "django.core.wsgi:get_wsgi_application") -> Iterator[int]:
    """Serve the current database as ``make run`` does; yield the port."""
    port = free_port()
    command = [sys.executable, "-m", "granian", factory, "--factory", "--interface=wsgi"]
    command += ["--host=127.0.0.1", f"--port={port}", "--workers=2", "--blocking-threads=8"]
    command += ["--http=1", "--no-ws", "--log-level=error"]
    process = subprocess.Popen(command, env=environment(), cwd=ROOT, start_new_session=True)
    try:
        wait_for(port)
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def environment() -> dict[str, str]:
    """Return an environment in which children use the database this process uses."""
    urls = {}
    for name, alias in (("DATABASE_URL", "default"), ("ZVENO_OWNER_DATABASE_URL", "owner")):
        chosen = settings.DATABASES[alias]
        options = {"host": chosen["HOST"], "port": str(chosen["PORT"] or "")}
        query = urlencode({key: value for key, value in options.items() if value})
        urls[name] = f"postgresql://{chosen['USER']}@/{chosen['NAME']}?{query}"
    return (
        os.environ
        | urls
        | {
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "DJANGO_SETTINGS_MODULE": "zveno.config.settings",
        }
    )


def without_database() -> dict[str, str]:
    """Return an environment that names no database and finds our sources."""
    clean = {key: value for key, value in os.environ.items() if "DATABASE_URL" not in key}
    return clean | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}


def wait_for(port: int, seconds: float = 60) -> None:
    """Wait until a server answers at ``port``. Raises ``TimeoutError``."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            Visitor(port).get("/sign-in/")
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nobody answers at port {port}")


@dataclass
class Site:
    """A running ``zveno run``: its process, its port, its folder."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path

    def cpu(self) -> float:
        """Return the CPU seconds everything has used so far, ended children included."""
        total = 0.0
        top = psutil.Process(self.process.pid)
        for each in [top, *top.children(recursive=True)]:
            times = each.cpu_times()
            total += float(sum(times[:4]))
        return total

    def memory(self) -> float:
        """Return the megabytes everything holds, shared pages counted once (PSS)."""
        top, megabytes = psutil.Process(self.process.pid), 0.0
        for each in [top, *top.children(recursive=True)]:
            # A connection to the database that has just been closed holds nothing.
            with suppress(psutil.NoSuchProcess):
                megabytes += each.memory_full_info().pss / 2**20
        return megabytes

    def stop(self) -> int:
        """Stop it as Ctrl C does; return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


def start(folder: Path, output: int | None = None, **variables: str) -> Site:
    """Start a whole Zveno with its database in ``folder`` and wait until it answers.

    It talks into the file with the number ``output``, or where we do.
    """
    port = free_port()
    given = without_database() | {"ZVENO_VAR": str(folder), "PORT": str(port)} | variables
    command = [sys.executable, "-m", "zveno", "run"]
    process = subprocess.Popen(command, env=given, cwd=ROOT, stdout=output, stderr=output)
    site = Site(process, port, folder)
    try:
        wait_for(port, 120)
    except TimeoutError:
        site.stop()
        raise
    return site
