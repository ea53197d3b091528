"""An event gets another time: seats stay, whoever comes is told, asked, and answers."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.events.actions import (
    AlreadyHeld,
    BadTimes,
    EventNotOpen,
    IsCancelled,
    MovedToThePast,
    NewTime,
    SameEvent,
    SomeAreHere,
    StillDraft,
    agree_to_move,
    cancel_event,
    move_event,
)
from zveno.events.models import Event, Group, Place
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.errors import NotAllowed
from zveno.kernel.models import Letter
from zveno.learners.models import Disclosure
from zveno.organisations.tests import make as organisations
from zveno.people.models import Notice, Post
from zveno.people.tests import make as people
from zveno.plan.tests import make as plan

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def a_week_later(event: Event) -> NewTime:
    return NewTime(event.starts_at + WEEK, event.ends_at + WEEK, event.venue, "Ремонт лаборатории")


def moved(event: Event, new: NewTime | None = None) -> Event:
    coordinator = people.coordinator(event.host)
    move_event(coordinator, event.public_id, new=new or a_week_later(event))
    event.refresh_from_db()
    return event


def test_seats_and_lists_stay_and_the_host_reads_the_children_a_week_longer() -> None:
    event = make.event()
    group = make.coming(event, organisations.school(), 2)
    taken, starts = event.taken, event.starts_at

    moved(event)
    group.refresh_from_db()

    assert (event.taken, event.starts_at - starts, event.moved_from) == (taken, WEEK, starts)
    assert (group.state, Place.objects.filter(group=group).count()) == (Group.State.LISTED, 2)
    until = Disclosure.objects.live().values_list("until", flat=True)
    assert list(until) == [event.kept_until] * 2


def test_each_group_gets_a_letter_and_is_asked_who_meets_them_is_told() -> None:
    event = make.event()
    school = organisations.school(email="school@example.org")
    make.group(event, school)
    sender = people.account(school, Post.Role.REPRESENTATIVE)
    teacher = people.account(event.host, Post.Role.TEACHER)

    moved(event)

    letter = Letter.objects.get()
    assert (letter.to, "Ремонт лаборатории" in letter.text) == ("school@example.org", True)
    told = Notice.objects.filter(title__contains="Перенос").values_list("person", "kind")
    assert set(told) == {(sender.person_id, "decide"), (teacher.person_id, "changed")}


def test_who_agrees_has_answered_until_it_is_moved_again() -> None:
    event = make.event()
    group = make.group(event)
    sender = people.actor(group.sender)
    moved(event)
    group.refresh_from_db()
    assert group.answers_move

    for _ in range(2):
        agree_to_move(sender, group.public_id)
    group.refresh_from_db()
    first = group.agreed_at

    assert first is not None
    assert not Notice.objects.unread().filter(about__startswith="events.Move").exists()
    moved(event)
    group.refresh_from_db()
    assert (group.answers_move, group.agreed_at) == (True, None)


def test_who_registers_after_the_move_is_not_asked() -> None:
    event = moved(make.event())

    assert not make.group(event).answers_move


def test_the_item_of_the_plan_gets_the_day_and_counts_the_move() -> None:
    item = plan.item()
    event = make.event(cluster=item.plan.cluster, plan_item=item)

    moved(event)
    item.refresh_from_db()

    assert item.day == localtime(event.starts_at).date()


def test_to_where_it_is_nothing_moves() -> None:
    event = make.event()
    same = replace(a_week_later(event), starts_at=event.starts_at, ends_at=event.ends_at)

    assert moved(event, same).moved_at is None


def test_what_cannot_be_moved_is_refused() -> None:
    event = make.event()
    new = a_week_later(event)
    backwards = replace(new, ends_at=new.starts_at)
    past = replace(new, starts_at=clock.now() - WEEK)
    times = {"starts_at": new.starts_at, "ends_at": new.ends_at}
    make.event(cluster=event.cluster, title=event.title, **times)

    for wrong, refusal in ((backwards, BadTimes), (past, MovedToThePast), (new, SameEvent)):
        with pytest.raises(refusal):
            moved(event, wrong)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"state": Event.State.DRAFT}, StillDraft),
        ({"state": Event.State.HELD}, AlreadyHeld),
        ({"came": 1, "taken": 1}, SomeAreHere),
    ],
)
def test_only_what_is_announced_and_not_begun_is_moved(
    fields: dict[str, object], refusal: type[Exception]
) -> None:
    event = make.event(**fields)

    with pytest.raises(refusal):
        moved(event)


def test_what_was_called_off_is_neither_moved_nor_agreed_to() -> None:
    event = make.event()
    group = make.group(event)
    cancel_event(people.coordinator(event.host), event.public_id, why="Нет света")

    with pytest.raises(IsCancelled):
        moved(event)
    with pytest.raises(EventNotOpen):
        agree_to_move(people.actor(group.sender), group.public_id)


def test_nobody_else_moves_it_or_answers() -> None:
    event = make.event()
    group = make.group(event)
    stranger = people.actor(organisations.school())

    with pytest.raises(NotAllowed):
        move_event(stranger, event.public_id, new=a_week_later(event))
    with pytest.raises(NotAllowed):
        agree_to_move(people.coordinator(event.host), group.public_id)


def test_it_is_moved_on_the_page_answered_and_seen_by_all(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    event = make.event()
    group = make.group(event)
    host = people.account(event.host, Post.Role.COORDINATOR)
    day = localtime(event.starts_at).date() + WEEK
    typed = {"day": f"{day:%d.%m.%Y}", "starts": "10:00", "ends": "12:00", "why": "Ремонт"}
    page = reverse("events:move", args=[event.public_id])

    client.force_login(host)
    wrong = client.post(page, typed | {"venue": ""})
    client.post(page, typed | {"venue": "Актовый зал"})
    waits = client.get(reverse("events:event", args=[event.public_id])).text
    public = client.get(reverse("events:public", args=[event.public_id])).text
    client.force_login(people.account(group.sender))
    asked = client.get(reverse("events:done", args=[group.public_id])).text
    client.post(reverse("events:agree", args=[group.public_id]))
    client.force_login(host)
    with django_assert_max_num_queries(15):
        answered = client.get(reverse("events:event", args=[event.public_id])).text

    assert (wrong.status_code, "Ремонт" in wrong.text) == (422, True)
    assert "Не ответили о новом времени" in waits
    assert "Событие перенесено" in public
    assert "Придём в новое время" in asked
    assert "Придут в новое время" in answered
