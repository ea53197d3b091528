"""Two phones send the same child at once: it is counted once.

In the negative control nobody locks the place: both have found nobody here, and both count.
"""

from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError, Thread
from uuid import UUID, uuid4

import pytest

from zveno.events.actions import Noted, Tap, send_marks
from zveno.events.models import Event, Place, marks
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.tests.races import ended, seeing_all
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


@pytest.fixture
def _both_at_once(monkeypatch: pytest.MonkeyPatch, patience: float) -> None:
    """Let both phones have kept their marks before either is put together, if they can.

    A phone held back by the lock cannot: the other waits for it no longer than ``patience``.
    """
    both, settle = Barrier(2), marks.settle

    def together(event: Event, places: list[Place]) -> bool:
        with suppress(BrokenBarrierError):
            both.wait(patience)
        return settle(event, places)

    monkeypatch.setattr(marks, "settle", together)


def raced() -> int:
    """Let two phones meet one of two children; return how many the event counts."""
    with seeing_all():
        event = make.event(starts_at=clock.now() - timedelta(hours=1))
        place = make.coming(event, organisations.school(), 2).places.earliest("pk").public_id
        teachers = [people.actor(event.host, Post.Role.TEACHER) for _ in range(2)]
    phones = [Thread(target=send, args=[who, event.public_id, place]) for who in teachers]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    with seeing_all():
        return Event.objects.get(pk=event.pk).came


def send(who: Actor, event: UUID, place: UUID) -> None:
    noted = Noted(uuid4(), [Tap(uuid4(), place, "came", clock.now())])
    ended(lambda: send_marks(who, event, noted=noted))


@pytest.mark.parametrize("patience", [2])
@pytest.mark.usefixtures("_both_at_once")
def test_two_phones_that_meet_a_child_at_once_count_it_once() -> None:
    assert raced() == 1


@pytest.mark.parametrize("patience", [60])
@pytest.mark.usefixtures("_both_at_once")
def test_without_the_lock_it_is_counted_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "lock", lambda _places: None)

    assert raced() == 2
