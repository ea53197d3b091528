"""An offer is answered twice at once: the child arrives once, or not at all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from zveno.kernel.tests.races import ended, seeing_all, wait_until_waited_for
from zveno.learners.actions import (
    accept_transfer,
    offer_transfer,
    transfers,
    withdraw_transfer,
)
from zveno.learners.models import Learner
from zveno.learners.tests import make
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


@pytest.mark.parametrize("other_way", ["accept", "withdraw"])
@pytest.mark.parametrize("locked", [True, False], ids=["in turn", "control"])
def test_an_offer_is_answered_once(
    monkeypatch: pytest.MonkeyPatch, other_way: str, locked: object
) -> None:
    with seeing_all():
        child, taker = make.learner(), organisations.school()
        ours, theirs, also = people.actor(child.owner), people.actor(taker), people.actor(taker)
    to = taker.public_id
    offer = offer_transfer(ours, child.public_id, taker=to, basis="заявление")
    for verb in (accept_transfer, withdraw_transfer):
        monkeypatch.setattr(verb, "lock", locked)
    looked, other_done = Event(), Event()
    held = _held_open(looked, wait_until_waited_for if locked else other_done.wait)
    monkeypatch.setattr(transfers, "_child", held)
    key = offer.public_id
    others: dict[str, Callable[[], object]] = {
        # Another class: that nobody is taken for a namesake decides nothing here.
        "accept": lambda: accept_transfer(also, key, grade=7, letter="Г"),
        "withdraw": lambda: withdraw_transfer(ours, key),
    }

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(ended, lambda: accept_transfer(theirs, key, grade=6, letter="В"))
        assert looked.wait(60)
        second = ended(others[other_way])
        other_done.set()
        ends = (first.result(), second)

    with seeing_all():
        there = Learner.objects.filter(owner=taker).count()
    if locked:
        assert (ends, there) == (("done", "transfer_over"), 1)
    else:
        # Both sides believe that their word holds.
        assert ends == ("done", "done")


def _held_open(looked: Event, wait: Callable[[], object]) -> Callable[..., object]:
    """Let the first who accepts wait before the child has a card."""
    make_child = transfers._child

    def held(*of: object, **how: object) -> object:
        if not looked.is_set():
            looked.set()
            wait()
        return make_child(*of, **how)  # type: ignore[arg-type]

    return held
