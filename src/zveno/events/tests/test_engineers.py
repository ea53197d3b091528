"""An employer's engineer: offered a slot, named, confirms by a link, is counted and thanked."""

from datetime import timedelta
from typing import Any

import pytest

from zveno.events.actions import (
    BadGivenHours,
    BadPeople,
    EmployerElsewhere,
    HoursCounted,
    NamedAlready,
    NewTime,
    NoHoursYet,
    NoSuchRole,
    NotYetThere,
    Person,
    SameSlot,
    SlotFull,
    SlotGone,
    SlotOutside,
    Wanted,
    cancel_event,
    confirm_slot,
    count_engineer,
    decline_invitation,
    decline_slot,
    move_event,
    name_engineer,
    offer_slot,
    remove_engineer,
    thank_engineer,
    uncount_engineer,
    withdraw_slot,
)
from zveno.events.models import Engineer, Event, Slot
from zveno.events.models.engineers import ENGINEER
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor, Means
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Letter
from zveno.kernel.walls import scoped
from zveno.learners.actions import tend_retention
from zveno.network.models import Obligation
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.people.models import Post, Task
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
PERSON = Person("Жукова Мария Олеговна", "инженер-технолог", "zhukova@example.org")


@pytest.fixture
def event() -> Event:
    return make.event()


@pytest.fixture
def plant(event: Event) -> Organisation:
    return make.plant(event)


@pytest.fixture
def host(event: Event) -> Actor:
    return people.coordinator(event.host)


@pytest.fixture
def lev(plant: Organisation) -> Actor:
    return people.actor(plant, Post.Role.EMPLOYER_REPRESENTATIVE)


def wanted(event: Event, plant: Organisation, **changes: Any) -> Wanted:
    facts: dict[str, Any] = {
        "employer": plant.public_id,
        "role": "judge",
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
    }
    return Wanted(**facts | changes)


def by_link(engineer: Engineer) -> Actor:
    return Actor(means=Means.LINK, keys=frozenset([(ENGINEER, engineer.pk)]))


def letters() -> list[str]:
    with scoped(SYSTEM):
        return sorted(Letter.objects.values_list("subject", flat=True))


def sent() -> None:
    with scoped(SYSTEM):
        Letter.objects.update(sent_at=clock.now())


def open_tasks(plant: Organisation) -> int:
    with scoped(SYSTEM):
        return Task.objects.to_do().filter(organisation=plant).count()


def test_the_employer_is_given_a_task_until_it_has_named_somebody(
    event: Event, plant: Organisation, host: Actor, lev: Actor
) -> None:
    slot = offer_slot(host, event.public_id, wanted=wanted(event, plant))
    asked = open_tasks(plant)
    name_engineer(lev, slot.public_id, person=PERSON)

    assert (asked, open_tasks(plant)) == (1, 0)
    assert letters() == [f"Подтвердите участие: {event.title}"]


def test_the_same_offer_and_the_same_person_again_are_those_that_are_there(
    event: Event, plant: Organisation, host: Actor, lev: Actor
) -> None:
    slot = offer_slot(host, event.public_id, wanted=wanted(event, plant))
    again = offer_slot(host, event.public_id, wanted=wanted(event, plant))
    first = name_engineer(lev, slot.public_id, person=PERSON)
    second = name_engineer(lev, slot.public_id, person=PERSON)

    assert (slot, first) == (again, second)
    with pytest.raises(SameSlot):
        offer_slot(host, event.public_id, wanted=wanted(event, plant, people=2))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"role": "dance"}, NoSuchRole),
        ({"people": 0}, BadPeople),
        ({"people": 21}, BadPeople),
        ({"late": 1}, SlotOutside),
    ],
)
def test_what_is_offered_makes_sense(
    event: Event, plant: Organisation, host: Actor, changes: dict[str, Any], refusal: Any
) -> None:
    late = timedelta(hours=changes.pop("late", 0))
    facts = wanted(event, plant, ends_at=event.ends_at + late, **changes)
    with pytest.raises(refusal):
        offer_slot(host, event.public_id, wanted=facts)


