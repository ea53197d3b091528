"""The hour of enrolment: many who want few seats, at one moment, in a running Zveno.

The visitors are threads of this process and use the same two cores, so that a rate told here is
less than Zveno alone would reach.
"""

import math
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier

from bench.flows import Meter, meter_of
from bench.sizes import AtLeast, Figure
from tests.live import Answer, Site, Visitor, signed_in
from zveno.events.models import Event, Group
from zveno.events.tests import make as events
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

CLIENTS, RIVALS, SEATS, REPEATS, WAITERS = 32, 2000, 500, 20, 100
HOUR, VIEWS, REGISTRATIONS = 300, 250_000, 4000
SECONDS, VIEWERS, SENDERS = 30, 6, 2
SHOWN, TAKEN, REFUSED = 200, 302, 409
ROUND, ROUNDS = 100, 4


@dataclass(frozen=True)
class Rival:
    """Somebody of a school who is signed in; each comes by a connection of their own."""

    port: int
    cookies: dict[str, str]
    school: str

    def register(self, event: Event, **pressed: str) -> Answer:
        """Ask for a seat, or to wait for one."""
        path = f"/e/{event.public_id}/register/"
        visitor = Visitor(self.port, dict(self.cookies))
        answer = visitor.post(path, sender=self.school, seats="1", **pressed)
        if visitor.connection:
            visitor.connection.close()
        return answer


@dataclass(frozen=True)
class Knock:
    """When a request was sent and answered, by which rival, with which status."""

    rival: Rival
    sent: float
    answered: float
    status: int


def measure(site: Site) -> Iterator[Figure]:
    """Yield what is accepted and refused a second, what is oversold, and the share of an hour."""
    rivals = _rivals(site.port)
    yield from _refusals(meter_of(site), rivals)
    yield from _steady(rivals)
    yield from _hot(rivals)
    yield from _hour(site.port, rivals)


def _rivals(port: int) -> list[Rival]:
    found = []
    for _ in range(RIVALS):
        with reading(SYSTEM):
            school = organisations.school(email="school@example.org")
            account = people.account(school)
        cookies = signed_in(account, port).cookies
        found.append(Rival(port, cookies, str(school.public_id)))
    return found


def _event(seats: int) -> Event:
    with reading(SYSTEM):
        return events.event(capacity=seats)


def _refusals(meter: Meter, rivals: Sequence[Rival]) -> Iterator[Figure]:
    """Compare a refusal with a registration: the least of rounds that alternate."""
    open_one, full = _event(ROUND * ROUNDS), _event(1)
    rivals[-1].register(full)
    taken, refused = [], []
    for start in range(0, ROUND * ROUNDS, ROUND):
        few = rivals[start : start + ROUND]
        taken.append(meter.spent(partial(_spread, few, open_one, TAKEN)))
        refused.append(meter.spent(partial(_spread, few, full, REFUSED)))
    yield "events.refusal.cpu_ms", min(refused) / ROUND * 1000, math.inf
    yield "events.refusal_to_accept.cpu_ratio", min(refused) / min(taken), 0.33


def _spread(rivals: Sequence[Rival], event: Event, status: int) -> None:
    if {one.status for one in _rush(rivals, event, clients=4)} != {status}:
        raise RuntimeError(f"somebody was not answered {status}")


def _steady(rivals: Sequence[Rival]) -> Iterator[Figure]:
    """Let all rivals register for an event with room for everybody."""
    event = _event(RIVALS)
    begun = time.monotonic()
    _spread_all(rivals, event)
    yield "events.registration.per_second", RIVALS / (time.monotonic() - begun), AtLeast(60)


def _spread_all(rivals: Sequence[Rival], event: Event) -> None:
    if {one.status for one in _rush(rivals, event)} != {TAKEN}:
        raise RuntimeError("somebody was refused a free seat")


