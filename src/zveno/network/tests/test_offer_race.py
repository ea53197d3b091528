"""Two agreed to at once, of what is enough for one: one of them is."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest

from zveno.kernel.actor import Actor
from zveno.kernel.tests.races import ended, seeing_all
from zveno.network.actions import NotEnoughLeft, agree_on, offers
from zveno.network.models import Interest, Offer
from zveno.network.tests import make
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


def agree(actor: Actor, interest: Interest) -> str:
    """Agree as a server of its own would; tell how it ended."""
    return ended(lambda: agree_on(actor, interest.public_id))


def at_once() -> list[str]:
    with seeing_all():
        cluster = make.cluster()
        schools = [make.member(cluster), make.member(cluster)]
        make.agreement(cluster, signed=3)
        offer = make.offer(cluster, quantity=10)
        interests = [make.interest(offer, school, amount=8) for school in schools]
        actor = people.coordinator(cluster.base)
    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(lambda interest: agree(actor, interest), interests))


def test_one_of_two_gets_what_is_enough_for_one() -> None:
    assert at_once() == ["done", "not_enough_left"]


def test_counted_first_and_stored_later_both_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: counted and stored by two statements, more is agreed on than there is."""
    barrier = Barrier(2)

    def read_then_write(offer: Offer, amount: int) -> None:
        offer.refresh_from_db(fields=["taken"])
        if offer.left < amount:
            raise NotEnoughLeft(left=offer.left)
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=60)
        Offer.objects.filter(pk=offer.pk).update(taken=offer.taken + amount)

    monkeypatch.setattr(offers, "_take", read_then_write)

    assert at_once() == ["done", "done"]
