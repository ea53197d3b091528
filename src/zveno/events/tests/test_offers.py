"""Seats that came free are offered for a time; lists that do not come let seats go."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from zveno.events.actions import (
    BadLeast,
    NothingOffered,
    accept_offer,
    give_back,
    join_waiting_list,
    list_children,
    reserve_seats,
)
from zveno.events.models import Event, Group
from zveno.events.tasks import tend_registration
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.models import Letter
from zveno.learners.models import Child
from zveno.organisations.tests import make as organisations
from zveno.people.models import Notice
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Let time pass, and Zveno do what it does by itself."""
    passed = timedelta()
    real = clock.now

    def pass_time(more: timedelta) -> None:
        nonlocal passed
        passed += more
        tend_registration.func(0)

    def now() -> datetime:
        return real() + passed

    monkeypatch.setattr(clock, "now", now)
    return pass_time


def waiting(event: Event, seats: int, least: int | None = None) -> Group:
    """Make a school wait."""
    school = organisations.school(email="waits@example.org")
    actor = people.actor(school)
    sender = school.public_id
    return join_waiting_list(actor, event.public_id, sender=sender, seats=seats, least=least)


def offered(event: Event, seats: int = 3) -> Group:
    """Let a full event get ``seats`` seats back and offer them."""
    group = make.group(event, seats=event.free)
    waits = waiting(event, seats)
    give_back(people.actor(group.sender), group.public_id)
    return Group.objects.get(pk=waits.pk)


def test_an_offer_that_is_accepted_is_a_reservation() -> None:
    event = make.event()
    group = offered(event)

    accept_offer(people.actor(group.sender), group.public_id)

    group.refresh_from_db()
    event.refresh_from_db()
    assert (group.state, event.taken) == (Group.State.RESERVED, 3)
    with pytest.raises(NothingOffered):
        accept_offer(people.actor(group.sender), group.public_id)


def test_an_offer_that_is_declined_goes_to_the_next() -> None:
    event = make.event()
    group, next_one = offered(event, 12), waiting(event, 5)

    give_back(people.actor(group.sender), group.public_id)

    event.refresh_from_db()
    next_one.refresh_from_db()
    assert (next_one.state, event.taken, event.queued) == (Group.State.OFFERED, 5, 0)


def test_an_offer_nobody_answers_goes_to_the_next(later: Callable[[timedelta], None]) -> None:
    event = make.event()
    group, next_one = offered(event, 12), waiting(event, 5)

    later(47 * HOUR)
    assert Group.objects.get(pk=group.pk).state == Group.State.OFFERED
    later(2 * HOUR)

    states = [Group.objects.get(pk=one.pk).state for one in (group, next_one)]
    assert states == [Group.State.RELEASED, Group.State.OFFERED]
    with pytest.raises(NothingOffered):
        accept_offer(people.actor(group.sender), group.public_id)


def test_no_offer_lasts_longer_than_until_the_event() -> None:
    soon = clock.now() + 5 * HOUR
    event = make.event(starts_at=soon, ends_at=soon + HOUR)

    assert offered(event).offered_until == soon


def test_a_group_that_would_come_with_fewer_is_offered_fewer() -> None:
    event = make.event()
    group = make.group(event, seats=4)
    make.group(event, seats=8)
    waits = waiting(event, 10, least=3)

    give_back(people.actor(group.sender), group.public_id)

    waits.refresh_from_db()
    event.refresh_from_db()
    assert (waits.state, waits.seats) == (Group.State.OFFERED, 4)
    assert (event.taken, event.queued) == (12, 0)


@pytest.mark.parametrize("least", [0, 5])
def test_fewer_is_one_at_least_and_no_more_than_asked_for(least: int) -> None:
    with pytest.raises(BadLeast):
        waiting(make.event(taken=12), 4, least=least)


def test_seats_without_a_list_pass_on_when_it_was_due(later: Callable[[timedelta], None]) -> None:
    event = make.event(capacity=4, list_by=clock.now() + 2 * DAY)
    school = organisations.school(email="late@example.org")
    group = reserve_seats(people.actor(school), event.public_id, sender=school.public_id, seats=4)
    waits = waiting(event, 4)

    later(DAY + HOUR)
    assert Group.objects.get(pk=group.pk).reminded_at
    assert Letter.objects.filter(to="late@example.org", subject__contains="список").exists()
    later(DAY)

    states = [Group.objects.get(pk=one.pk).state for one in (group, waits)]
    assert states == [Group.State.RELEASED, Group.State.OFFERED]
    assert Notice.objects.filter(text__contains="не пришёл вовремя").exists()


def test_a_list_in_time_keeps_the_seats(later: Callable[[timedelta], None]) -> None:
    event = make.event(list_by=clock.now() + 2 * DAY)
    school = organisations.school()
    actor = people.actor(school)
    group = reserve_seats(actor, event.public_id, sender=school.public_id, seats=1)
    list_children(actor, group.public_id, children=[Child("Белова", "Ася", 6, "А")])

    later(2 * DAY + HOUR)

    group.refresh_from_db()
    assert group.state == Group.State.LISTED


def test_who_comes_after_lists_were_due_has_a_day(later: Callable[[timedelta], None]) -> None:
    event = make.event(list_by=clock.now() - HOUR)
    school = organisations.school()
    group = reserve_seats(people.actor(school), event.public_id, sender=school.public_id, seats=2)

    later(23 * HOUR)
    assert Group.objects.get(pk=group.pk).state == Group.State.RESERVED
    later(2 * HOUR)
    assert Group.objects.get(pk=group.pk).state == Group.State.RELEASED
