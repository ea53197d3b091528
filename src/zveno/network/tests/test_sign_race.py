"""Two last signers at once: one number, in force once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connections

from zveno.documents.actions import Upload
from zveno.documents.models import Number
from zveno.kernel.actor import Actor
from zveno.kernel.models import Letter
from zveno.kernel.tests.races import seeing_all
from zveno.network import actions
from zveno.network.actions import signatures
from zveno.network.models import Agreement, Party
from zveno.network.tests import make
from zveno.people.models import Post, notify
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
SCAN = Upload("scan.pdf", "application/pdf", b"%PDF-1.4 scan")


def last_two() -> list[tuple[Actor, Party]]:
    """Make an agreement that waits for its only two parties, and their heads."""
    with seeing_all():
        cluster = make.cluster()
        make.member(cluster)
        parties = make.agreement(cluster).parties.order_by("place")
        return [(people.actor(party.organisation, Post.Role.HEAD), party) for party in parties]


def sign(actor: Actor, party: Party) -> None:
    """Sign as a server of its own would."""
    try:
        actions.sign_by_scan(actor, party.public_id, upload=SCAN)
    finally:
        connections.close_all()


def at_once(signers: list[tuple[Actor, Party]]) -> Agreement:
    with ThreadPoolExecutor(len(signers)) as pool:
        for job in [pool.submit(sign, *signer) for signer in signers]:
            job.result()
    with seeing_all():
        return Agreement.objects.get()


@pytest.fixture(autouse=True)
def meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two signers meet when they have counted the signatures and not stored it, if they can."""
    let_meet(monkeypatch, seconds=1)


def let_meet(monkeypatch: pytest.MonkeyPatch, *, seconds: int) -> None:
    """Let whoever comes first wait for the other this long."""
    barrier = Barrier(2)

    def meet(*details: Any) -> None:
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=seconds)
        notify(*details)

    monkeypatch.setattr(signatures, "notify", meet)


def test_one_of_the_two_is_the_last() -> None:
    agreement = at_once(last_two())

    assert (agreement.state, agreement.signed) == (Agreement.State.IN_FORCE, 2)
    with seeing_all():
        assert list(Number.objects.values_list("number", flat=True)) == [1]
        told = Letter.objects.filter(about=f"network.Agreement:{agreement.pk}")
        assert told.count() == 2


def test_without_the_lock_neither_would_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signatures, "_alone", lambda key: Agreement.objects.get(pk=key))
    let_meet(monkeypatch, seconds=60)

    agreement = at_once(last_two())

    assert (agreement.state, agreement.signed) == (Agreement.State.OUT_FOR_SIGNATURE, 1)


def test_one_party_sent_twice_signs_once() -> None:
    signer, _other = last_two()

    with pytest.raises(actions.AlreadySigned):
        at_once([signer, signer])

    with seeing_all():
        assert Agreement.objects.get().signed == 1
