"""20 families for 5 seats, each with a connection of its own: exactly 5 seats are taken.

The negative control replaces the guard by read, check and write: it must oversell.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

import pytest
from django.db.models import Sum

from zveno.events.actions import (
    Family,
    give_ticket_back,
    meet_family,
    register_family,
    visits,
)
from zveno.events.models import Event, Visit
from zveno.events.tests import make
from zveno.kernel.actor import NOBODY
from zveno.kernel.tests.races import ended, seeing_all
from zveno.people.models.credentials import actor_of
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


def invited(seats: int) -> Event:
    with seeing_all():
        return make.event(for_families=True, families_seats=seats)


def raced(event: Event, emails: list[str]) -> Counter[str]:
    """Let all register one seat at once; return what came of it."""

    def register(email: str) -> str:
        family = Family(1, email)
        return ended(lambda: register_family(NOBODY, event.public_id, family=family))

    with ThreadPoolExecutor(len(emails)) as pool:
        return Counter(pool.map(register, emails))


def seated(event: Event) -> int:
    with seeing_all():
        live = Visit.objects.live().filter(event=event)
        return live.aggregate(people=Sum("people"))["people"] or 0


def test_20_families_for_5_seats_get_exactly_5() -> None:
    event = invited(5)

    came_of_it = raced(event, [f"f{n}@example.org" for n in range(20)])

    event.refresh_from_db()
    assert came_of_it == {"done": 5, "families_full": 15}
    assert (event.families, seated(event)) == (5, 5)


def test_one_email_at_once_takes_one_ticket() -> None:
    event = invited(8)

    came_of_it = raced(event, ["mother@example.org"] * 8)

    event.refresh_from_db()
    assert came_of_it == {"done": 8}
    assert (event.families, seated(event)) == (1, 1)


def test_without_the_guard_the_last_seat_is_given_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    event, both_have_read = invited(1), Barrier(2)

    def read_check_write(event: Event, wanted: int) -> bool:
        read = Event.objects.get(pk=event.pk)
        try:
            both_have_read.wait(timeout=60)
        except BrokenBarrierError:
            pytest.fail("the families did not meet")
        Event.objects.filter(pk=event.pk).update(families=read.families + wanted)
        return read.left_for_families >= wanted

    monkeypatch.setattr(visits, "_take_seats", read_check_write)

    raced(event, ["mother@example.org", "father@example.org"])

    assert seated(event) > event.families_seats


def test_a_family_at_the_door_is_met_or_has_given_its_ticket_back() -> None:
    event = invited(5)
    register_family(NOBODY, event.public_id, family=Family(3, "mother@example.org"))
    with seeing_all():
        visit = Visit.objects.get()
        host, own = people.coordinator(event.host), actor_of(visit.token)

    with ThreadPoolExecutor(2) as pool:
        met = pool.submit(ended, lambda: meet_family(host, visit.public_id))
        back = pool.submit(ended, lambda: give_ticket_back(own, visit.public_id))
        outcome = (met.result(), back.result())

    event.refresh_from_db()
    assert outcome in {("done", "done"), ("ticket_returned", "done")}
    assert (event.families, event.families_came) in {(3, 3), (0, 0)}
