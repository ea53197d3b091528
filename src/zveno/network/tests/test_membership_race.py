"""Two members made the operator at once: one of them is."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from zveno.kernel import clock
from zveno.kernel.tests.races import ended, seeing_all, without_second_try
from zveno.network.actions import change_role, memberships
from zveno.network.models import Membership
from zveno.network.tests import make
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
ROLE = "methodical_operator"


def at_once() -> list[str]:
    with seeing_all():
        cluster = make.cluster()
        make.member(cluster)
        make.member(cluster)
        members = list(cluster.memberships.filter(role="member"))
        actor = people.coordinator(cluster.base)

    def promote(member: Membership) -> str:
        key, day = member.public_id, clock.today()
        return ended(lambda: change_role(actor, key, role=ROLE, day=day))

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(promote, members))


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
    without_second_try(monkeypatch)
    monkeypatch.setattr(memberships, "_lock", lambda _cluster: None)
    let_meet(monkeypatch, seconds=60)

    assert at_once() == ["clash", "done"]
