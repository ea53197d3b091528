"""Two clicks, two servers, a failure in the middle: certificates are issued once, without gaps."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connections, transaction

from zveno.documents.models import Number
from zveno.events.actions import NothingToIssue, issue_certificates, issuing
from zveno.events.models import Certificate, Event
from zveno.events.tests import make
from zveno.kernel.actions import Clash
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.walls import scoped
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


def held(**changes: Any) -> tuple[Event, Actor]:
    with transaction.atomic(), scoped(SYSTEM):
        event = make.held(**changes)
        make.came(event, organisations.school(), children=3)
        return event, people.coordinator(event.host)


def issue(event: Event, actor: Actor) -> type[Exception] | None:
    """Issue as a server of its own would; return what stopped it."""
    try:
        issue_certificates(actor, event.public_id)
    except (NothingToIssue, Clash, RuntimeError) as stopped:
        return type(stopped)
    finally:
        connections.close_all()
    return None


def at_once(work: list[Callable[[], type[Exception] | None]]) -> list[type[Exception] | None]:
    with ThreadPoolExecutor(len(work)) as pool:
        return [job.result() for job in [pool.submit(one) for one in work]]


signatory = issuing._signatory


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two issuers meet between reading who came and writing, if they can."""
    let_meet(monkeypatch, seconds=1)


def let_meet(monkeypatch: pytest.MonkeyPatch, *, seconds: int) -> None:
    """Let whoever comes first wait for the other this long."""
    barrier = Barrier(2)

    def meet(actor: Actor, event: Event) -> dict[str, str]:
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=seconds)
        return signatory(actor, event)

    monkeypatch.setattr(issuing, "_signatory", meet)


@pytest.mark.usefixtures("meeting")
def test_two_clicks_at_once_issue_once() -> None:
    event, actor = held()

    ends = at_once([partial(issue, event, actor)] * 2)

    assert sorted(ends, key=str) == [NothingToIssue, None]
    with transaction.atomic(), scoped(SYSTEM):
        assert Certificate.objects.count() == 3
        assert sorted(Number.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_without_the_lock_both_would_issue_and_only_the_database_refuses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    event, actor = held()
    monkeypatch.setattr(issue_certificates, "lock", False)
    let_meet(monkeypatch, seconds=60)

    ends = at_once([partial(issue, event, actor)] * 2)

    assert sorted(ends, key=str) == [Clash, None]


def test_issues_that_fail_leave_no_gap_between_those_that_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, actor = held()
    made = [held(cluster=first.cluster, title=f"Проба {n}")[0] for n in range(5)]
    tell, failing = issuing._write_to, {first.pk, made[2].pk}

    def tell_some(batch: Any, places: Any) -> None:
        if batch.event_id in failing:
            raise RuntimeError
        tell(batch, places)

    monkeypatch.setattr(issuing, "_write_to", tell_some)
    ends = at_once([partial(issue, event, actor) for event in [first, *made]])

    assert sorted(ends, key=str).count(RuntimeError) == len(failing)
    with transaction.atomic(), scoped(SYSTEM):
        taken = Number.objects.order_by("number").values_list("number", flat=True)
        assert list(taken) == list(range(1, 3 * 4 + 1))
