"""Pages of hours of career guidance: of a school, a class, an event."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from zveno.events.models import CareerLevel, Event, OutsideHours
from zveno.events.tests import make
from zveno.events.tests.test_hours import this_year, visited
from zveno.kernel import clock
from zveno.learners.models import Learner
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


@pytest.fixture
def deputy(school: Organisation) -> Client:
    client = Client()
    client.force_login(people.account(school))
    return client


def test_a_school_sees_its_classes_beside_the_minimum(
    school: Organisation, deputy: Client, django_assert_max_num_queries: object
) -> None:
    visited(school)
    make.outside(school, hours=Decimal(38))
    CareerLevel.objects.create(owner=school, level="basic")
    first, second = Learner.objects.filter(owner=school).order_by("pk")
    Learner.objects.filter(pk=second.pk).update(letter="В")

    with django_assert_max_num_queries(24):  # type: ignore[operator]
        page = deputy.get(f"/hours/{school.public_id}/").content.decode()

    assert "6 «Б»" in page
    assert "1 из 1" in page  # 40.5 hours of 40
    assert "0 из 1" in page  # 2.5 hours
    assert "1 из 2" in page  # the grade
    assert first.family_name not in page


def test_the_page_costs_the_same_for_many_classes(
    school: Organisation, deputy: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(5):
        visited(school, title=f"Проба {number}", grade_from=1)
    for number, child in enumerate(Learner.objects.filter(owner=school).order_by("pk")):
        Learner.objects.filter(pk=child.pk).update(first_year=this_year() - number)

    with django_assert_max_num_queries(24):  # type: ignore[operator]
        assert deputy.get(f"/hours/{school.public_id}/").status_code == 200


def test_a_class_shows_its_children_and_who_is_behind(
    school: Organisation, deputy: Client, django_assert_max_num_queries: object
) -> None:
    visited(school, hours="40")
    CareerLevel.objects.create(owner=school, level="basic")
    enough, behind = Learner.objects.filter(owner=school).order_by("pk")
    behind.places.update(came_at=None)
    address = f"/hours/{school.public_id}/grade/6/?letter=Б"

    with django_assert_max_num_queries(26):  # type: ignore[operator]
        page = deputy.get(address).content.decode()
    late = deputy.get(f"{address}&show=behind").content.decode()

    assert enough.family_name in page
    assert behind.family_name in page
    assert enough.family_name not in late
    assert behind.family_name in late


def test_the_table_has_classes_and_no_names(school: Organisation, deputy: Client) -> None:
    visited(school)
    child = Learner.objects.filter(owner=school).earliest("pk")

    table = deputy.get(f"/hours/{school.public_id}/table.csv").content.decode("utf-8-sig")
    book = deputy.get(f"/hours/{school.public_id}/table.xlsx")

    assert "6 «Б»;2;2,5;2,5" in table
    assert child.family_name not in table
    assert book.content.startswith(b"PK")


def test_a_school_enters_and_deletes_hours_of_a_class(school: Organisation, deputy: Client) -> None:
    address = f"/hours/{school.public_id}/outside/"
    told = {"label": "7-а", "hours": "8,5", "direction": "lessons", "basis": "Уроки технологии"}

    assert deputy.post(address, told | {"label": "17А"}).status_code == 422
    assert deputy.post(address, told | {"hours": "8,3"}).status_code == 422
    assert deputy.post(address, told).status_code == 302
    row = OutsideHours.objects.get()
    assert (row.grade, row.letter, row.hours) == (7, "А", Decimal("8.5"))
    assert "Уроки технологии" in deputy.get(address).content.decode()
    assert deputy.post(f"/hours/outside/{row.public_id}/drop/").status_code == 302
    assert not OutsideHours.objects.exists()


def test_an_unknown_year_is_this_one(school: Organisation, deputy: Client) -> None:
    page = deputy.get(f"/hours/{school.public_id}/?year=1999").content.decode()

    assert f"{this_year()}/{this_year() + 1} учебный год" in page


def test_the_host_changes_hours_of_an_event() -> None:
    event = make.held(hours=Decimal("2.5"))
    client = Client()
    client.force_login(people.account(event.host, Post.Role.COORDINATOR))
    address = f"/e/{event.public_id}/hours/"

    assert 'value="2.5"' in client.get(address).content.decode()
    refused = client.post(address, {"hours": "2,3", "direction": "practice"})
    assert client.post(address, {"hours": "4", "direction": "practice"}).status_code == 302

    assert refused.status_code == 422
    assert "целые или с половиной" in refused.content.decode()
    assert Event.objects.get().hours == 4
    assert "4 ч" in client.get(f"/e/{event.public_id}/").content.decode()


def test_a_draft_gets_hours_by_its_length_unless_others_are_typed() -> None:
    event = make.event(state=Event.State.DRAFT)
    client = Client()
    client.force_login(people.account(event.host, Post.Role.COORDINATOR))
    day = clock.today() + timedelta(days=5)
    told = {
        "title": "Экскурсия",
        "kind": "lesson_series",
        "day": f"{day:%d.%m.%Y}",
        "starts": "10:00",
        "ends": "11:30",
        "venue": "Цех",
        "grade_from": "5",
        "grade_to": "8",
        "capacity": "12",
    }
    address = f"/e/{event.public_id}/edit/"

    assert client.post(address, told).status_code == 302
    event.refresh_from_db()
    assert (event.hours, event.direction) == (Decimal(2), "extracurricular")
    assert client.post(address, told | {"hours": "3,5", "direction": "training"}).status_code == 302
    event.refresh_from_db()
    assert (event.hours, event.direction) == (Decimal("3.5"), "training")