def _hot(rivals: Sequence[Rival]) -> Iterator[Figure]:
    """Let 2,000 want 500 seats, again and again; some of the rest then wait."""
    rates, wrong, faults, swapped = [], 0, 0, 0
    for repeat in range(REPEATS):
        event = _event(SEATS)
        order = random.Random(repeat).sample(rivals, RIVALS)  # noqa: S311 - not a secret
        knocks = _rush(order, event)
        lucky = [one for one in knocks if one.status == TAKEN]
        rates.append(SEATS / (max(k.answered for k in lucky) - min(k.sent for k in knocks)))
        unlucky = [one.rival for one in knocks if one.status == REFUSED][:WAITERS]
        waits = _rush(unlucky, event, wait="yes")
        faults += sum(one.status not in {TAKEN, REFUSED} for one in [*knocks, *waits])
        event.refresh_from_db()
        wrong = max(wrong, abs(event.taken - SEATS), abs(len(lucky) - SEATS))
        swapped += _swapped(event, waits)
    yield "events.hot_500_of_2000.accepted_per_second", min(rates), AtLeast(50)
    yield "events.hot_500_of_2000.oversold", wrong, 0
    yield "events.hot_500_of_2000.faults", faults, 0
    yield "events.hot_500_of_2000.waiting_out_of_order", swapped, 0


def _swapped(event: Event, waits: Sequence[Knock]) -> int:
    """Count pairs of which one was answered before the other was sent, and waits after it."""
    with reading(SYSTEM):
        line = Group.objects.filter(event=event, state=Group.State.WAITING).order_by("pk")
        places = {str(g.sender.public_id): n for n, g in enumerate(line.select_related("sender"))}
    told = [(places[one.rival.school], one) for one in waits if one.status == TAKEN]
    return sum(a.answered < b.sent and of_a > of_b for of_a, a in told for of_b, b in told)


def _rush(
    rivals: Sequence[Rival], event: Event, clients: int = CLIENTS, **pressed: str
) -> list[Knock]:
    """Let all rivals knock, ``clients`` at once, none before all are ready."""
    ready = Barrier(clients)

    def row(place: int) -> list[Knock]:
        ready.wait()
        found = []
        for rival in rivals[place::clients]:
            sent = time.monotonic()
            answer = rival.register(event, **pressed)
            found.append(Knock(rival, sent, time.monotonic(), answer.status))
        return found

    with ThreadPoolExecutor(clients) as pool:
        return [knock for each in pool.map(row, range(clients)) for knock in each]


def _hour(port: int, rivals: Sequence[Rival]) -> Iterator[Figure]:
    """Serve page views and registrations in the proportion of 250,000 to 4,000 in five minutes.

    Told is the share of that load which these cores carried beside those who sent it.
    """
    hour = Hour(port, _event(RIVALS), time.monotonic() + SECONDS)
    with ThreadPoolExecutor(VIEWERS + SENDERS) as pool:
        looks = [pool.submit(hour.look) for _ in range(VIEWERS)]
        sends = [pool.submit(hour.send, rivals[place::SENDERS]) for place in range(SENDERS)]
        waits = sorted(wait for each in sends for wait in each.result())
        viewed = sum(each.result() for each in looks)
    share = min(viewed / VIEWS, len(waits) / REGISTRATIONS) * HOUR / SECONDS
    yield "events.enrolment_hour.share_of_load", share, math.inf
    yield "events.enrolment_hour.registration_p95_ms", waits[len(waits) * 95 // 100] * 1000, 2000


@dataclass
class Hour:
    """Families look at a page while schools register, in proportion, for some seconds."""

    port: int
    event: Event
    until: float
    seen: int = 0

    def look(self) -> int:
        """Look at the page again and again; return how often."""
        visitor, seen = Visitor(self.port), 0
        while time.monotonic() < self.until:
            if visitor.get(f"/p/e/{self.event.public_id}/").status != SHOWN:
                raise RuntimeError("a page was not shown")
            seen += 1
            self.seen += 1
        return seen

    def send(self, rivals: Sequence[Rival]) -> list[float]:
        """Register when it is time to; return the seconds each one took."""
        waits: list[float] = []
        for rival in rivals:
            while (len(waits) + 1) * SENDERS * VIEWS > self.seen * REGISTRATIONS:
                time.sleep(0.005)
                if time.monotonic() >= self.until:
                    return waits
            begun = time.monotonic()
            if rival.register(self.event).status != TAKEN:
                raise RuntimeError("a registration was refused")
            waits.append(time.monotonic() - begun)
        return waits
