"""How a host says who gets seats when, and what schools meet."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from zveno.events.actions import (
    BadMost,
    ClosesBeforeOpening,
    EventFull,
    EventNotOpen,
    FewerThanTaken,
    KeptUntilWhen,
    MembersFirst,
    NotOpenYet,
    Terms,
    TooLateForEvent,
    TooManyKept,
    TooManyOfOne,
    end_members_first,
    give_back,
    join_waiting_list,
    reserve_seats,
    set_registration,
)
from zveno.events.models import Event, Group, Quota
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def say(event: Event, **terms: Any) -> Event:
    """Let the host say how groups register."""
    told = Terms(**{"capacity": event.capacity} | terms)
    set_registration(people.coordinator(event.host), event.public_id, terms=told)
    event.refresh_from_db()
    return event


def come(event: Event, school: Organisation, seats: int) -> Group:
    return reserve_seats(
        people.actor(school), event.public_id, sender=school.public_id, seats=seats
    )


def kept(event: Event, house: Organisation, seats: int) -> Event:
    return say(event, members_until=clock.now() + DAY, kept={house.public_id: seats})


def test_nobody_registers_before_the_opening_or_after_the_end() -> None:
    event, school = make.event(), organisations.school()

    say(event, opens_at=clock.now() + HOUR)
    with pytest.raises(NotOpenYet):
        come(event, school, 2)
    say(event, closes_at=clock.now())
    with pytest.raises(EventNotOpen):
        come(event, school, 2)
    say(event, opens_at=clock.now() - HOUR, closes_at=clock.now() + HOUR)
    assert come(event, school, 2).seats == 2


def test_who_registered_gives_back_after_registration_is_closed() -> None:
    event = make.event()
    group = make.group(event)

    say(event, closes_at=clock.now())
    give_back(people.actor(group.sender), group.public_id)

    event.refresh_from_db()
    assert event.taken == 0


def test_one_organisation_sends_no_more_than_the_host_says() -> None:
    event = say(make.event(), most=5)

    with pytest.raises(TooManyOfOne):
        come(event, organisations.school(), 6)
    assert come(event, organisations.school(), 5).seats == 5


def test_members_of_the_cluster_register_first() -> None:
    event = say(make.event(), members_until=clock.now() + DAY)
    member, stranger = network.member(event.cluster), organisations.school()

    with pytest.raises(MembersFirst):
        come(event, stranger, 2)
    assert come(event, member, 2).seats == 2


def test_kept_seats_are_for_whom_they_are_kept() -> None:
    event = make.event(capacity=10)
    mine, other = network.member(event.cluster), network.member(event.cluster)
    kept(event, mine, 4)

    with pytest.raises(EventFull) as refusal:
        come(event, other, 7)
    assert refusal.value.facts["free"] == 6
    come(event, other, 6)
    come(event, mine, 4)

    event.refresh_from_db()
    assert (event.taken, event.kept, event.free) == (10, 0, 0)


def test_a_first_registration_uses_up_what_was_kept() -> None:
    event = make.event(capacity=10)
    mine, other = network.member(event.cluster), network.member(event.cluster)
    kept(event, mine, 4)

    group = come(event, mine, 1)
    give_back(people.actor(mine), group.public_id)

    assert come(event, other, 10).seats == 10


def test_whom_seats_are_kept_for_may_take_free_ones_as_well() -> None:
    event = make.event(capacity=10)
    mine = network.member(event.cluster)
    kept(event, mine, 4)

    assert come(event, mine, 10).seats == 10


def test_when_members_were_first_everybody_has_what_was_kept() -> None:
    event = make.event(capacity=4)
    mine, waits = network.member(event.cluster), organisations.school()
    kept(event, mine, 4)
    Event.objects.filter(pk=event.pk).update(members_until=clock.now())
    event.refresh_from_db()
    actor = people.actor(waits)
    group = join_waiting_list(actor, event.public_id, sender=waits.public_id, seats=3)

    end_members_first(SYSTEM, event.public_id)

    group.refresh_from_db()
    event.refresh_from_db()
    assert (group.state, event.taken, event.kept) == (Group.State.OFFERED, 3, 0)
    assert not Quota.objects.exists()


def test_more_seats_are_offered_to_those_who_wait() -> None:
    event, school = make.event(taken=12), organisations.school()
    group = join_waiting_list(
        people.actor(school), event.public_id, sender=school.public_id, seats=3
    )

    say(event, capacity=15)

    group.refresh_from_db()
    event.refresh_from_db()
    assert (group.state, event.taken, event.queued) == (Group.State.OFFERED, 15, 0)


def test_nobody_loses_a_seat_by_a_number() -> None:
    event = make.event(taken=10)

    with pytest.raises(FewerThanTaken) as refusal:
        say(event, capacity=9)
    assert "10" in str(refusal.value)
    assert say(event, capacity=10).free == 0


def test_the_database_itself_keeps_taken_seats_and_kept_ones_apart() -> None:
    event = make.event(capacity=10, taken=6)
    rows = Event.objects.filter(pk=event.pk)

    for wrong in ({"kept": 5}, {"capacity": 5}, {"taken": 11}, {"most": 0}, {"minimum": 11}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        ({"most": 13}, BadMost),
        ({"opens_at": 2 * HOUR, "closes_at": HOUR}, ClosesBeforeOpening),
        ({"closes_at": 4 * DAY}, TooLateForEvent),
        ({"list_by": 4 * DAY}, TooLateForEvent),
    ],
)
def test_what_makes_no_sense_is_refused(terms: dict[str, Any], refusal: type[Exception]) -> None:
    told = {
        name: clock.now() + value if isinstance(value, timedelta) else value
        for name, value in terms.items()
    }

    with pytest.raises(refusal):
        say(make.event(), **told)


def test_seats_are_kept_for_members_only_of_what_is_free_and_for_a_time() -> None:
    event = make.event(capacity=10, taken=8)
    member = network.member(event.cluster)

    with pytest.raises(TooManyKept):
        kept(event, member, 3)
    with pytest.raises(KeptUntilWhen):
        say(event, kept={member.public_id: 1})
    with pytest.raises(NotFound):
        kept(event, organisations.school(), 1)


def test_only_the_host_says_how_groups_register() -> None:
    event = make.event()

    with pytest.raises(NotAllowed):
        set_registration(people.actor(), event.public_id, terms=Terms(capacity=3))
