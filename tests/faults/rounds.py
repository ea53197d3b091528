"""The four ways to hurt a house, one round each."""

import random
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from django.conf import settings
from psycopg import OperationalError

from tests.faults import acts, laws
from tests.faults.acts import Act, Load
from tests.faults.house import PATIENCE, House
from tests.faults.rows import Rows
from tests.faults.wire import Order, Where
from tests.live import Answer, Visitor

# Web server and worker take seconds to start again: they are killed in every third round.
VICTIMS = ["backend", "postmaster", "web server", "backend", "postmaster", "worker"]
NO_ROOM, READ, DEAD = 507, 200, 404
DAY = 24 * 60 * 60
KEPT = 2 * DAY
LARGE = 400_000


class Rounds:
    """Rounds in one house under one load."""

    def __init__(self, house: House, rows: Rows, load: Load, chance: random.Random) -> None:
        self.house, self.rows, self.load, self.chance = house, rows, load, chance
        self.found: list[str] = []
        self.clocks = moments(datetime.now(tz=UTC))

    def run(self, kind: str, number: int) -> list[str]:
        """Do one round; return what is wrong after it."""
        hurt: Callable[[int], None] = getattr(self, kind)
        self.found = []
        self.load.until_more(2)
        hurt(number)
        self.house.start()
        self.load.until_more(2)
        if number % 7 == 1 and self.rows.held:
            self.load.do(acts.issue(self.rows.held.pop(), self.rows))
        return self.found + laws.broken(self.load.ledger, self.house.mail.letters)

    def kill_9(self, number: int) -> None:
        """Kill each part in turn at a moment of chance."""
        time.sleep(self.chance.uniform(0, 0.1))
        self.house.kill(VICTIMS[number % len(VICTIMS)], self.chance)

    def full_disk(self, number: int) -> None:
        """Leave no room: who sends something is told so, who reads reads; then it is sent again.

        Every fifth time there is none for the database's own journal either: it ends and cannot
        come back until there is room.
        """
        act = self.large()
        self.house.ballast.fill()
        try:
            if number % 5 == 4:
                with suppress(OperationalError):
                    self.house.ask("SELECT pg_switch_wal()")
                with suppress(OSError):
                    self._must_be_clear(act.send(Visitor(self.house.port)), acts.CLEAR)
                return
            self._must_be_clear(act.send(Visitor(self.house.port)), {NO_ROOM})
            page = self._opens("/", self.rows.schools[0][2])
            if page.status != READ:
                self.found.append(f"reading answers {page.status} when the disk is full")
        finally:
            self.house.ballast.free()
        self.house.start()
        self.load.do(act)

    def large(self) -> Act:
        """Return an act that needs room at once: a scan that nothing makes smaller."""
        return acts.sign(self.rows.large_links.pop(), self.chance.randbytes(LARGE))

    def dropped(self, number: int) -> None:
        """Cut the way to the database, and that of a client who then asks again by its key.

        Every second time it is cut at the worst moment: while our act is being committed.
        """
        where, cuts = list(Where)[number % len(Where)], self.house.wire.cuts
        act = acts.plan(self.rows)
        if number % 2:
            self.house.wire.cut(Order(where, 1, act.name.encode(), b"COMMIT"))
        else:
            self.house.wire.cut(Order(where, self.chance.randint(1, 12)))
            with suppress(ConnectionAbortedError):
                act.send(Leaving(self.house.port, self.chance.uniform(0, 0.03)))
        self.load.do(act)
        deadline = time.monotonic() + PATIENCE
        while self.house.wire.cuts == cuts and time.monotonic() < deadline:
            time.sleep(0.01)
        if self.house.wire.cuts == cuts:
            self.found.append("nothing was cut")

    def clock(self, number: int) -> None:
        """Set the clock: what was done by a key is not done again, what has ended opens nothing.

        Every third time the worker must seal what is new, by whatever clock.
        """
        act, before = acts.plan(self.rows), self.house.clock.shift
        self.load.do(act)
        shift = self.clocks[number % len(self.clocks)]
        self.house.clock.shift = shift
        if shift - before < KEPT:
            self.load.do(act)
        self._look_at_ends(shift)
        if number % 3 == 2:
            self._await_seals()

    def _must_be_clear(self, answer: Answer, wanted: set[int]) -> None:
        if answer.status not in wanted or "data-problem" not in answer.text:
            self.found.append(f"{answer.status} when the disk is full: {answer.text[:200]}")

    def _opens(self, path: str, session: str = "") -> Answer:
        return Visitor(self.house.port, {settings.SESSION_COOKIE_NAME: session}).get(path)

    def _look_at_ends(self, shift: int) -> None:
        link = self._opens(f"/sign/{self.rows.short_link}/").status != DEAD
        if link != (shift < DAY / 2):
            self.found.append(f"a link of half a day, {shift} seconds later, opens: {link}")
        if shift >= DAY / 2 and self._opens("/", self.rows.short_session).status == READ:
            self.found.append(f"a session of half a day opens {shift} seconds later")

    def _await_seals(self) -> None:
        """Wait until what is in the journal now is sealed."""
        newest = laws.newest_entry()
        deadline = time.monotonic() + PATIENCE
        while not laws.is_sealed(newest):
            if time.monotonic() > deadline:
                self.found.append(f"the worker does not seal any more, it does {laws.work()}")
                return
            time.sleep(0.1)


class Leaving(Visitor):
    """A client whose connection breaks before it is answered."""

    def __init__(self, port: int, seconds: float) -> None:
        super().__init__(port)
        self.seconds = seconds

    def ask(
        self, method: str, path: str, body: str | bytes | None, headers: dict[str, str]
    ) -> Answer:
        """Send a request and leave. Raises ``ConnectionAbortedError``."""
        sent = body.encode() if isinstance(body, str) else body or b""
        known = headers | {"Host": "127.0.0.1", "Content-Length": str(len(sent))}
        head = "".join(f"{name}: {value}\r\n" for name, value in known.items())
        with socket.create_connection(("127.0.0.1", self.port)) as wire:
            wire.sendall(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + sent)
            time.sleep(self.seconds)
        raise ConnectionAbortedError


def moments(now: datetime) -> list[int]:
    """List shifts of the clock in seconds: small and large, there and back, over turns of time."""
    new_year = datetime(now.year + 1, 1, 1, tzinfo=UTC) - timedelta(hours=3, seconds=2)
    summer = datetime(now.year + 1, 3, 28, 1, tzinfo=UTC) - timedelta(seconds=2)
    turns = [int((each - now).total_seconds()) for each in (new_year, summer)]
    shifts = [300, -300, 3600, -3600, DAY, 0, -DAY, 0, *turns, 0, 40 * DAY, -40 * DAY]
    return [*shifts, 60, 0, KEPT - 600, 0, -90, DAY, 0]
