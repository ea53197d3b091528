"""The list of events: what is asked for stands in the address and goes along into the table."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.events.models import Event
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


@pytest.fixture
def client(school: Organisation) -> Client:
    client = Client()
    client.force_login(people.account(school, Post.Role.REPRESENTATIVE))
    return client


def shown(client: Client, query: str) -> set[str]:
    page = client.get(f"/e/?{query}").content.decode()
    titles = Event.objects.values_list("title", flat=True)
    return {title for title in titles if f">{title}</a>" in page}


def test_events_are_found_by_words_kind_age_and_days(client: Client) -> None:
    far = clock.now() + timedelta(days=40)
    make.event(title="Токарный станок")
    make.event(title="Игры малышей", kind="masterclass", grade_from=0, grade_to=0)
    make.event(title="Проба весной", starts_at=far, ends_at=far + timedelta(hours=2))
    until = (clock.today() + timedelta(days=20)).strftime("%d.%m.%Y")

    assert shown(client, "q=станок") == {"Токарный станок"}
    assert shown(client, "kind=masterclass") == {"Игры малышей"}
    assert shown(client, "age=kg") == {"Игры малышей"}
    assert shown(client, f"since={until}") == {"Проба весной"}
    assert shown(client, "kind=нет&age=99&since=вчера") == {
        *("Токарный станок", "Игры малышей", "Проба весной"),
    }


def test_a_school_finds_those_it_takes_part_in(client: Client, school: Organisation) -> None:
    ours = make.event(title="Едем")
    make.event(title="Едут другие")
    make.group(ours, school)

    assert shown(client, "whose=sent") == {"Едем"}
    assert shown(client, "whose=host") == set()
    assert "Таких событий нет." in client.get("/e/?whose=host").content.decode()


def test_the_table_holds_what_the_filters_leave(client: Client) -> None:
    make.event(title="Токарный станок")
    make.event(title="Игры малышей")

    table = client.get("/e/table.csv?q=станок").content.decode("utf-8-sig").splitlines()

    assert len(table) == 2
    assert table[1].startswith("Токарный станок;")
    assert client.get("/e/table.exe").status_code == 404


def test_a_page_of_fifty_costs_as_much_as_one_of_two(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        make.event(title=f"Событие {number}")

    with django_assert_max_num_queries(8):
        page = client.get("/e/").content.decode()

    assert page.count('<th scope="row">') == 50
