"""Pages of a table of children of many schools: brought, placed, given; no name is shown."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from zveno.learners.actions import give_table_part
from zveno.learners.models import DistrictShare, DistrictTable
from zveno.learners.tests import make
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post, actor_of
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
ROWS = (
    "Школа\tФИО\tКласс\nШкола № 5\tКанарейкин Лев\t6Б\n"
    "Лицей № 30\tКанарейкина Ая\t3А\nЛицей № 30\tКанарейкина Ия\t3А\n"
)


@pytest.fixture
def college() -> Organisation:
    base = organisations.college()
    network.member(network.cluster(base), organisations.school(name="Школа № 5 (пример)"))
    return base


def address(name: str, *keys: Any) -> str:
    return reverse(f"learners:{name}", args=keys)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_table_is_brought_placed_and_given(college: Organisation) -> None:
    account = people.account(college, Post.Role.COORDINATOR)
    client = Client()
    client.force_login(account)
    answer = client.post(address("bring_district", college.public_id), {"text": ROWS})
    table = DistrictTable.objects.get()
    assert answer.headers["Location"] == address("district", table.public_id)
    shown = text_of(client.get(answer.headers["Location"]))
    assert "Лицей № 30" in shown
    assert "Передать школам 1 строку" in shown
    assert "Канарейкин" not in shown

    school = Organisation.objects.get(name="Школа № 5 (пример)")
    client.post(address("place_rows", table.public_id), {"house-2": school.public_id})
    shown = text_of(client.get(address("district", table.public_id)))
    assert "Передать школам 3 строки" in shown
    client.post(address("give_table", table.public_id))
    assert "передаётся школам" in text_of(client.get(address("district", table.public_id))).lower()
    give_table_part(actor_of(account), table.public_id)

    assert DistrictShare.objects.get().number == 3
    shown = text_of(client.get(address("district", table.public_id)))
    assert "Ждёт школу" in shown
    assert "Канарейкин" not in shown


def test_what_is_not_chosen_changes_nothing(college: Organisation) -> None:
    client = Client()
    client.force_login(people.account(college, Post.Role.COORDINATOR))
    table = make.district_table(college, ROWS)

    for told in ({}, {"house-2": ""}, {"house-2": "nobody"}, {"house-x": "1"}):
        answer = client.post(address("place_rows", table.public_id), told)
        assert answer.status_code == 302
    assert table.rows.unplaced().count() == 2


def test_the_page_asks_the_database_little(
    college: Organisation, django_assert_max_num_queries: Any
) -> None:
    client = Client()
    client.force_login(people.account(college, Post.Role.COORDINATOR))
    table = make.district_table(college, ROWS)

    with django_assert_max_num_queries(25):
        client.get(address("district", table.public_id))
    with django_assert_max_num_queries(25):
        client.get(address("bring_district", college.public_id))