def test_only_an_employer_of_the_cluster_is_asked(event: Event, host: Actor) -> None:
    for house in (network.member(event.cluster), make.plant(make.event())):
        with pytest.raises(EmployerElsewhere):
            offer_slot(host, event.public_id, wanted=wanted(event, house))


def test_only_the_host_offers_and_only_the_employer_names(
    event: Event, plant: Organisation, host: Actor, lev: Actor
) -> None:
    slot = make.slot(event, plant)
    stranger = people.actor(make.plant(event), Post.Role.EMPLOYER_REPRESENTATIVE)

    with pytest.raises(NotAllowed):
        offer_slot(lev, event.public_id, wanted=wanted(event, plant))
    with pytest.raises(NotAllowed):
        name_engineer(host, slot.public_id, person=PERSON)
    with pytest.raises(NotFound):
        name_engineer(stranger, slot.public_id, person=PERSON)


def test_no_more_are_named_than_were_asked_for(
    event: Event, plant: Organisation, lev: Actor
) -> None:
    slot = make.slot(event, plant)
    named = name_engineer(lev, slot.public_id, person=PERSON)
    other = Person("Иванов Иван Иванович", "инженер", "ivanov@example.org")

    with pytest.raises(SlotFull):
        name_engineer(lev, slot.public_id, person=other)
    with pytest.raises(NamedAlready):
        name_engineer(lev, slot.public_id, person=Person("Другая", "инженер", PERSON.email))
    remove_engineer(lev, named.public_id)

    assert name_engineer(lev, slot.public_id, person=other).name == other.name


def test_one_tap_confirms_and_a_refusal_asks_the_employer_anew(
    event: Event, plant: Organisation
) -> None:
    engineer = make.engineer(make.slot(event, plant))

    confirm_slot(by_link(engineer), engineer.public_id, asked=1)
    engineer.refresh_from_db()
    confirmed = engineer.state
    decline_invitation(by_link(engineer), engineer.public_id, asked=1)
    engineer.refresh_from_db()

    assert (confirmed, engineer.state) == ("confirmed", "declined")
    assert open_tasks(plant) == 1


def test_another_link_answers_for_nobody(event: Event, plant: Organisation) -> None:
    slot = make.slot(event, plant, people=2)
    mine, other = make.engineer(slot), make.engineer(slot, email="other@example.org")

    with pytest.raises(NotFound):
        confirm_slot(by_link(mine), other.public_id, asked=1)


def test_an_answer_to_an_earlier_question_is_none(
    event: Event, plant: Organisation, host: Actor
) -> None:
    engineer = make.engineer(make.slot(event, plant), state="confirmed")
    start = event.starts_at + timedelta(days=1)
    new = NewTime(start, start + timedelta(hours=1), event.venue, "Ремонт")

    move_event(host, event.public_id, new=new)
    engineer.refresh_from_db()
    with pytest.raises(SlotGone):
        confirm_slot(by_link(engineer), engineer.public_id, asked=1)
    confirm_slot(by_link(engineer), engineer.public_id, asked=2)

    slot = Slot.objects.get(pk=engineer.slot_id)
    assert (engineer.state, engineer.asked) == ("asked", 2)
    assert (slot.starts_at, slot.ends_at) == (new.starts_at, new.ends_at)
    assert letters() == [f"Перенос: {event.title}"]


def test_a_cancelled_event_waits_for_nobody(event: Event, plant: Organisation, host: Actor) -> None:
    engineer = make.engineer(make.slot(event, plant))

    cancel_event(host, event.public_id, why="Карантин")
    engineer.refresh_from_db()

    assert engineer.state == "off"
    assert letters() == [f"Вас не ждут: {event.title}"]
    with pytest.raises(SlotGone):
        confirm_slot(by_link(engineer), engineer.public_id, asked=1)


def test_who_was_not_written_to_yet_hears_nothing_of_a_withdrawal(
    event: Event, plant: Organisation, host: Actor, lev: Actor
) -> None:
    slot = make.slot(event, plant, people=2)
    name_engineer(lev, slot.public_id, person=PERSON)
    sent()
    name_engineer(lev, slot.public_id, person=Person("Иванов Иван", "инженер", "i@example.org"))

    withdraw_slot(host, slot.public_id)
    withdraw_slot(host, slot.public_id)

    assert letters() == [f"Вас не ждут: {event.title}", f"Подтвердите участие: {event.title}"]


