"""400 competitors for 100 seats, each with a connection of its own: exactly 100 are taken.

The negative control replaces the guard by read, check and write: it must oversell, so that the
first test means something.
"""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection, transaction

from zveno.events.actions import EventFull, reserve_seats, seats
from zveno.events.models import Event, Group
from zveno.events.tests import make
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.walls import scoped
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
THREADS = 16


def prepared(capacity: int, competitors: int) -> tuple[Event, list[tuple[Actor, Organisation]]]:
    """Make an event and those who want one seat each."""
    with transaction.atomic(), scoped(SYSTEM):
        event = make.event(capacity=capacity)
        schools = [organisations.school() for _ in range(competitors)]
        return event, [(people.actor(school), school) for school in schools]


def outcome(event: Event, actor: Actor, school: Organisation) -> str:
    """Try to get a seat as a request of its own would."""
    try:
        reserve_seats(actor, event.public_id, sender=school.public_id, seats=1)
    except EventFull:
        return "full"
    finally:
        connection.close()
    return "held"


def raced(event: Event, competitors: list[tuple[Actor, Organisation]]) -> Counter[str]:
    """Let all try at once; return what came of it."""
    with ThreadPoolExecutor(THREADS) as pool:
        tries: list[Callable[[], str]] = [
            lambda actor=actor, school=school: outcome(event, actor, school)  # type: ignore[misc]
            for actor, school in competitors
        ]
        return Counter(one.result() for one in [pool.submit(attempt) for attempt in tries])


def held(event: Event) -> int:
    with transaction.atomic(), scoped(SYSTEM):
        return Group.objects.filter(event=event, state=Group.State.RESERVED).count()


def test_400_competitors_for_100_seats_get_exactly_100() -> None:
    event, competitors = prepared(100, 400)

    came_of_it = raced(event, competitors)

    event.refresh_from_db()
    assert came_of_it == {"held": 100, "full": 300}
    assert (event.taken, held(event)) == (100, 100)


def test_without_the_guard_the_last_seat_is_sold_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    event, competitors = prepared(1, 2)
    both_have_read = Barrier(2)

    def read_check_write(event: Event, wanted: int) -> None:
        read = Event.objects.get(pk=event.pk)
        try:
            both_have_read.wait(timeout=60)
        except BrokenBarrierError:
            pytest.fail("the competitors did not meet")
        if read.free < wanted:
            raise EventFull(title=event.title, free=read.free, seats=wanted)
        Event.objects.filter(pk=event.pk).update(taken=read.taken + wanted)

    monkeypatch.setattr(seats, "_take_seats", read_check_write)

    raced(event, competitors)

    event.refresh_from_db()
    assert held(event) > event.capacity
