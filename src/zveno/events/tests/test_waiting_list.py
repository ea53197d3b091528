"""Who waits, and who moves up when seats are given back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zveno.events.actions import (
    AlreadyRegistered,
    EventNotOpen,
    NoSeatsHeld,
    SeatsAreFree,
    TheyCame,
    give_back,
    join_waiting_list,
    reserve_seats,
)
from zveno.events.models import Event, Group, Place
from zveno.events.tests import make
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Letter
from zveno.learners.models import Disclosure
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


def waiting(event: Event, seats: int) -> Group:
    """Make a school wait."""
    school = organisations.school(email="waits@example.org")
    actor = people.actor(school)
    return join_waiting_list(actor, event.public_id, sender=school.public_id, seats=seats)


def released(group: Group) -> None:
    """Let the sender give the seats back."""
    give_back(people.actor(group.sender), group.public_id)


def test_a_group_waits_where_there_is_no_room() -> None:
    event = make.event(taken=10)

    group = waiting(event, 3)

    event.refresh_from_db()
    assert (group.state, event.taken, event.queued) == (Group.State.WAITING, 10, 3)


def test_nobody_waits_where_there_is_room() -> None:
    with pytest.raises(SeatsAreFree):
        waiting(make.event(taken=10), 2)


def test_one_place_in_the_queue_per_school() -> None:
    event = make.event(taken=12)
    school = waiting(event, 3).sender

    with pytest.raises(AlreadyRegistered):
        join_waiting_list(people.actor(school), event.public_id, sender=school.public_id, seats=1)


def test_freed_seats_go_to_the_first_group_that_fits_whole() -> None:
    event = make.event()
    group = make.group(event, seats=12)
    large, small, late = waiting(event, 12), waiting(event, 2), waiting(event, 2)
    Group.objects.filter(pk=large.pk).update(seats=11)
    other = make.group(make.event(), seats=1)
    assert other.sender != group.sender

    released(group)

    states = [Group.objects.get(pk=one.pk).state for one in (large, small, late)]
    event.refresh_from_db()
    assert states == [Group.State.OFFERED, Group.State.WAITING, Group.State.WAITING]
    assert event.taken == 11


def test_a_group_too_large_is_passed_over_and_keeps_its_place() -> None:
    event = make.event(taken=8)
    group = make.group(event, seats=4)
    large, small = waiting(event, 5), waiting(event, 3)

    released(group)

    event.refresh_from_db()
    assert Group.objects.get(pk=large.pk).state == Group.State.WAITING
    assert Group.objects.get(pk=small.pk).state == Group.State.OFFERED
    assert (event.taken, event.queued) == (11, 5)


def test_who_moves_up_gets_a_letter_without_names() -> None:
    event = make.event()
    group = make.coming(event, organisations.school(), 12)
    names = [place.learner.family_name for place in group.places.all()]
    waiting(event, 2)

    released(group)

    [letter] = Letter.objects.filter(to="waits@example.org")
    assert "Места освободились" in letter.subject
    assert not any(name in letter.text for name in names)


def test_children_of_a_group_that_gave_back_are_forgotten_by_the_host() -> None:
    event = make.event()
    group = make.coming(event, organisations.school(), 3)

    released(group)

    group.refresh_from_db()
    assert not Place.objects.exists()
    assert not Disclosure.objects.live().exists()
    assert (group.listed, group.consented) == (0, 0)


def test_letters_that_have_not_left_are_taken_back() -> None:
    event = make.event()
    school = organisations.school(email="school@example.org")
    group = reserve_seats(people.actor(school), event.public_id, sender=school.public_id, seats=2)

    released(group)

    assert not Letter.objects.exists()


def test_leaving_the_queue_frees_no_seats() -> None:
    event = make.event(taken=12)
    group = waiting(event, 3)

    released(group)

    event.refresh_from_db()
    assert (event.taken, event.queued) == (12, 0)


def test_seats_are_given_back_once_and_not_after_somebody_came() -> None:
    event = make.event()
    group = make.group(event)
    released(group)

    with pytest.raises(NoSeatsHeld):
        released(group)
    with pytest.raises(TheyCame):
        released(make.came(event, organisations.school()))


def test_a_closed_event_keeps_its_groups() -> None:
    with pytest.raises(EventNotOpen):
        released(make.group(make.held()))


def test_only_the_sender_gives_back() -> None:
    event = make.event()
    group = make.group(event)

    with pytest.raises(NotAllowed):
        give_back(people.coordinator(event.host), group.public_id)
    with pytest.raises(NotFound):
        give_back(people.actor(), group.public_id)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    queue=st.lists(st.integers(1, 12), max_size=6),
    held=st.lists(st.integers(1, 6), min_size=1, max_size=2),
)
def test_after_seats_are_given_back_no_group_that_fits_waits(
    queue: list[int], held: list[int]
) -> None:
    event = make.event()
    groups = [make.group(event, seats=seats) for seats in held]
    make.group(event, seats=event.free) if event.free else None
    for seats in queue:
        waiting(event, seats)

    for group in groups:
        released(group)

    event.refresh_from_db()
    states = dict.fromkeys(Group.State.values, 0)
    for one in Group.objects.filter(event=event):
        states[one.state] += one.seats
        assert one.state != Group.State.WAITING or one.seats > event.free
    assert event.taken == states["reserved"] + states["listed"] + states["offered"]
    assert event.queued == states["waiting"]
