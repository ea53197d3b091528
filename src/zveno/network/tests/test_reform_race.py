"""One cluster taken up by another while that one is taken up by it: one of both happens."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db.models import Q

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.tests.races import ended, seeing_all
from zveno.network.actions import merge_cluster, reforms
from zveno.network.models import Cluster
from zveno.network.tests import make
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


def merge(actor: Actor, pair: tuple[Cluster, Cluster]) -> str:
    source, target = pair
    day, into = clock.today(), target.public_id
    return ended(lambda: merge_cluster(actor, source.public_id, into=into, day=day))


def at_once() -> tuple[list[str], int]:
    """Merge two clusters of one college into each other; count those that are left."""
    with seeing_all():
        college = organisations.college()
        one, two = make.cluster(college), make.cluster(college)
        make.member(one)
        make.member(two)
        actor = people.coordinator(college)
    with ThreadPoolExecutor(2) as pool:
        ends = sorted(pool.map(lambda pair: merge(actor, pair), [(one, two), (two, one)]))
    with seeing_all():
        return ends, Cluster.objects.live().count()


def let_meet(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """Let both meet, if they can, when they have read both clusters and changed nothing."""
    barrier, look = Barrier(2), reforms._require_both

    def meet(*details: Any) -> None:
        look(*details)
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=seconds)

    monkeypatch.setattr(reforms, "_require_both", meet)


def unlocked(which: Q) -> dict[int, Cluster]:
    return {row.pk: row for row in Cluster.objects.filter(which).select_related("base")}


@pytest.mark.parametrize(
    ("read", "seconds", "expected"),
    [
        (reforms._locked, 1, (["cluster_closed", "done"], 1)),
        (unlocked, 60, (["done", "done"], 0)),
    ],
    ids=["one of both", "control: without the locks both, and no cluster is left"],
)
def test_two_clusters_taken_up_by_each_other(
    monkeypatch: pytest.MonkeyPatch,
    read: Callable[[Q], dict[int, Cluster]],
    seconds: int,
    expected: tuple[list[str], int],
) -> None:
    monkeypatch.setattr(reforms, "_locked", read)
    let_meet(monkeypatch, seconds)

    assert at_once() == expected
