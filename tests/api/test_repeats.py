"""A request sent twice is done once and answered twice."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from threading import Event as Signal
from typing import Any

import pytest
from django.db import connection, transaction

from tests.api.program import Program
from tests.world import CANARY
from zveno.events.models import Event, Group
from zveno.events.tests import make as events
from zveno.kernel import actions, clock, repeats
from zveno.kernel.actor import SYSTEM
from zveno.kernel.models import Entry
from zveno.kernel.walls import scoped
from zveno.network.actions import sending
from zveno.network.models import Party
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Link, Post

committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
THREADS, KEYS, TIMES = 8, 5, 8


def school_of(event: Event) -> tuple[Organisation, Program]:
    """Make a school and its program."""
    school = organisations.school()
    return school, Program.of(school, Post.Role.HEAD)


def reserve(program: Program, event: Event, school: Organisation, key: str, seats: int = 2) -> Any:
    """Ask for seats under a key."""
    body = {"sender": str(school.public_id), "seats": seats}
    address = f"/events/{event.public_id}/reserve-seats"
    return program.post(address, body, **{"Idempotency-Key": key})


@pytest.mark.django_db
def test_same_request_is_done_once_and_answered_twice() -> None:
    event = events.event()
    school, program = school_of(event)

    first = reserve(program, event, school, "a")
    second = reserve(program, event, school, "a")

    event.refresh_from_db()
    assert (first.status_code, first.content) == (201, second.content)
    assert second.status_code == 201
    assert event.taken == 2
    assert Entry.objects.filter(verb="events.reserve_seats").count() == 1


@pytest.mark.django_db
def test_same_key_with_another_body_is_refused() -> None:
    event = events.event()
    school, program = school_of(event)
    reserve(program, event, school, "a")

    answer = reserve(program, event, school, "a", seats=3)

    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")


@pytest.mark.django_db
def test_key_of_another_token_is_another_key() -> None:
    event = events.event()
    reserve(*school_of(event)[::-1][:1], event, organisations.school(), "a")
    school, program = school_of(event)

    assert reserve(program, event, school, "a").status_code == 201


@pytest.mark.django_db
def test_refused_request_keeps_no_key() -> None:
    event = events.event(capacity=2)
    school, program = school_of(event)
    full = events.group(event, seats=2)

    assert reserve(program, event, school, "a").json()["code"] == "event_full"
    Event.objects.filter(pk=event.pk).update(taken=0)
    full.delete()

    assert reserve(program, event, school, "a").status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", " ", "х", "x" * 256])
def test_key_that_cannot_be_read_is_refused(key: str) -> None:
    event = events.event()
    school, program = school_of(event)

    answer = reserve(program, event, school, key.encode().decode("latin-1"))

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_key")
    assert not Group.objects.exists()


@pytest.mark.django_db
def test_nothing_personal_is_kept_of_a_request() -> None:
    event = events.event()
    school, program = school_of(event)
    group = events.group(event, school)
    child = {"family_name": CANARY, "given_name": "Арина", "grade": 6}
    address = f"/groups/{group.public_id}/list-children"

    done = program.post(address, {"children": [child]}, **{"Idempotency-Key": f"{CANARY!a}"})

    assert done.status_code == 204
    kept = repeats.Repeat.objects.values().get()
    assert {type(value) for value in kept.values()} <= {int, str, type(clock.now()), type(None)}
    assert all(CANARY not in str(value) for value in kept.values())
    assert len(kept["request_hash"]) == 64


@pytest.mark.django_db
def test_keys_are_honoured_48_hours_and_forgotten_then() -> None:
    event = events.event()
    school, program = school_of(event)
    reserve(program, event, school, "a")

    with clock.travel(clock.now() + timedelta(hours=47, minutes=59)):
        assert repeats.forget_old() == 0
    with clock.travel(clock.now() + timedelta(hours=48, minutes=1)):
        assert repeats.forget_old() == 1


@committed
@pytest.mark.slow
def test_who_asks_while_the_first_is_being_done_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic(), scoped(SYSTEM):
        event = events.event()
        school, program = school_of(event)
    inside, go_on = Signal(), Signal()
    done = actions.Action._run

    def slow(*args: Any, **kwargs: Any) -> Any:
        inside.set()
        assert go_on.wait(60)
        return done(*args, **kwargs)

    monkeypatch.setattr(actions.Action, "_run", slow)
    monkeypatch.setattr(repeats, "PATIENCE", "200ms")
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(lambda: closing(lambda: reserve(program, event, school, "a")))
        assert inside.wait(60)
        second = reserve(program, event, school, "a")
        go_on.set()

    assert first.result().status_code == 201
    assert (second.status_code, second.json()["code"]) == (409, "still_running")


@committed
@pytest.mark.slow
def test_race_of_requests_does_each_once() -> None:
    links, answers = raced(KEYS, TIMES)

    assert links == KEYS
    assert set(answers) <= {204, 409}


@committed
@pytest.mark.slow
def test_without_the_key_taken_first_the_race_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    both_have_looked = Barrier(2)

    def look_then_do(person: int, credential: int, key_hash: str, request_hash: str) -> None:
        found = repeats.Repeat.objects.filter(key_hash=key_hash).exists()
        both_have_looked.wait(60)
        if found:
            raise repeats.AlreadyDone(None)

    monkeypatch.setattr(repeats, "_claim", look_then_do)

    links, _answers = raced(keys=1, times=2)

    assert links == 2


@committed
@pytest.mark.slow
def test_key_of_a_request_that_crashed_inside_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    invite = sending._invite
    failures = iter(range(KEYS))

    def sometimes(*args: Any) -> str:
        token = invite(*args)
        if next(failures, None) is not None:
            raise MemoryError
        return token

    monkeypatch.setattr(sending, "_invite", sometimes)
    monkeypatch.setattr(repeats, "PATIENCE", "60s")

    links, answers = raced(KEYS, TIMES)

    assert answers[500] == KEYS
    assert links == KEYS


def raced(keys: int, times: int) -> tuple[int, Counter[int]]:
    """Ask for ``keys`` new links, each ``times`` at once; return how many there were."""
    with transaction.atomic(), scoped(SYSTEM):
        cluster = network.cluster()
        network.member(cluster)
        agreement = network.agreement(cluster)
        party = Party.objects.filter(agreement=agreement).earliest("pk")
        program = Program.of(cluster.base)
        before = Link.objects.count()

    def renew(key: int) -> int:
        headers = {"Idempotency-Key": f"key-{key}"}
        answer = program.post(f"/parties/{party.public_id}/renew-link", **headers)
        return int(answer.status_code)

    with ThreadPoolExecutor(THREADS) as pool:
        tries = [pool.submit(closing, lambda key=n % keys: renew(key)) for n in range(keys * times)]  # type: ignore[misc]
        answers = Counter(one.result() for one in tries)
    with transaction.atomic(), scoped(SYSTEM):
        return Link.objects.count() - before, answers


def closing(work: Callable[[], Any]) -> Any:
    """Do something with a connection of its own."""
    try:
        return work()
    finally:
        connection.close()
