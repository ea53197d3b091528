"""Two colleagues answer one offer; kept seats are there whoever comes first."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest

from zveno.events.actions import accept_offer, give_back, passing, reserve_seats
from zveno.events.models import Event, Group, Quota
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.tests.races import ended, seeing_all, wait_until_waited_for
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
STRANGERS = 16


def declined_while_accepted(monkeypatch: pytest.MonkeyPatch) -> tuple[str, str, int, str]:
    """Let one decline, and another accept before that is over.

    Return the two codes, the seats taken, and the state of the group.
    """
    with seeing_all():
        event = make.event()
        group = make.group(event, state=Group.State.OFFERED, offered_until=event.starts_at)
        first, second = people.actor(group.sender), people.actor(group.sender)
    passed_on, declining = passing._move_up, threading.Event()

    def slowly(actor: Actor, event: Event) -> None:
        declining.set()
        wait_until_waited_for()
        passed_on(actor, event)

    monkeypatch.setattr(passing, "_move_up", slowly)
    with ThreadPoolExecutor(2) as pool:
        no = pool.submit(ended, partial(give_back, first, group.public_id))
        assert declining.wait(60)
        yes = pool.submit(ended, partial(accept_offer, second, group.public_id))
        codes = no.result(), yes.result()
    with seeing_all():
        group = Group.objects.select_related("event").get(pk=group.pk)
        return *codes, group.event.taken, group.state


def test_one_answer_to_an_offer_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = declined_while_accepted(monkeypatch)

    assert outcome == ("done", "nothing_offered", 0, Group.State.RELEASED)


def test_without_the_lock_a_group_comes_without_seats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passing, "_locked", lambda group: Event.objects.get(pk=group.event_id))

    outcome = declined_while_accepted(monkeypatch)

    assert outcome == ("done", "done", 0, Group.State.RESERVED)


def keeping(kept: int) -> tuple[Event, Organisation, list[Organisation]]:
    """Make an event of ten seats, four of them for a member; and many who want one each."""
    with seeing_all():
        event = make.event(capacity=10, kept=kept, members_until=clock.now() + timedelta(days=1))
        houses = [network.member(event.cluster) for _ in range(1 + STRANGERS)]
        Quota.objects.create(event=event, organisation=houses[0], seats=4)
        return event, houses[0], houses[1:]


def coming(event: Event, house: Organisation, seats: int) -> Callable[[], str]:
    with seeing_all():
        actor = people.actor(house)
    reserve = partial(reserve_seats, actor, event.public_id, sender=house.public_id, seats=seats)
    return partial(ended, reserve)


def test_kept_seats_are_there_whoever_comes_first() -> None:
    event, mine, others = keeping(4)
    tries = [coming(event, house, 1) for house in others]
    own = coming(event, mine, 4)

    with ThreadPoolExecutor(STRANGERS + 1) as pool:
        came = [pool.submit(attempt) for attempt in [*tries, own]]
        *strangers, member = [one.result() for one in came]

    event.refresh_from_db()
    assert (member, Counter(strangers)) == ("done", {"done": 6, "event_full": 10})
    assert (event.taken, event.kept) == (10, 0)


def test_seats_that_are_not_counted_as_kept_are_taken() -> None:
    event, mine, others = keeping(0)
    tries = [coming(event, house, 1) for house in others]
    own = coming(event, mine, 4)

    with ThreadPoolExecutor(STRANGERS) as pool:
        strangers = Counter(one.result() for one in [pool.submit(attempt) for attempt in tries])

    assert strangers == {"done": 10, "event_full": 6}
    assert own() == "event_full"
