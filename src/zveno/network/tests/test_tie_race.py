"""Two sources tell of one member at once: both are counted."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest
from django.db import connections

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.tests.races import seeing_all, wait_until_waited_for
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


def counted(monkeypatch: pytest.MonkeyPatch) -> int:
    """Let two sources tell at once: who counts first ends when the other waits for its rows."""
    first, count = Lock(), TieQuerySet.recount

    def hold(rows: TieQuerySet) -> int:
        number = count(rows)
        if first.acquire(blocking=False):
            wait_until_waited_for()
        return number

    monkeypatch.setattr(TieQuerySet, "recount", hold)
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
    assert counted(monkeypatch) == 2


def test_without_the_lock_one_would_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(cluster: Cluster, organisations: Iterable[int]) -> None:
        pass

    monkeypatch.setattr(ties, "_lock", nothing)

    assert counted(monkeypatch) == 1
