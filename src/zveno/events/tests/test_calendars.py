"""Events in calendars: of a person, over all clusters, and of a class; who has left reads none."""

import pytest
from django.test import Client

from tests.world import present
from zveno.events import actions
from zveno.events.models import Event, Group, Place
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.learners.tests import make as learners
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Person, Post, actor_of
from zveno.people.tests import make as people
from zveno.ui.tests.calendars import agreed, checked, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


def representative(school: Organisation) -> tuple[Actor, Person]:
    account = people.account(school, Post.Role.REPRESENTATIVE)
    return actor_of(account), present(account.person)


def taken(token: str) -> bytes:
    answer = Client().get(f"/feed/{token}/events.ics")
    assert answer.status_code == 200
    return answer.content


def titles(token: str) -> set[str]:
    return {event["SUMMARY"] for event in read(taken(token))}


def test_ones_own_calendar_holds_what_concerns_one_in_all_clusters(school: Organisation) -> None:
    actor, person = representative(school)
    here, there = make.event(title="Проба"), make.event(title="Экскурсия")
    make.event(title="Чужое")
    for event in (here, there):
        event.announced_at = clock.now()
        event.save()
        make.group(event, school)

    token = actions.open_calendar(actor, person.public_id)

    assert titles(token) == {"Проба", "Экскурсия"}


def test_readers_of_others_find_the_same_and_a_cancellation_is_told(school: Organisation) -> None:
    actor, person = representative(school)
    event = make.event(title="Проба; «Мы, " + "метрологи» " * 9, announced_at=clock.now())
    make.group(event, school)
    token = actions.open_calendar(actor, person.public_id)
    [before] = checked(taken(token))

    Event.objects.update(
        state=Event.State.CANCELLED, taken=0, cancelled_at=clock.now(), cancelled_why="Ремонт"
    )

    file = taken(token)
    [after], [found] = checked(file), agreed(file)
    assert after == read(file)[0]
    assert (before["UID"], before.get("STATUS", "CONFIRMED")) == (after["UID"], "CONFIRMED")
    assert (found["title"], found["begins"]) == (
        event.title,
        event.starts_at.replace(microsecond=0),
    )
    assert found["state"] == after["STATUS"] == "CANCELLED"


def test_who_works_nowhere_any_more_reads_nothing(school: Organisation) -> None:
    actor, person = representative(school)
    make.group(make.event(announced_at=clock.now()), school)
    token = actions.open_calendar(actor, person.public_id)

    Post.objects.filter(person=person).update(until=clock.now())

    assert titles(token) == set()


def test_a_new_address_ends_the_one_before(school: Organisation) -> None:
    actor, person = representative(school)
    first = actions.open_calendar(actor, person.public_id)

    second = actions.open_calendar(actor, person.public_id)

    assert Client().get(f"/feed/{first}/events.ics").status_code == 404
    assert Client().get(f"/feed/{second}/events.ics").status_code == 200
    actions.close_calendar(actor, person.public_id)
    assert Client().get(f"/feed/{second}/events.ics").status_code == 404


def test_a_class_has_its_events_and_no_child_is_named(school: Organisation) -> None:
    actor, _person = representative(school)
    goes, stays = make.event(title="Едет класс"), make.event(title="Едут другие")
    child = learners.founded(school, family_name="Заметная")
    for event in (goes, stays):
        event.announced_at = clock.now()
        event.save()
    group: Group = make.group(goes, school, listed=1)
    make.group(stays, school)
    Place.objects.create(event=goes, group=group, learner=child)

    token = actions.open_class_calendar(
        actor, school.public_id, first_year=child.first_year, letter=child.letter
    )

    assert titles(token) == {"Едет класс"}
    assert "Заметная" not in taken(token).decode()


def test_a_class_nobody_is_in_has_no_calendar(school: Organisation) -> None:
    actor, _person = representative(school)

    with pytest.raises(actions.NoSuchClassHere):
        actions.open_class_calendar(actor, school.public_id, first_year=2020, letter="Щ")


def test_the_page_gives_an_address_for_each_class_and_closes_it(school: Organisation) -> None:
    child = learners.founded(school)
    client = Client()
    client.force_login(people.account(school, Post.Role.REPRESENTATIVE))
    path = f"/calendars/{school.public_id}/class/"
    asked = {"first_year": str(child.first_year), "letter": child.letter}

    given = client.post(path, asked).content.decode()
    closed = client.post(path, asked | {"close": "yes"}, follow=True).content.decode()

    assert "/events.ics" in given
    assert "Закрыть адрес" in given
    assert "Адрес больше не открывается." in closed
