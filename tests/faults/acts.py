"""What clients do all the time, and what they were told: the ledger."""

import itertools
import json
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Self
from uuid import uuid4

from django.conf import settings

from tests.faults.house import PATIENCE
from tests.faults.rows import Rows
from tests.live import Answer, Visitor

API = "/api/v1"
SCAN = b"%PDF-1.7\n%%EOF\n"
CLEAR = {502, 503, 507}
OUR_FAULT, CONFLICT = 500, 409
RUNNING = "still_running"
PAUSE = 0.15
Send = Callable[[Visitor], Answer]


@dataclass(frozen=True)
class Act:
    """Something a client wants done once: its kind, what names it, and how it is asked for.

    A ``keyed`` one is sent again under its key and must succeed in the end; of another one a
    repetition may be told that it is done.
    """

    kind: str
    name: str
    send: Send
    keyed: bool = False


@dataclass
class Ledger:
    """What clients were told, each act by its kind and name."""

    acknowledged: set[tuple[str, str]] = field(default_factory=set)
    repeated: set[tuple[str, str]] = field(default_factory=set)
    refused: set[tuple[str, str]] = field(default_factory=set)
    unclear: set[str] = field(default_factory=set)

    def named(self, kind: str) -> set[str]:
        """Return the names of acts of a kind that were acknowledged."""
        return {name for known, name in list(self.acknowledged) if known == kind}

    def note(self, act: Act, answer: Answer) -> bool:
        """Note what was answered; return whether the matter is settled."""
        mark = (act.kind, act.name)
        if is_yes(answer):
            self.acknowledged.add(mark)
        elif answer.status >= OUR_FAULT or RUNNING in answer.text:
            if answer.status not in {*CLEAR, CONFLICT}:
                self.unclear.add(f"{answer.status} to {act.kind}: {answer.text[:300]}")
            self.repeated.add(mark)
            return False
        elif act.keyed or mark not in self.repeated:
            self.refused.add((act.kind, f"{act.name}: {answer.status} {_problem(answer)}"))
        return True


def _problem(answer: Answer) -> str:
    """Return what an answer says is wrong: the words of a page, or a problem as it is."""
    words = re.sub(r"<[^>]+>|\s+", " ", answer.text.partition("<main")[2].partition("</main")[0])
    return " ".join(words.split())[:300] or answer.text[-300:]


def is_yes(answer: Answer) -> bool:
    """Whether an answer says that it is done; being led to the sign-in does not."""
    return answer.status in {200, 201, 204, 302} and not answer.location.startswith("/sign-in")


def plan(rows: Rows, **headers: str) -> Act:
    """Let a program put a line into the plan, under a key."""
    name = str(uuid4())
    path = f"/obligations/{rows.obligation}/plan-obligation"
    body: dict[str, object] = {"title": name, "month": 1}
    send = call(path, rows.coordinator, body, headers | {"Idempotency-Key": name})
    return Act("planned", name, send, keyed=True)


def call(path: str, token: str, body: dict[str, object], headers: dict[str, str]) -> Send:
    """Return how a program calls a verb."""
    known = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return lambda to: to.ask("POST", API + path, json.dumps(body), known | headers)


def reserve(event: str, school: tuple[str, str, str]) -> Act:
    """Let a school's program hold seats, under a key."""
    key, token, _ = school
    send = call(
        f"/events/{event}/reserve-seats",
        token,
        {"sender": key, "seats": 1},
        {"Idempotency-Key": str(uuid4())},
    )
    return Act("registered", f"{event} {key}", send, keyed=True)


def register(event: str, school: tuple[str, str, str]) -> Act:
    """Let somebody of a school hold seats in a browser."""
    key, _, session = school

    def send(to: Visitor) -> Answer:
        to.cookies[settings.SESSION_COOKIE_NAME] = session
        return to.post(f"/e/{event}/register/", sender=key, seats="1")

    return Act("registered", f"{event} {key}", send)


def sign(token: str, more: bytes = b"") -> Act:
    """Let a party sign by a scan, which may be large."""
    return Act("signed", token, lambda to: to.upload(f"/sign/{token}/", "file", SCAN + more))


def meet(place: str, rows: Rows) -> Act:
    """Let a child be marked as present."""
    headers = {"Idempotency-Key": place}
    send = call(f"/places/{place}/check-in", rows.coordinator, {}, headers)
    return Act("met", place, send, keyed=True)


def issue(event: str, rows: Rows) -> Act:
    """Let certificates be issued."""
    headers = {"Idempotency-Key": event}
    send = call(f"/events/{event}/issue-certificates", rows.coordinator, {}, headers)
    return Act("issued", event, send, keyed=True)


def everything(rows: Rows, chance: random.Random) -> Iterator[Act]:
    """List acts of all kinds in an order of chance; lines of the plan without end."""
    pairs = list(itertools.product(rows.events, rows.schools))
    acts = [(register if n % 2 else reserve)(*pair) for n, pair in enumerate(pairs)]
    acts += [sign(token) for token in rows.links]
    acts += [meet(place, rows) for place in rows.places]
    chance.shuffle(acts)
    yield from acts
    while True:
        yield plan(rows)


class Load:
    """Clients who never stop: each does one act after another, again until it is settled."""

    def __init__(self, rows: Rows, port: int, chance: random.Random) -> None:
        self.rows, self.port = rows, port
        self.ledger = Ledger()
        self._acts = everything(rows, chance)
        self._lock = threading.Lock()
        self._ended = threading.Event()
        sources = [self._next, self._next, lambda: plan(rows)]
        self._clients = [threading.Thread(target=self._work, args=(each,)) for each in sources]

    def __enter__(self) -> Self:
        for each in self._clients:
            each.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for each in self._clients:
            each.join()

    def until_more(self, acts: int, seconds: float = PATIENCE) -> None:
        """Wait until so many more acts are acknowledged. Raises ``TimeoutError``."""
        wanted = len(self.ledger.acknowledged) + acts
        deadline = time.monotonic() + seconds
        while len(self.ledger.acknowledged) < wanted:
            if time.monotonic() > deadline:
                raise TimeoutError(f"fewer than {acts} acts in {seconds} seconds")
            time.sleep(0.01)

    def do(self, act: Act, seconds: float = PATIENCE) -> bool:
        """Ask for an act until it is settled; return whether it was."""
        visitor = Visitor(self.port)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self._ended.is_set():
            try:
                if self.ledger.note(act, act.send(visitor)):
                    return True
            except (OSError, HTTPException):
                self.ledger.repeated.add((act.kind, act.name))
            time.sleep(PAUSE)
        return False

    def _next(self) -> Act:
        with self._lock:
            return next(self._acts)

    def _work(self, source: Callable[[], Act]) -> None:
        while not self._ended.is_set():
            self.do(source())
            time.sleep(PAUSE)
