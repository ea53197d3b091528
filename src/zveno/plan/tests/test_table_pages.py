"""A plan in the browser: pasted or chosen, mended in place, entered; and who may."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from zveno.network.models import Cluster
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people
from zveno.plan.models import PlanItem, PlanTable
from zveno.plan.tests import tables

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FOUND = 302
PLAN = tables.rows(
    "С родителями\tСобрание\tродители\tШкола № 47\tмарт\tЗам. директора\t",
    "С родителями\tВстреча\tродители\tШкола\tапрель\t\t",
    "Мониторинг\tОпрос\tвсе\t\tкогда-нибудь\t\t",
    "Мониторинг\tОпрос\tвсе\t\tмай\t\t",
    "Мониторинг\tОпрос\tвсе\t\tмай\t\t",
)


@pytest.fixture
def cluster() -> Cluster:
    return tables.cluster()


@pytest.fixture
def _coordinator(cluster: Cluster, client: Client) -> None:
    client.force_login(people.account(cluster.base, Post.Role.COORDINATOR))


def page(name: str, cluster: Cluster, *keys: object) -> str:
    return reverse(f"plan:{name}", args=[cluster.public_id, *keys])


def paste(client: Client, cluster: Cluster, text: str = PLAN) -> PlanTable:
    answer = client.post(page("bring", cluster), {"text": text})
    assert answer.status_code == FOUND, answer.content.decode()
    return PlanTable.objects.latest("pk")


@pytest.mark.usefixtures("_coordinator")
def test_a_plan_is_pasted_mended_in_place_and_entered(client: Client, cluster: Cluster) -> None:
    table = paste(client, cluster)
    shown = client.get(page("table", cluster, table.public_id)).content.decode()
    assert "Неясно, когда" in shown
    assert "Взять «Школа № 47»" in shown
    assert "Повторяет строку 4 того же месяца" in shown
    assert "Внести 2 пункта" in shown

    client.post(page("mend_rows", cluster, table.public_id), {"take": "2-host"})
    entered = client.post(
        page("enter", cluster, table.public_id),
        {"cell-3-when": "июнь", "cell-5-title": "Опрос родителей"},
        follow=True,
    )

    assert "5 пунктов внесены в план" in entered.content.decode()
    titles = PlanItem.objects.order_by("title").values_list("title", flat=True)
    assert list(titles) == ["Встреча", "Опрос", "Опрос", "Опрос родителей", "Собрание"]


@pytest.mark.usefixtures("_coordinator")
def test_a_file_of_word_is_read_like_a_paste(client: Client, cluster: Cluster) -> None:
    file = SimpleUploadedFile(tables.WORD.name, tables.WORD.read_bytes())

    client.post(page("bring", cluster), {"file": file})

    assert len(PlanTable.objects.get().rows()) == 13


@pytest.mark.usefixtures("_coordinator")
def test_what_many_rows_are_asked_alike_is_kept_by_one_press(
    client: Client, cluster: Cluster
) -> None:
    year = tables.year()
    days = (f"{day:02}.02" for day in range(1, 29))
    lines = (f"А\tПроба {day}\t\t\t{day}\t\t" for day in days)
    table = paste(client, cluster, tables.rows(*lines))
    shown = client.get(page("table", cluster, table.public_id)).content.decode()
    asked = sum(list(row.doubts()) == ["when"] for row in table.rows())

    client.post(page("mend_rows", cluster, table.public_id), {"keep_all": "year_assumed"})

    table.refresh_from_db()
    assert f"{year + 1}" in shown
    assert asked == 28
    left = [row for row in table.rows() if row.doubts()]
    assert 0 < len(left) <= 8
    assert all("day_at_weekend" in str(row.doubts()) for row in left)


@pytest.mark.usefixtures("_coordinator")
def test_an_unfinished_table_is_named_above_the_plan(client: Client, cluster: Cluster) -> None:
    table = paste(client, cluster)
    client.post(page("enter", cluster, table.public_id))

    shown = client.get(page("plan", cluster)).content.decode()

    assert "вас ждут 2 строки" in shown
    assert page("table", cluster, table.public_id) in shown


@pytest.mark.usefixtures("_coordinator")
def test_columns_are_changed_in_the_page_and_hold_only_what_is_offered(
    client: Client, cluster: Cluster
) -> None:
    table = paste(client, cluster, "Мероприятие\tПора\nСобрание\tмарт")
    columns = page("map_columns", cluster, table.public_id)

    client.post(columns, {"column-0": "title", "column-1": "password"})
    refused = PlanTable.objects.get().mapping
    client.post(columns, {"column-0": "title", "column-1": "when"})

    assert refused == {}
    assert [row.facts["month"] for row in PlanTable.objects.get().rows()] == [3]


@pytest.mark.usefixtures("_coordinator")
@pytest.mark.parametrize("typed", [{}, {"text": " \n "}, {"text": "Мероприятие\tСрок"}])
def test_nothing_to_read_is_answered_in_the_form(
    client: Client, cluster: Cluster, typed: dict[str, str]
) -> None:
    answer = client.post(page("bring", cluster), typed)

    assert answer.status_code == 422
    assert "data-errsum" in answer.content.decode()


@pytest.mark.usefixtures("_coordinator")
def test_pages_have_a_budget_of_queries(
    client: Client, cluster: Cluster, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    lines = (f"Раздел {n % 5}\tПроба {n}\t\tШкола № 47\tмарт\t\t" for n in range(60))
    table = paste(client, cluster, tables.rows(*lines))

    with django_assert_max_num_queries(8):
        assert client.get(page("bring", cluster)).status_code == 200
    with django_assert_max_num_queries(8):
        assert client.get(page("table", cluster, table.public_id)).status_code == 200
    with django_assert_max_num_queries(42):
        client.post(page("enter", cluster, table.public_id))
    assert PlanItem.objects.count() == 60


def test_a_member_brings_nothing_and_another_house_finds_no_table(
    client: Client, cluster: Cluster
) -> None:
    _actor, table = tables.brought(PLAN, cluster)
    school = Organisation.objects.get(short_name="Школа № 47")
    client.force_login(people.account(school, Post.Role.COORDINATOR))
    assert client.get(page("bring", cluster)).status_code == 403
    assert client.post(page("bring", cluster), {"text": PLAN}).status_code == 403

    client.force_login(people.account(organisations.college(), Post.Role.COORDINATOR))
    keys = (table.public_id, uuid4())
    asked = [client.get(page("table", cluster, key)).status_code for key in keys]
    posts = [
        client.post(page(name, cluster, table.public_id)).status_code
        for name in ("mend_rows", "map_columns", "enter")
    ]

    assert {*asked, *posts} == {404}
