"""Seats are taken by one guarded UPDATE; a refusal is cheap and says what else can be done."""

import re
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from zveno.events.actions import (
    AlreadyRegistered,
    BadSeats,
    EventFull,
    EventNotOpen,
    SendsNoChildren,
    reserve_seats,
)
from zveno.events.models import Event, Group
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.errors import DomainError, NotAllowed, NotFound
from zveno.kernel.models import Entry, Letter
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


def test_seats_are_held_without_names_and_the_journal_remembers() -> None:
    event, school = make.event(), organisations.school()

    group = reserve_seats(people.actor(school), event.public_id, sender=school.public_id, seats=10)

    event.refresh_from_db()
    assert (event.taken, event.free) == (10, 2)
    assert (group.state, group.seats, group.sender) == (Group.State.RESERVED, 10, school)
    entry = Entry.objects.get()
    assert (entry.verb, entry.organisation) == ("events.reserve_seats", school.pk)
    assert entry.details == {"sender": None, "seats": None}


def test_both_sides_get_a_letter() -> None:
    event = make.event()
    event.host.email = "college@example.org"
    event.host.save()
    school = organisations.school(email="school@example.org")

    reserve_seats(people.actor(school), event.public_id, sender=school.public_id, seats=10)

    letters = {letter.to: letter for letter in Letter.objects.all()}
    assert set(letters) == {"college@example.org", "school@example.org"}
    assert "10 мест" in letters["school@example.org"].text
    assert re.search(r"/e/groups/[0-9a-f-]{36}/", letters["school@example.org"].text)
    assert school.name in letters["college@example.org"].text


@pytest.mark.parametrize(
    ("free", "words"),
    [(0, "Свободных мест нет"), (1, "Свободно только 1 место."), (2, "Свободно только 2 места.")],
)
def test_a_refusal_says_how_many_are_free(free: int, words: str) -> None:
    event, school = make.event(taken=12 - free), organisations.school()

    with pytest.raises(EventFull, match=re.escape(words)):
        reserve_seats(people.actor(school), event.public_id, sender=school.public_id, seats=3)


def test_a_refusal_asks_nothing_but_the_event(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    event, school = make.event(taken=12), organisations.school()
    actor = people.actor(school)

    # The event; the rest are the scope set and put back and the savepoint of the test.
    with django_assert_max_num_queries(6), pytest.raises(EventFull):
        reserve_seats(actor, event.public_id, sender=school.public_id, seats=1)


def test_a_reservation_asks_little(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    event, school = make.event(), organisations.school(email="school@example.org")
    actor = people.actor(school)

    with django_assert_max_num_queries(14):
        reserve_seats(actor, event.public_id, sender=school.public_id, seats=1)


def test_the_last_seats_go_to_whom_the_database_serves_first() -> None:
    event, school = make.event(), organisations.school()
    read_before_the_others_came = Event.objects.get(pk=event.pk)
    Event.objects.filter(pk=event.pk).update(taken=11)

    with pytest.raises(EventFull):
        reserve_seats.verb(
            people.actor(school), read_before_the_others_came, sender=school.public_id, seats=2
        )

    event.refresh_from_db()
    assert event.taken == 11


def test_nobody_gets_seats_of_an_event_that_closed_in_the_meantime() -> None:
    event, school = make.event(), organisations.school()
    read_while_open = Event.objects.get(pk=event.pk)
    Event.objects.filter(pk=event.pk).update(state=Event.State.HELD)

    with pytest.raises(EventNotOpen):
        reserve_seats.verb(people.actor(school), read_while_open, sender=school.public_id, seats=2)


@pytest.mark.parametrize("seats", [-5, 0, 13, 2**40])
def test_seats_make_sense(seats: int) -> None:
    event, school = make.event(), organisations.school()

    with pytest.raises(BadSeats):
        reserve_seats(people.actor(school), event.public_id, sender=school.public_id, seats=seats)

    event.refresh_from_db()
    assert event.taken == 0


def test_one_group_per_school_and_the_second_takes_no_seats() -> None:
    event, school = make.event(), organisations.school()
    actor = people.actor(school)
    reserve_seats(actor, event.public_id, sender=school.public_id, seats=4)

    with pytest.raises(AlreadyRegistered):
        reserve_seats(actor, event.public_id, sender=school.public_id, seats=4)

    event.refresh_from_db()
    assert event.taken == 4


def test_two_clicks_at_once_take_seats_once(monkeypatch: pytest.MonkeyPatch) -> None:
    event, school = make.event(), organisations.school()
    actor = people.actor(school)
    make.group(event, school, seats=4)
    monkeypatch.setattr("zveno.events.models.groups.GroupQuerySet.exists", lambda _rows: False)

    with pytest.raises(AlreadyRegistered):
        reserve_seats(actor, event.public_id, sender=school.public_id, seats=4)

    event.refresh_from_db()
    assert event.taken == 4


def test_a_school_that_gave_back_may_come_again() -> None:
    event, school = make.event(), organisations.school()
    make.group(event, school, state=Group.State.RELEASED)

    reserve_seats(people.actor(school), event.public_id, sender=school.public_id, seats=4)

    assert Group.objects.live().count() == 1


def test_nobody_registers_a_foreign_school() -> None:
    event, foreign = make.event(), organisations.school()

    for key in (foreign.public_id, uuid4()):
        with pytest.raises(NotFound):
            reserve_seats(people.actor(), event.public_id, sender=key, seats=4)


def test_a_teacher_of_the_school_does_not_send_it() -> None:
    event, school = make.event(), organisations.school()

    with pytest.raises(NotAllowed):
        reserve_seats(
            people.actor(school, Post.Role.TEACHER),
            event.public_id,
            sender=school.public_id,
            seats=4,
        )


def test_an_employer_sends_no_children() -> None:
    event, plant = make.event(), organisations.organisation("employer")

    with pytest.raises(SendsNoChildren):
        reserve_seats(people.actor(plant), event.public_id, sender=plant.public_id, seats=4)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"state": Event.State.DRAFT}, NotFound),
        ({"state": Event.State.HELD}, EventNotOpen),
        ({"starts_at": clock.now(), "ends_at": clock.now()}, EventNotOpen),
    ],
)
def test_only_an_open_event_takes_groups(
    change: dict[str, object], refusal: type[DomainError]
) -> None:
    if "ends_at" in change:
        change = {"starts_at": clock.now().replace(year=2020), "ends_at": clock.now()}
    event, school = make.event(**change), organisations.school()

    with pytest.raises(refusal):
        reserve_seats(people.actor(school), event.public_id, sender=school.public_id, seats=1)
