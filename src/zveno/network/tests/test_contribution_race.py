"""Two people confirm or return one contribution at once: it is counted, or taken away, once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from zveno.kernel.actor import Actor
from zveno.kernel.tests.races import ended, seeing_all
from zveno.network import actions
from zveno.network.models import Contribution, MoneyLine
from zveno.network.tests import make
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
GIVEN, BEFORE = Decimal(700), Decimal(5000)
Deed = Callable[[Actor, Contribution], None]


def confirm(actor: Actor, one: Contribution) -> None:
    actions.confirm_contribution(actor, one.public_id)


def send_back(actor: Actor, one: Contribution) -> None:
    actions.return_contribution(actor, one.public_id, reason="Акт не тот")


def at_once(deed: Deed, state: str) -> tuple[list[str], Decimal]:
    """Let two people of the receiver do the same; tell how it ended and what is counted."""
    with seeing_all():
        programme, giver = make.programme(), organisations.organisation("employer")
        line = make.money(programme, programme.begins.year, "partners", 0, int(BEFORE))
        one = make.contribution(programme, giver, given=GIVEN, state=state)
        actors = [people.coordinator(one.receiver), people.actor(one.receiver, Post.Role.HEAD)]
    with ThreadPoolExecutor(2) as pool:
        ends = sorted(pool.map(lambda actor: told(deed, actor, one), actors))
    with seeing_all():
        return ends, MoneyLine.objects.get(pk=line.pk).fact


def told(deed: Deed, actor: Actor, one: Contribution) -> str:
    """Do it as a server of its own would; tell how it ended."""
    return ended(lambda: deed(actor, one))


def let_meet(monkeypatch: pytest.MonkeyPatch, verb: Any, seconds: int) -> None:
    """Let both meet, if they can, when they have read the contribution and not changed it."""
    barrier, rule = Barrier(2), verb.rule

    def meet(actor: Actor, one: Contribution) -> bool:
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=seconds)
        return bool(rule(actor, one))

    monkeypatch.setattr(verb, "rule", meet)


CASES = [
    (confirm, actions.confirm_contribution, "given", BEFORE + GIVEN, BEFORE + 2 * GIVEN),
    (send_back, actions.return_contribution, "confirmed", BEFORE - GIVEN, BEFORE - 2 * GIVEN),
]


@pytest.mark.parametrize(("deed", "verb", "state", "once", "_twice"), CASES)
def test_one_of_two_does_it(
    monkeypatch: pytest.MonkeyPatch,
    deed: Deed,
    verb: Any,
    state: str,
    once: Decimal,
    _twice: Decimal,
) -> None:
    let_meet(monkeypatch, verb, seconds=1)

    assert at_once(deed, state) == (["done", "not_given"], once)


@pytest.mark.parametrize(("deed", "verb", "state", "_once", "twice"), CASES)
def test_without_the_lock_it_is_counted_twice(
    monkeypatch: pytest.MonkeyPatch,
    deed: Deed,
    verb: Any,
    state: str,
    _once: Decimal,
    twice: Decimal,
) -> None:
    """The control: both read it before one has changed it, and both count it."""
    monkeypatch.setattr(verb, "lock", False)
    let_meet(monkeypatch, verb, seconds=60)

    assert at_once(deed, state) == (["done", "done"], twice)
