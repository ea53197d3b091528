"""How an event was: one tap, nobody known, few answers told to nobody."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from zveno.events.actions import (
    AllHaveSaid,
    NoSuchWord,
    NotAnnounced,
    NotAskedNow,
    Said,
    ask_how_it_was,
    say_how_it_was,
)
from zveno.events.models import Event, Reply, opinion_of
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.models.credentials import actor_of
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


def asked(event: Event) -> str:
    return ask_how_it_was(people.coordinator(event.host), event.public_id)


def say(
    event: Event, liked: int = 5, key: UUID | None = None, curious: str = "", again: str = ""
) -> None:
    said = Said(key or uuid4(), liked, curious, again)
    say_how_it_was(actor_of(asked(event)), event.public_id, said=said)


def page(event: Event) -> str:
    return reverse("events:how_it_was", args=[asked(event)])


def test_the_address_is_the_same_however_often_it_is_asked_for() -> None:
    event = make.held()

    assert asked(event) == asked(event)
    assert asked(event) != asked(make.held())


def test_only_the_host_asks_and_not_of_a_draft() -> None:
    event = make.held()

    with pytest.raises(NotAllowed):
        ask_how_it_was(people.actor(), event.public_id)
    with pytest.raises(NotFound):
        ask_how_it_was(people.coordinator(event.host), uuid4())
    with pytest.raises(NotAnnounced):
        asked(make.event(state=Event.State.DRAFT))


def test_who_was_not_there_says_nothing() -> None:
    event, other = make.held(), make.held()

    with pytest.raises(NotAllowed):
        say_how_it_was(actor_of(asked(other)), event.public_id, said=Said(uuid4(), 5))


def test_what_is_said_in_steps_is_one_answer() -> None:
    event, key = make.held(), uuid4()

    say(event, 4, key)
    say(event, 4, key, curious="yes")
    say(event, 4, key, curious="yes", again="no")

    [reply] = Reply.objects.all()
    event.refresh_from_db()
    assert (reply.liked, reply.curious, reply.again, event.answered) == (4, "yes", "no", 1)


def test_there_are_no_more_answers_than_seats() -> None:
    event = make.held(capacity=2)
    say(event)
    say(event)

    with pytest.raises(AllHaveSaid):
        say(event)
    assert Reply.objects.count() == 2


def test_before_it_begins_nothing_is_said_and_a_week_after_it_the_address_is_closed() -> None:
    for days, refusal in ((2, NotAskedNow), (-9, NotAllowed)):
        start = clock.now() + timedelta(days=days)
        event = make.event(starts_at=start, ends_at=start + timedelta(hours=2))
        with pytest.raises(refusal):
            say(event)


@pytest.mark.parametrize(("liked", "curious"), [(6, ""), (0, ""), (5, "perhaps")])
def test_what_stands_on_no_page_is_no_answer(liked: int, curious: str) -> None:
    with pytest.raises(NoSuchWord):
        say(make.held(), liked, curious=curious)


def test_few_answers_are_told_to_nobody() -> None:
    event = make.held(came=6, taken=6)
    host = people.coordinator(event.host)
    for _ in range(4):
        say(event)
    assert not opinion_of(host, event).is_told

    say(event, 2, again="yes")

    told = opinion_of(host, event)
    assert (told.answered, told.mean, told.pleased, told.again) == (5, 4.4, None, None)


def test_the_host_and_schools_that_sent_a_group_read_what_was_said() -> None:
    event = make.held()
    group = make.group(event)
    for _ in range(5):
        say(event)

    assert opinion_of(people.coordinator(event.host), event).answered == 5
    assert opinion_of(people.actor(group.sender), event).answered == 5
    assert opinion_of(people.actor(organisations.school()), event).answered is None


def test_a_child_answers_in_three_taps_without_an_account() -> None:
    event, child = make.held(), Client()
    address = page(event)
    key = re.search(r'name="key" value="([^"]+)"', child.get(address).content.decode())
    assert key

    said = {"key": key[1], "liked": "5"}
    first = child.post(address, said).content.decode()
    second = child.post(address, said | {"curious": "yes"}).content.decode()
    third = child.post(address, said | {"curious": "yes", "again": "yes"}).content.decode()

    assert "Спасибо!" in first
    assert 'name="curious"' in first
    assert 'name="again"' in second
    assert 'name="liked"' not in third
    assert Reply.objects.get().again == "yes"


def test_a_tap_that_says_nothing_is_asked_again() -> None:
    answer = Client().post(page(make.held()), {"key": "x", "liked": "9"})

    assert answer.status_code == 422
    assert "Выберите один из ответов." in answer.content.decode()


def test_an_address_that_nobody_gave_out_leads_nowhere() -> None:
    assert Client().get(reverse("events:how_it_was", args=["x" * 32])).status_code == 404


def test_the_host_shows_the_code_and_few_queries_are_asked(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    event = make.held()
    client = Client()
    client.force_login(people.account(event.host, Post.Role.COORDINATOR))
    address = reverse("events:feedback", args=[event.public_id])

    shown = client.post(address).content.decode()
    question = page(event)

    assert question in shown
    assert "<svg" in shown
    with django_assert_max_num_queries(11):
        client.get(address)
    with django_assert_max_num_queries(6):
        Client().get(question)


def test_a_stranger_hears_no_opinion() -> None:
    event = make.held()
    client = Client()
    client.force_login(people.account(organisations.school(), Post.Role.TEACHER))

    assert client.get(reverse("events:feedback", args=[event.public_id])).status_code == 403
