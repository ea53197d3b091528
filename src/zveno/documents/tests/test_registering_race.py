"""A number entered by hand while Zveno gives the same one: it is given once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connections, transaction

from zveno.documents.actions import Given, NumberTaken, office, register_number, registering
from zveno.documents.actions import take_numbers as take
from zveno.documents.models import Book, Number
from zveno.kernel import clock
from zveno.kernel.actions import Clash
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


def enter(clerk: Actor, house: Organisation) -> str:
    """Enter number 1 by hand as a server of its own would; tell how it ended."""
    given = Given(1, clock.today(), "Договор", "подписан на бумаге")
    try:
        register_number(clerk, house.public_id, kind="agreements", given=given)
    except (NumberTaken, Clash) as refusal:
        return refusal.code
    finally:
        connections.close_all()
    return "entered"


def give(clerk: Actor, house: Organisation) -> str:
    """Take the next number as a server of its own would; tell which, or how it ended."""
    try:
        year = clock.today().year
        (line,) = take(clerk, house.public_id, kind="agreements", year=year)
    except Clash as refusal:
        return refusal.code
    finally:
        connections.close_all()
    return f"given {line.number}"


def at_once() -> set[str]:
    with transaction.atomic(), scoped(SYSTEM):
        house = organisations.college()
        clerk = people.coordinator(house)
        Book.objects.create(organisation=house, kind="agreements", year=clock.today().year)
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(work, clerk, house) for work in (enter, give)]
        return {job.result() for job in jobs}


def let_meet(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """Let both meet, if they can, when they have the book and have stored nothing."""
    barrier, book_of_year = Barrier(2), office._book_of_year

    def meet(*details: Any) -> Book:
        book = book_of_year(*details)
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=seconds)
        return book

    for module in (office, registering):
        monkeypatch.setattr(module, "_book_of_year", meet)


def test_a_number_is_given_once(monkeypatch: pytest.MonkeyPatch) -> None:
    let_meet(monkeypatch, seconds=1)

    assert at_once() in ({"entered", "given 2"}, {"number_taken", "given 1"})


def test_without_the_lock_both_look_before_one_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: they do meet, and then only the database tells one of them."""

    def unlocked(house: Organisation, kind: str, year: int) -> Book:
        return Book.objects.get(organisation=house, kind=kind, year=year)

    monkeypatch.setattr(office, "_book_of_year", unlocked)
    let_meet(monkeypatch, seconds=60)
    meet_before_storing(monkeypatch)

    assert at_once() in ({"entered", "clash"}, {"clash", "given 1"})
    with transaction.atomic(), scoped(SYSTEM):
        assert Number.objects.count() == 1


def meet_before_storing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both meet once more when each has looked which numbers are free."""
    barrier = Barrier(2)
    following, require_free = Book.following, registering._require_free

    def looked(book: Book) -> Any:
        found = following(book)
        barrier.wait(timeout=60)
        return found

    def free(*details: Any) -> None:
        require_free(*details)
        barrier.wait(timeout=60)

    monkeypatch.setattr(Book, "following", looked)
    monkeypatch.setattr(registering, "_require_free", free)
