"""Two people change the history of an organisation at once: neither change is lost."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.tests.races import ended, seeing_all, without_second_try
from zveno.organisations.actions import Turn, history, note_turn
from zveno.organisations.models import Organisation, Stretch, as_of, life_of
from zveno.organisations.tests import make

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
NAME, KIND = "Гимназия (пример)", "technopark"


def at_once() -> tuple[list[str], Stretch]:
    """Let two people note a turn of a school at one moment; tell how both ended, and what it is."""
    with seeing_all():
        school = make.school()
    leader = Actor(scope=frozenset([school.pk]), roles=frozenset([(school.pk, "head")]))
    day = clock.today() - timedelta(days=9)
    turns = [Turn("renamed", day, name=NAME), Turn("turned", day, kind=KIND)]

    def note(turn: Turn) -> str:
        return ended(lambda: note_turn(leader, school.public_id, turn=turn))

    with ThreadPoolExecutor(2) as pool:
        ends = sorted(pool.map(note, turns))
    with seeing_all():
        return ends, as_of(Organisation.objects.get(pk=school.pk), day)


def let_meet(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """Let both meet, if they can, when they have read the life and not written it."""
    barrier = Barrier(2)

    def meet(organisation: Organisation) -> list[Stretch]:
        life = life_of(organisation)
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=seconds)
        return life

    monkeypatch.setattr(history, "life_of", meet)


def test_both_changes_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    let_meet(monkeypatch, seconds=1)

    ends, then = at_once()

    assert ends == ["done", "done"]
    assert (then.name, then.kind) == (NAME, KIND)


def test_without_the_lock_one_writes_over_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: they do meet, and one is lost: told by the database, or written over."""
    without_second_try(monkeypatch)
    monkeypatch.setattr(note_turn, "lock", False)
    let_meet(monkeypatch, seconds=60)

    ends, then = at_once()

    assert ends in (["clash", "done"], ["done", "done"])
    assert (then.name, then.kind) != (NAME, KIND)
