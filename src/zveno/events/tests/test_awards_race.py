"""Two clicks on two servers: diplomas, thanks and archives are made once.

In the controls nobody locks the event, or the batch.
"""

import base64
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import pytest
from django.db import transaction

from zveno.events.actions import (
    Other,
    Thanked,
    issue_certificates,
    issue_diplomas,
    issue_thanks,
    issuing,
    pack_batch,
    pack_part,
)
from zveno.events.models import AwardKind, Batch, BatchPart, Certificate, Event
from zveno.events.tests import make
from zveno.kernel import engines
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.tests.races import ended, seeing_all
from zveno.kernel.walls import scoped
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
PATIENCE = 60


def both(work: Callable[[], object]) -> list[str]:
    """Do ``work`` on two servers at once; tell how each ended."""
    ends: list[str] = []
    doing = [Thread(target=lambda: ends.append(ended(work))) for _ in range(2)]
    for one in doing:
        one.start()
    for one in doing:
        one.join()
    return sorted(ends)


def meeting(seconds: int) -> Callable[[], None]:
    """Return a place where whoever comes first waits for the other this long."""
    barrier = Barrier(2)

    def meet() -> None:
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=seconds)

    return meet


def meet_before_writing(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    signatory, meet = issuing._signatory, meeting(seconds)

    def signing(actor: Actor, event: Event) -> dict[str, str]:
        meet()
        return signatory(actor, event)

    monkeypatch.setattr(issuing, "_signatory", signing)


def diplomas() -> Callable[[], object]:
    with seeing_all():
        event = make.held()
        group = make.came(event, organisations.school(), children=2)
        awards = dict.fromkeys(group.places.values_list("public_id", flat=True), "winner")
        actor = people.coordinator(event.host)
    return partial(issue_diplomas, actor, event.public_id, awards=awards)


def thanks() -> Callable[[], object]:
    with seeing_all():
        event = make.held()
        make.came(event, organisations.school(), children=2)
        actor = people.coordinator(event.host)
    named = Thanked(others=[Other("Белова Ирина Андреевна", "инженер")])
    return partial(issue_thanks, actor, event.public_id, thanked=named)


def sheets(kind: str) -> int:
    with seeing_all():
        return Certificate.objects.filter(kind=kind).count()


def test_two_clicks_at_once_give_diplomas_once(monkeypatch: pytest.MonkeyPatch) -> None:
    meet_before_writing(monkeypatch, 1)

    ends = both(diplomas())

    assert ends == ["done", "nobody_to_award"]
    assert sheets(AwardKind.DIPLOMA) == 2


def test_without_the_lock_only_the_database_refuses_diplomas(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meet_before_writing(monkeypatch, PATIENCE)
    monkeypatch.setattr(issue_diplomas, "lock", False)

    assert both(diplomas()) == ["clash", "done"]
    assert sheets(AwardKind.DIPLOMA) == 2


def test_two_clicks_at_once_thank_once(monkeypatch: pytest.MonkeyPatch) -> None:
    meet_before_writing(monkeypatch, 1)

    ends = both(thanks())

    assert ends == ["done", "nobody_to_thank"]
    assert sheets(AwardKind.THANKS) == 1


def test_without_the_lock_only_the_database_refuses_thanks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meet_before_writing(monkeypatch, PATIENCE)
    monkeypatch.setattr(issue_thanks, "lock", False)

    assert both(thanks()) == ["clash", "done"]
    assert sheets(AwardKind.THANKS) == 1


def packed(monkeypatch: pytest.MonkeyPatch, seconds: int) -> tuple[list[str], int]:
    """Let two workers draw one archive at once; return how they ended, and of how many parts."""
    meet = meeting(seconds)

    def run(_engine: str, problem: dict[str, Any], **_: Any) -> dict[str, list[str]]:
        meet()
        return {"pdfs": [base64.b64encode(b"%PDF").decode() for _ in problem["sheets"]]}

    with transaction.atomic(), scoped(SYSTEM):
        event = make.held()
        make.came(event, organisations.school(), children=3)
        actor = people.coordinator(event.host)
    batch = issue_certificates(actor, event.public_id)
    pack_batch(actor, batch.public_id)
    monkeypatch.setattr(engines, "run", run)
    ends = both(partial(pack_part, actor, batch.public_id))
    with seeing_all():
        assert not Batch.objects.get().packing
        return ends, BatchPart.objects.count()


def test_two_workers_draw_a_part_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert packed(monkeypatch, 1) == (["done", "done"], 1)


def test_without_the_lock_both_draw_it_and_only_the_database_refuses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pack_part, "lock", False)

    assert packed(monkeypatch, PATIENCE) == (["clash", "done"], 1)
