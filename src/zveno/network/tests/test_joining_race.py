"""Two questions of one organisation accepted at once: it becomes a member once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from zveno.kernel.tests.races import ended, seeing_all, without_second_try
from zveno.network.actions import accept_joining, inviting, joining
from zveno.network.models import Joining, Membership
from zveno.network.tests import make
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
INN = "0010008859"


def at_once() -> tuple[list[str], int]:
    """Accept what a school has written, and what somebody wrote of it who has no account."""
    with seeing_all():
        cluster, school = make.cluster(), organisations.school(inn=INN)
        fields: dict[str, Any] = {
            "kind": "application",
            "email": "new@example.org",
            "answers": {"inn": INN},
        }
        asked = [make.joining(cluster, school, kind="application"), make.joining(cluster, **fields)]
        actor = people.coordinator(cluster.base)

    def accept(one: Joining) -> str:
        return ended(lambda: accept_joining(actor, one.public_id))

    with ThreadPoolExecutor(2) as pool:
        ends = sorted(pool.map(accept, asked))
    with seeing_all():
        return ends, Membership.objects.filter(cluster=cluster, organisation=school).count()


def let_meet(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """Let both meet, if they can, when they have seen no member and not stored theirs."""
    barrier, look = Barrier(2), inviting._require_outside

    def meet(*details: Any) -> None:
        look(*details)
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=seconds)

    monkeypatch.setattr(joining, "_require_outside", meet)


def test_the_second_is_told_of_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    let_meet(monkeypatch, seconds=1)

    assert at_once() == (["done", "member_already"], 1)


def test_without_the_lock_only_the_database_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: they do meet, and the exclusion constraint lets one of both pass."""
    without_second_try(monkeypatch)
    monkeypatch.setattr(joining, "_lock", lambda _cluster: None)
    let_meet(monkeypatch, seconds=60)

    assert at_once() == (["clash", "done"], 1)
