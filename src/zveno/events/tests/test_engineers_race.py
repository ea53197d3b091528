"""The host withdraws an offer while an engineer confirms it."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from zveno.events.actions import confirm_slot, engineers, withdraw_slot
from zveno.events.models import Engineer
from zveno.events.models.engineers import ENGINEER
from zveno.events.tests import make
from zveno.kernel.actor import Actor, Means
from zveno.kernel.tests.races import ended, seeing_all
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


def prepared() -> tuple[Engineer, Actor]:
    """Let an engineer have been asked; return them, and who hosts."""
    with seeing_all():
        engineer = make.engineer(make.slot(make.event()))
        return engineer, people.coordinator(engineer.slot.event.host)


def withdraw(engineer: Engineer, host: Actor) -> None:
    """Withdraw the offer in a connection of its own, to the end."""
    with ThreadPoolExecutor(1) as pool:
        work = partial(withdraw_slot, host, engineer.slot.public_id)
        assert pool.submit(ended, work).result() == "done"


def confirm(engineer: Engineer) -> str:
    actor = Actor(means=Means.LINK, keys=frozenset([(ENGINEER, engineer.pk)]))
    with ThreadPoolExecutor(1) as pool:
        work = partial(confirm_slot, actor, engineer.public_id, asked=1)
        return pool.submit(ended, work).result()


def state(engineer: Engineer) -> str:
    with seeing_all():
        return Engineer.objects.get(pk=engineer.pk).state


def test_nobody_comes_to_what_was_withdrawn_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    engineer, host = prepared()
    guarded = engineers._note_answer

    def late(one: Engineer, answer: Engineer.State, asked: int) -> bool:
        withdraw(engineer, host)
        return guarded(one, answer, asked)

    monkeypatch.setattr(engineers, "_note_answer", late)

    assert confirm(engineer) == "slot_gone"
    assert state(engineer) == "off"


def test_without_the_guard_somebody_comes_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    engineer, host = prepared()

    def unguarded(one: Engineer, answer: Engineer.State, _asked: int) -> bool:
        withdraw(engineer, host)
        return bool(Engineer.objects.filter(pk=one.pk).update(state=answer))

    monkeypatch.setattr(engineers, "_note_answer", unguarded)

    assert confirm(engineer) == "done"
    assert state(engineer) == "confirmed"
