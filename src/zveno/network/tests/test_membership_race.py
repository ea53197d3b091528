"""Two members made the operator at once: one of them is."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connections, transaction

from zveno.kernel import clock
from zveno.kernel.actions import Clash
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.walls import scoped
from zveno.network.actions import OperatorThere, change_role, memberships
from zveno.network.models import Membership
from zveno.network.tests import make
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
ROLE = "methodical_operator"


@contextmanager
def seeing_all() -> Iterator[None]:
    with transaction.atomic(), scoped(SYSTEM):
        yield


def promote(actor: Actor, member: Membership) -> str:
    """Make a member the operator as a server of its own would; tell how it ended."""
    try:
        change_role(actor, member.public_id, role=ROLE, day=clock.today())
    except (OperatorThere, Clash) as refusal:
        return refusal.code
    finally:
        connections.close_all()
    return "done"


def at_once() -> list[str]:
    with seeing_all():
        cluster = make.cluster()
        make.member(cluster)
        make.member(cluster)
        members = list(cluster.memberships.filter(role="member"))
        actor = people.coordinator(cluster.base)
    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(lambda member: promote(actor, member), members))


def let_meet(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """Let both meet, if they can, when they have looked for an operator and not stored theirs."""
    barrier, turn = Barrier(2), memberships._turn

    def meet(*details: Any) -> Membership:
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=seconds)
        return turn(*details)

    monkeypatch.setattr(memberships, "_turn", meet)


def test_the_second_is_told_of_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    let_meet(monkeypatch, seconds=1)

    assert at_once() == ["done", "operator_there"]


def test_without_the_lock_both_look_before_one_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: they do meet, and then only the database tells the second."""
    monkeypatch.setattr(memberships, "_lock", lambda _cluster: None)
    let_meet(monkeypatch, seconds=60)

    assert at_once() == ["clash", "done"]
