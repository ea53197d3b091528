"""Two correct the minutes at once: one of them is told that they have changed."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from itertools import count
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from zveno.correspondence.actions import Protocol, minutes, write_minutes
from zveno.correspondence.models import Meeting
from zveno.correspondence.tests import make_meetings as make
from zveno.documents.models import Book, Number
from zveno.kernel.actor import Actor
from zveno.kernel.tests.races import ended, seeing_all
from zveno.network.tests import make as network
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
numbers = count(1)


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = {"pdf": "JVBERi0=", "docx": "UEsDBA=="}
    monkeypatch.setattr("zveno.kernel.engines.run", lambda *_, **__: drawing)


def correct(actor: Actor, meeting: Meeting, told: Protocol) -> str:
    """Correct them as a server of its own would; tell how it ended."""
    return ended(lambda: write_minutes(actor, meeting.public_id, protocol=told))


def number_of(_actor: Actor, meeting: Meeting) -> Number:
    """Take a number without waiting for the other one at the book."""
    book = Book.objects.get(organisation=meeting.cluster.base)
    return Number.objects.create(book=book, number=next(numbers))


def at_once() -> list[str]:
    with seeing_all():
        cluster = network.cluster()
        meeting = make.held(cluster, network.member(cluster))
        first = make.protocol(meeting)
        actor = people.coordinator(cluster.base)
        Book.objects.create(organisation=cluster.base, kind="minutes", year=2026)
    told = [replace(first, others=name) for name in ("Орехова П. С.", "Белов К. Н.")]
    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(lambda one: correct(actor, meeting, one), told))


def test_one_of_two_is_told() -> None:
    assert at_once() == ["done", "minutes_changed"]


def test_unlocked_both_would_write_the_same_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without the lock both pass the check, and only the database refuses one."""
    barrier, drawing = Barrier(2), minutes._drawn

    def meet(*args: Any) -> Any:
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=60)
        return drawing(*args)

    monkeypatch.setattr(minutes, "_drawn", meet)
    monkeypatch.setattr(minutes, "_number", number_of)
    monkeypatch.setattr(write_minutes, "lock", False)

    assert at_once() == ["clash", "done"]
