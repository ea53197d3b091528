"""What whole tables of organisations and their register cost, in a running Zveno."""

import base64
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from django.conf import settings

from bench import dirt, flows
from bench.sizes import Figure
from tests.live import Site, Visitor, signed_in
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.organisations.models import Import, Organisation
from zveno.organisations.tests import make
from zveno.people.models import Account, Post
from zveno.people.tests import make as people

FEW, MANY, ROWS, PAGES, WAIT = 1_000, 20_000, 10_000, 200, 120
BUSY = (Import.State.READING, Import.State.ENTERING)
EDGE = "zveno-edge"
Spent = Callable[[Callable[[], None]], float]


def measure(site: Site) -> Iterator[Figure]:
    """Yield the figures of importing and of the page of the register."""
    port, meter = site.port, flows.Meter(site, flows._idle(site))
    with reading(SYSTEM):
        owner = make.college(name="Колледж для замеров (пример)")
        account = people.account(owner, Post.Role.COORDINATOR)
    clean = dirt.workbook(dirt.clean(n) for n in range(1, ROWS + 1))
    seconds = _imported(signed_in(account, port), owner, clean)
    yield "import.organisations_10000.seconds", seconds, 20
    dirty = dirt.workbook(dirt.dirty(n) for n in range(ROWS + 1, 2 * ROWS + 1))
    seconds = _imported(signed_in(account, port), owner, dirty)
    yield "import.dirty_10000.seconds", seconds, 20
    yield "import.dirty_10000.memory_mb", _memory(dirty), 400
    yield from _register(account, port, meter.spent)


def _imported(visitor: Visitor, owner: Organisation, book: bytes) -> float:
    """Return the seconds from sending a table to the last of its good rows being entered."""
    begun = time.monotonic()
    _send(visitor, owner, book)
    key = _through()
    visitor.connection = None  # the server has closed it while nothing was asked
    visitor.post(f"/organisations/imports/{key}/enter/")
    _through()
    return time.monotonic() - begun


def _send(visitor: Visitor, owner: Organisation, book: bytes) -> None:
    token = visitor.cookies.setdefault(settings.CSRF_COOKIE_NAME, "a" * 32)
    fields = {"csrfmiddlewaretoken": token, "owner": str(owner.public_id), "text": ""}
    part = f"--{EDGE}\r\nContent-Disposition: form-data; name="
    body = "".join(f'{part}"{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
    body += f'{part}"file"; filename="a.xlsx"\r\n\r\n'
    answer = visitor.ask(
        "POST",
        "/organisations/import/",
        body.encode() + book + f"\r\n--{EDGE}--\r\n".encode(),
        {"Content-Type": f"multipart/form-data; boundary={EDGE}"},
    )
    if answer.status != 302:  # noqa: PLR2004
        raise RuntimeError("a table was not taken")


def _through() -> str:
    """Wait until the worker is through with the newest table; return its public id."""
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        with reading(SYSTEM):
            newest = Import.objects.defer("source", "asides").latest("pk")
        if newest.state == Import.State.SHOWN:
            return str(newest.public_id)
        if newest.state not in BUSY:
            raise RuntimeError(newest.state)
        time.sleep(0.1)
    raise TimeoutError


def _memory(book: bytes) -> float:
    """Return the most memory, in megabytes, that the engine's process has held."""
    problem = {"profile": "organisations", "source": {"bytes": base64.b64encode(book).decode()}}
    child = subprocess.Popen(
        [sys.executable, "-m", "zveno.engines", "tables", "1024"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    if child.stdin is None:
        raise RuntimeError
    child.stdin.write(json.dumps(problem).encode())
    child.stdin.close()
    _pid, status, used = os.wait4(child.pid, 0)
    child.returncode = status
    if status:
        raise RuntimeError("the engine failed")
    return used.ru_maxrss / 1024


def _register(account: Account, port: int, spent: Spent) -> Iterator[Figure]:
    """Compare the page of a short register with that of a long one."""
    with reading(SYSTEM):
        Organisation.objects.filter(name__contains="Образцова").delete()
    few = _page(account, port, spent, FEW)
    many = _page(account, port, spent, MANY)
    yield "page.organisations_50_of_20000.cpu_ms", many, 20
    yield "page.organisations_50_of_20000.ratio_to_1000", many / few, 1.3


def _page(account: Account, port: int, spent: Spent, length: int) -> float:
    with reading(SYSTEM):
        lacking = length - Organisation.objects.count()
        Organisation.objects.bulk_create(
            Organisation(kind="school", name=f"Школа № {n} (пример)", name_key=f"школа {n} пример")
            for n in range(length, length + lacking)
        )
    visitor = signed_in(account, port)

    def read() -> None:
        for _ in range(PAGES):
            answer = visitor.get("/organisations/")
            if answer.status != 200 or answer.text.count("<tr>") < 50:  # noqa: PLR2004
                raise RuntimeError("the register is not what it should be")

    read()
    return min(spent(read) for _ in range(2)) / PAGES * 1000
