"""A token may ask so often in a minute; then it is told when to go on."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.api.program import Program, token_of
from zveno.config.rest import api
from zveno.kernel import clock, pace
from zveno.kernel.models import Entry
from zveno.kernel.pace import Pace
from zveno.network.tests import make as network
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
MOST = 3


@pytest.fixture(autouse=True)
def at_the_beginning_of_a_minute(settings: Any) -> Iterator[None]:
    settings.API_RATE = MOST
    with clock.travel(clock.now().replace(second=0, microsecond=0) + timedelta(minutes=1)):
        yield


def test_token_that_asks_too_often_is_told_when_to_go_on() -> None:
    program = Program(token_of(people.account()))

    answers = [program.get("/token") for _ in range(MOST + 2)]

    assert [one.status_code for one in answers] == [200] * MOST + [429] * 2
    assert answers[-1].json()["code"] == "too_many_requests"
    wait = int(answers[-1]["Retry-After"])
    assert 1 <= wait <= 61
    with clock.travel(clock.now() + timedelta(seconds=wait)):
        assert program.get("/token").status_code == 200


def test_tokens_of_one_person_do_not_hold_each_other_back() -> None:
    account = people.account()
    first, second = Program(token_of(account)), Program(token_of(account))

    answers = [first.get("/token").status_code for _ in range(MOST + 1)]

    assert answers[-1] == 429
    assert second.get("/token").status_code == 200


def test_what_changes_something_counts_and_is_not_done_when_it_is_too_much() -> None:
    cluster = network.cluster()
    network.member(cluster)
    party = network.agreement(cluster).parties.earliest("pk")
    program = Program(token_of(people.account(cluster.base, Post.Role.COORDINATOR)))
    path = f"/parties/{party.public_id}/renew-link"

    answers = [program.post(path).status_code for _ in range(MOST + 1)]

    assert answers == [204] * MOST + [429]
    assert Entry.objects.filter(verb="network.renew_link").count() == MOST


def test_who_is_not_known_is_not_counted() -> None:
    Program("zveno_of_nobody").get("/token")
    Program().get("/token")

    assert not Pace.objects.exists()


def test_nobody_is_counted_without_a_bound(settings: Any) -> None:
    settings.API_RATE = 0
    program = Program(token_of(people.account()))

    assert {program.get("/token").status_code for _ in range(MOST + 2)} == {200}
    assert not Pace.objects.exists()


def test_counts_of_tokens_that_ask_no_more_are_forgotten() -> None:
    Program(token_of(people.account())).get("/token")

    with clock.travel(clock.now() + pace.KEPT + timedelta(minutes=2)):
        assert pace.forget_old() == 1


def test_every_address_for_tokens_tells_of_it() -> None:
    for path, methods in api.schema["paths"].items():
        for operation in methods.values():
            if operation.get("security"):
                told = operation["responses"]["429"]
                assert told["headers"]["Retry-After"]["schema"]["type"] == "integer", path