def test_an_employer_that_sends_nobody_says_why(
    event: Event, plant: Organisation, lev: Actor
) -> None:
    slot = make.slot(event, plant)

    decline_slot(lev, slot.public_id, why="Пуск линии")
    slot.refresh_from_db()

    assert (slot.state, slot.why) == ("declined", "Пуск линии")
    with pytest.raises(SlotGone):
        name_engineer(lev, slot.public_id, person=PERSON)


def owed(event: Event, plant: Organisation, **changes: Any) -> Obligation:
    """Let the plant owe twenty hours by an agreement in force."""
    agreement = network.agreement(event.cluster, signed=2)
    party = agreement.parties.get(organisation=plant)
    facts = {"role": party.role, "party": party, "unit": "hours", "text": "часы инженеров"}
    return network.obligation(agreement, **facts | changes)


def done(obligation: Obligation) -> int:
    obligation.refresh_from_db()
    return obligation.done


def test_hours_count_once_are_corrected_and_taken_back(plant: Organisation, event: Event) -> None:
    obligation = owed(event, plant)
    host = people.coordinator(event.host)
    engineer = make.engineer(make.slot(event, plant), state="confirmed")
    with pytest.raises(NotYetThere):
        count_engineer(host, engineer.public_id, hours=2)

    with clock.travel(event.starts_at):
        count_engineer(host, engineer.public_id, hours=2)
        counted = done(obligation)
        count_engineer(host, engineer.public_id, hours=3)
        corrected = done(obligation)
        with pytest.raises(BadGivenHours):
            count_engineer(host, engineer.public_id, hours=25)
        with pytest.raises(HoursCounted):
            withdraw_slot(host, engineer.slot.public_id)
        uncount_engineer(host, engineer.public_id)

    assert (counted, corrected, done(obligation)) == (2, 3, 0)


def test_hours_of_all_of_a_role_and_academic_ones(event: Event, plant: Organisation) -> None:
    obligation = owed(event, plant, party=None, text="академические часы инженеров")
    slot = offer_slot(people.coordinator(event.host), event.public_id, wanted=wanted(event, plant))

    assert (slot.obligation, slot.hours) == (obligation, 3)


def test_without_an_agreement_hours_stay_with_the_engineer(
    event: Event, plant: Organisation, host: Actor
) -> None:
    engineer = make.engineer(make.slot(event, plant))
    with clock.travel(event.starts_at):
        count_engineer(host, engineer.public_id, hours=2)
    engineer.refresh_from_db()

    assert engineer.hours == 2


def test_thanks_are_sent_once_and_after_the_hours(
    event: Event, plant: Organisation, host: Actor
) -> None:
    engineer = make.engineer(make.slot(event, plant))
    with pytest.raises(NoHoursYet):
        thank_engineer(host, engineer.public_id)
    with clock.travel(event.ends_at):
        count_engineer(host, engineer.public_id, hours=2)
        thank_engineer(host, engineer.public_id)
        thank_engineer(host, engineer.public_id)

    assert letters() == [f"Спасибо: {event.title}"]


def test_thirty_days_later_the_hours_are_left(
    event: Event, plant: Organisation, host: Actor
) -> None:
    engineer = make.engineer(make.slot(event, plant))
    with clock.travel(event.ends_at):
        count_engineer(host, engineer.public_id, hours=2)
        thank_engineer(host, engineer.public_id)
    with clock.travel(event.ends_at + timedelta(days=31)):
        tend_retention(SYSTEM, plant.public_id, category="engineers")
    engineer.refresh_from_db()

    assert (engineer.name, engineer.job, engineer.email, engineer.hours) == ("", "", "", 2)
    assert letters() == []


def test_the_wall_shows_engineers_to_their_employer_the_host_and_the_link(
    event: Event, plant: Organisation, host: Actor, lev: Actor
) -> None:
    engineer = make.engineer(make.slot(event, plant))
    seen = []
    for actor in (host, lev, by_link(engineer), people.actor(), people.actor(make.plant(event))):
        with scoped(actor):
            seen.append(Engineer.objects.filter(pk=engineer.pk).count())

    assert seen == [1, 1, 1, 0, 0]
