"""An event is called off: who was coming is told, no child stays shown, the plan goes on."""

from datetime import timedelta

import pytest
from django.test import Client

from zveno.events.actions import (
    AlreadyHeld,
    IsCancelled,
    SomeAreHere,
    announce,
    cancel_event,
    change_event,
    hold_event,
    make_event,
)
from zveno.events.models import Event, Group, Place
from zveno.events.tests import make
from zveno.events.tests.test_planning import FACTS
from zveno.kernel import clock
from zveno.kernel.actor import NOBODY
from zveno.kernel.errors import NotAllowed
from zveno.kernel.models import Letter
from zveno.learners.models import Disclosure
from zveno.organisations.tests import make as organisations
from zveno.people.models import Notice, Post
from zveno.people.tests import make as people
from zveno.plan.actions import cancel_item
from zveno.plan.models import PlanItem
from zveno.plan.tests import make as plan

pytestmark = pytest.mark.django_db
WHY = "Ремонт лаборатории"


def announced() -> Event:
    item = plan.item()
    coordinator = people.coordinator(item.host)
    event = make_event(coordinator, item.public_id, facts=FACTS)
    announce(coordinator, event.public_id)
    return event


def called_off(event: Event) -> Event:
    cancel_event(people.coordinator(event.host), event.public_id, why=WHY)
    event.refresh_from_db()
    return event


def test_groups_that_come_and_that_wait_release_their_seats() -> None:
    event = make.event()
    coming = make.coming(event, organisations.school(), 2)
    waiting = make.group(event, state=Group.State.WAITING)
    Event.objects.filter(pk=event.pk).update(queued=waiting.seats)

    called_off(event)

    states = set(event.groups.values_list("state", "listed", "consented"))
    assert states == {(Group.State.RELEASED, 0, 0)}
    assert (event.taken, event.queued, event.cancelled_why) == (0, 0, WHY)
    assert not Place.objects.filter(group=coming).exists()


def test_the_host_reads_no_child_any_more() -> None:
    event = make.event()
    make.coming(event, organisations.school(), 2)
    assert Disclosure.objects.live().count() == 2

    called_off(event)

    assert not Disclosure.objects.live().exists()


def test_each_group_gets_a_letter_with_the_reason() -> None:
    event = make.event()
    for name in ("a", "b"):
        make.group(event, organisations.school(email=f"{name}@example.org"))

    called_off(event)

    letters = Letter.objects.order_by("to")
    assert [letter.to for letter in letters] == ["a@example.org", "b@example.org"]
    assert {WHY in letter.text for letter in letters} == {True}


def test_who_sends_and_who_would_have_met_them_get_a_notice() -> None:
    event = announced()
    school = organisations.school()
    make.group(event, school)
    sender = people.account(school, Post.Role.REPRESENTATIVE)
    teacher = people.account(event.host, Post.Role.TEACHER)

    called_off(event)

    told = Notice.objects.filter(title__contains="отменено").values_list("person", flat=True)
    assert set(told) == {sender.person_id, teacher.person_id}


def test_the_item_of_the_plan_may_move_be_cancelled_or_get_another_event() -> None:
    event = called_off(announced())
    item = event.plan_item
    assert item is not None
    item.refresh_from_db()
    assert (item.state, item.by_event) == (PlanItem.State.DATED, False)

    again = make_event(people.coordinator(item.host), item.public_id, facts=FACTS)

    assert (again.title, again.starts_at) == (event.title, event.starts_at)
    called_off(again)
    cancel_item(people.coordinator(item.host), item.public_id, reason=WHY)


def test_what_takes_place_is_not_called_off() -> None:
    event = make.event(starts_at=clock.now() - timedelta(hours=1))
    make.came(event, organisations.school(), 1)
    Event.objects.filter(pk=event.pk).update(came=1)

    with pytest.raises(SomeAreHere):
        called_off(event)


def test_what_is_over_is_not_called_off() -> None:
    with pytest.raises(AlreadyHeld):
        called_off(make.held())


@pytest.mark.parametrize("verb", ["announce", "change", "hold", "cancel"])
def test_nothing_more_happens_to_it(verb: str) -> None:
    event = called_off(announced())
    actor, key = people.coordinator(event.host), event.public_id
    verbs = {
        "announce": lambda: announce(actor, key),
        "change": lambda: change_event(actor, key, facts=FACTS),
        "hold": lambda: hold_event(actor, key),
        "cancel": lambda: cancel_event(actor, key, why=WHY),
    }

    with pytest.raises(IsCancelled):
        verbs[verb]()


def test_only_the_host_calls_it_off() -> None:
    event = make.event()

    with pytest.raises(NotAllowed):
        cancel_event(people.coordinator(organisations.college()), event.public_id, why=WHY)


def test_a_draft_called_off_stays_unseen() -> None:
    event = called_off(make.event(state=Event.State.DRAFT))

    assert not Event.objects.visible_to(NOBODY).exists()
    assert not Event.objects.public().exists()
    assert Client().get(f"/p/e/{event.public_id}/").status_code == 404


def signed_in(event: Event) -> Client:
    client = Client()
    client.force_login(people.account(event.host, Post.Role.COORDINATOR))
    return client


def test_the_page_says_what_follows_and_asks_why() -> None:
    event = announced()
    make.group(event)
    client, page = signed_in(event), f"/e/{event.public_id}/cancel/"

    text = client.get(page).text
    assert "1 группа получит письмо" in text
    assert "Освободятся 4 места" in text
    refused = client.post(page, {"why": " "})
    assert refused.status_code == 422
    done = client.post(page, {"why": WHY}, follow=True)

    assert f"Событие не состоится: {WHY}" in done.text
    assert f"Событие не состоится: {WHY}" in Client().get(f"/p/e/{event.public_id}/").text


def test_another_event_is_made_of_what_was_called_off_but_for_the_day() -> None:
    event = called_off(announced())
    assert event.plan_item is not None

    text = signed_in(event).get(f"/plan/items/{event.plan_item.public_id}/event/").text

    assert f'value="{FACTS.venue}"' in text
    assert "28.11.2026" not in text.partition('name="day"')[2].partition(">")[0]


def test_what_was_called_off_stands_among_the_past_and_asks_for_nothing() -> None:
    event = called_off(make.event(title="Проба станка"))
    client = signed_in(event)

    assert "Проба станка" not in client.get("/e/").text
    assert "Отменено" in client.get("/e/?state=held").text
    assert "Проба станка" not in client.get("/").text
    assert client.get(f"/check/{event.public_id}/").status_code == 302
