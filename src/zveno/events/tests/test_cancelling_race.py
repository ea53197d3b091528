"""An event is called off between the moment a school has read it and the moment it takes seats."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from zveno.events.actions import cancel_event, reserve_seats, seats
from zveno.events.models import Event
from zveno.events.tests import make
from zveno.kernel.actor import Actor
from zveno.kernel.tests.races import ended, seeing_all
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


def prepared() -> tuple[Event, Actor, Organisation]:
    """Make an open event and who wants to come."""
    with seeing_all():
        school = organisations.school()
        return make.event(), people.actor(school), school


def call_off(event: Event) -> None:
    """Cancel it in a connection of its own, to the end."""
    with seeing_all():
        host = people.coordinator(event.host)
    with ThreadPoolExecutor(1) as pool:
        work = partial(cancel_event, host, event.public_id, why="Ремонт")
        assert pool.submit(ended, work).result() == "done"


def come(event: Event, actor: Actor, school: Organisation) -> str:
    reserve = partial(reserve_seats, actor, event.public_id, sender=school.public_id, seats=2)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ended, reserve).result()


def is_awaited(event: Event) -> bool:
    with seeing_all():
        return event.groups.live().exists()


def test_nobody_comes_to_what_was_called_off_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    event, actor, school = prepared()
    guarded = seats._take_seats

    def late(event: Event, wanted: int) -> None:
        call_off(event)
        guarded(event, wanted)

    monkeypatch.setattr(seats, "_take_seats", late)

    assert come(event, actor, school) == "event_not_open"
    assert not is_awaited(event)


def test_without_the_guard_a_group_comes_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    event, actor, school = prepared()
    monkeypatch.setattr(seats, "_take_seats", lambda event, _wanted: call_off(event))

    assert come(event, actor, school) == "done"
    assert is_awaited(event)
