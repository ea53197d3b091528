"""Coordinators of two clusters ask one organisation at once: it is asked once a day."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from zveno.kernel.actor import Actor
from zveno.kernel.tests.races import ended, seeing_all
from zveno.network.actions import ask_to_check, checks
from zveno.network.models import Cluster, YearCheck
from zveno.network.tests import make
from zveno.people.models import Notice
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


def ask(actor: Actor, cluster: Cluster) -> str:
    """Ask as a server of its own would; tell how it ended."""
    return ended(lambda: ask_to_check(actor, cluster.public_id))


def at_once() -> tuple[list[str], int]:
    """Let two clusters ask their common school; tell how it ended and how often it was told."""
    with seeing_all():
        clusters = [make.cluster(), make.cluster()]
        school = make.member(clusters[1], make.member(clusters[0]))
        make.check(school)
        people.actor(school)
        actors = [people.coordinator(cluster.base) for cluster in clusters]
    with ThreadPoolExecutor(2) as pool:
        ends = sorted(pool.map(ask, actors, clusters))
    with seeing_all():
        return ends, Notice.objects.count()


def test_one_of_two_asks() -> None:
    assert at_once() == (["done", "nobody_to_ask"], 1)


def test_who_looks_first_and_notes_it_later_asks_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: both see that nobody was asked today before one has noted it."""
    barrier = Barrier(2)

    def look_then_note(organisations: list[int], year: int, today: Any) -> list[YearCheck]:
        rows = YearCheck.objects.waiting().filter(organisation__in=organisations, year=year)
        asked = list(rows.exclude(reminded_on__gte=today).select_related("organisation"))
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=60)
        rows.update(reminded_on=today)
        return asked

    monkeypatch.setattr(checks, "_take_turn", look_then_note)

    assert at_once() == (["done", "done"], 2)
