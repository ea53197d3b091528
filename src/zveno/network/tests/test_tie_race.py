"""Two sources tell of one member at once: both are counted."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connections, transaction

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.walls import scoped
from zveno.network.actions import Told, note_deeds, ties
from zveno.network.models import Cluster, Deed, Tie
from zveno.network.models.ties import TieQuerySet
from zveno.network.tests import make
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


@contextmanager
def seeing_all() -> Iterator[None]:
    with transaction.atomic(), scoped(SYSTEM):
        yield


def counted(monkeypatch: pytest.MonkeyPatch, seconds: int) -> int:
    """Let two sources tell at once and meet before they count; return what was counted."""
    barrier, count = Barrier(2), TieQuerySet.recount

    def meet(rows: TieQuerySet) -> int:
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=seconds)
        return count(rows)

    monkeypatch.setattr(TieQuerySet, "recount", meet)
    with seeing_all():
        cluster = make.cluster()
        school, coordinator = make.member(cluster), people.coordinator(cluster.base)
        Tie.objects.create(cluster=cluster, organisation=school)

    def tell(actor: Actor, source: str) -> None:
        told = Told(Deed.What.EVENT, source, clock.today(), {school.pk: 1})
        try:
            note_deeds(actor, cluster.public_id, told=told)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for job in [pool.submit(tell, coordinator, source) for source in ("one", "two")]:
            job.result()
    with seeing_all():
        return Tie.objects.get(organisation=school).events


def test_both_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert counted(monkeypatch, seconds=1) == 2


def test_without_the_lock_one_would_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(cluster: Cluster, organisations: Iterable[int]) -> None:
        pass

    monkeypatch.setattr(ties, "_lock", nothing)

    assert counted(monkeypatch, seconds=60) == 1
