"""Two browsers finish setting up at once: one of them has done it, the other is told so."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest

from zveno.kernel.actor import SYSTEM
from zveno.kernel.tests.races import ended, seeing_all
from zveno.organisations.actions import Passport
from zveno.organisations.models import Organisation, Territory
from zveno.people.actions import Appointment, House, offer_setup, set_up, setup
from zveno.people.models import Post, Setup, actor_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


def let_meet(monkeypatch: pytest.MonkeyPatch, *, seconds: int) -> None:
    """Let whoever has seen that nothing is done yet wait for the other this long."""
    barrier, refuse = Barrier(2), setup._refuse_done

    def meet(row: Setup) -> None:
        refuse(row)
        with suppress(BrokenBarrierError):
            barrier.wait(seconds)

    monkeypatch.setattr(setup, "_refuse_done", meet)


def at_once() -> list[str]:
    """Finish with two organisations at once; return what each got."""
    token = offer_setup(SYSTEM, Territory.objects.get(kind="country").public_id)
    key = Setup.objects.get(done_at=None).public_id

    def finish(name: str) -> str:
        house = House(Passport("college", name), "Москва")
        first = Appointment("Соколова", name)
        return ended(lambda: set_up(actor_of(token), key, house=house, first=first))

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(finish, ["Колледж «А» (пример)", "Колледж «Б» (пример)"]))


def test_one_wins_and_the_other_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    let_meet(monkeypatch, seconds=1)

    assert at_once() == ["done", "set_up_already"]
    with seeing_all():
        assert (Organisation.objects.count(), Post.objects.count()) == (1, 2)


def test_the_test_would_see_two_winners(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: without the lock on the link both pass, and there are two houses."""
    let_meet(monkeypatch, seconds=60)
    monkeypatch.setattr(set_up, "lock", False)

    assert at_once() == ["done", "done"]
    with seeing_all():
        assert Organisation.objects.count() == 2
