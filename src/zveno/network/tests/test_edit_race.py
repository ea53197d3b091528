"""Two coordinators save the terms of a draft at once: one of both is told of the other."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Barrier, BrokenBarrierError

import pytest

from zveno.kernel.actor import Actor
from zveno.kernel.tests.races import ended, seeing_all
from zveno.network.actions import agreements, change_terms
from zveno.network.models import Agreement
from zveno.network.models.drafts import terms_of
from zveno.network.tests import make
from zveno.network.tests.test_agreement_drafts import TERMS, coordinator_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


def save(actor: Actor, agreement: Agreement, title: str) -> str:
    """Save as a server of its own would, having seen the draft as it was; tell how it ended."""
    terms = replace(TERMS, title=title)
    return ended(
        lambda: change_terms(actor, agreement.public_id, terms=terms, seen=terms_of(agreement))
    )


def at_once() -> list[str]:
    with seeing_all():
        agreement = make.agreement(state="draft")
        actor = coordinator_of(agreement)
    with ThreadPoolExecutor(2) as pool:
        titles = ["Первое", "Второе"]
        return sorted(pool.map(lambda title: save(actor, agreement, title), titles))


def let_meet(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """Let both meet, if they can, when they have read the draft and not stored theirs."""
    barrier, check = Barrier(2), agreements._check

    def meet(terms: agreements.Terms) -> None:
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=seconds)
        check(terms)

    monkeypatch.setattr(agreements, "_check", meet)


def test_the_second_is_told_of_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    let_meet(monkeypatch, seconds=1)

    assert at_once() == ["changed_meanwhile", "done"]


def test_without_the_lock_the_change_of_one_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: they do meet, and nobody is told."""
    monkeypatch.setattr(change_terms, "lock", False)
    let_meet(monkeypatch, seconds=60)

    assert at_once() == ["done", "done"]
