"""Lists of members in the browser: pasted, mended in place, accepted; and dirt of all kinds."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.network.models import Cluster, Fate, MemberList
from zveno.network.tests import make, tables
from zveno.network.tests.tables import page, paste
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEADING = "Наименование\tИНН\tРуководитель\tЭл. почта\n"


@pytest.fixture
def cluster() -> Cluster:
    return make.cluster(tables.base())


@pytest.fixture
def _coordinator(cluster: Cluster, client: Client) -> None:
    client.force_login(people.account(cluster.base, "coordinator"))


@pytest.mark.usefixtures("_coordinator")
def test_nine_rows_are_pasted_mended_in_place_and_accepted(
    client: Client, cluster: Cluster
) -> None:
    members = paste(client, cluster)
    shown = client.get(page("member_list", cluster, members.public_id)).content.decode()
    assert "Контрольная цифра 0, а должна быть 9" in shown
    assert "Взять «ds910@example.org»" in shown
    assert "Повторяет строку 9 (тот же ИНН)" in shown
    assert "Принять 7 организаций" in shown

    client.post(page("mend_rows", cluster, members.public_id), {"take": "6-email"})
    client.post(page("accept_members", cluster, members.public_id), {"cell-5-inn": " 0010008489 "})

    names = {one.organisation.name for one in cluster.memberships.select_related("organisation")}
    assert names == {row["name"] for row in tables.EXPECTED[:9]}
    table = client.get(page("members", cluster)).content.decode()
    assert "Мамедов Рашид оглы" in table
    assert "Все 9" in table


@pytest.mark.usefixtures("_coordinator")
def test_file_is_read_like_a_paste(client: Client, cluster: Cluster) -> None:
    file = SimpleUploadedFile(
        "cluster_members.xlsx", (tables.DATA / "cluster_members.xlsx").read_bytes()
    )

    client.post(page("add_members", cluster), {"file": file})

    assert MemberList.objects.get().counts()[Fate.HELD] == 2


@pytest.mark.usefixtures("_coordinator")
def test_what_does_not_fit_is_said_and_stays_in_the_cell(client: Client, cluster: Cluster) -> None:
    members = paste(client, cluster)

    answer = client.post(
        page("mend_rows", cluster, members.public_id), {"cell-5-inn": "77"}, follow=True
    )

    shown = answer.content.decode()
    assert 'value="77"' in shown
    assert "Цифр: 2." in shown


@pytest.mark.usefixtures("_coordinator")
def test_question_may_be_answered_by_leaving_it_so(client: Client, cluster: Cluster) -> None:
    members = paste(client, cluster, f"{HEADING}Клуб =ОРБИТА| (пример)\t\tдиректор Ким Ен Ук\t")
    (cell,) = members.rows()
    assert cell.fate is Fate.HELD

    client.post(page("mend_rows", cluster, members.public_id), {"keep": "1-name"})

    members.refresh_from_db()
    assert members.counts()[Fate.READY] == 1


@pytest.mark.usefixtures("_coordinator")
def test_columns_are_changed_in_the_page(client: Client, cluster: Cluster) -> None:
    members = paste(client, cluster, "Радуга\tпервая\nЗарница\tвторая")

    client.post(
        page("map_columns", cluster, members.public_id),
        {"column-0": "name", "column-1": ""},
    )

    members.refresh_from_db()
    assert [row.value("name") for row in members.rows()] == ["Радуга", "Зарница"]


@pytest.mark.usefixtures("_coordinator")
@pytest.mark.parametrize("said", [{"column-0": "<b>"}, {"column-0": "password"}])
def test_column_holds_only_what_is_offered(
    client: Client, cluster: Cluster, said: dict[str, str]
) -> None:
    members = paste(client, cluster)

    client.post(page("map_columns", cluster, members.public_id), said)

    members.refresh_from_db()
    assert members.mapping == {}


@pytest.mark.usefixtures("_coordinator")
def test_paste_and_file_at_once_are_not_guessed_between(client: Client, cluster: Cluster) -> None:
    answer = client.post(
        page("add_members", cluster),
        {"text": tables.TEXT, "file": SimpleUploadedFile("a.csv", b"x")},
    )

    assert answer.status_code == 422
    assert "0010007005" in answer.content.decode()


@pytest.mark.usefixtures("_coordinator")
def test_lines_around_the_list_are_shown_too(client: Client, cluster: Cluster) -> None:
    members = paste(client, cluster, f"Список участников на 2026 год\n\n{tables.TEXT}")

    shown = client.get(page("member_list", cluster, members.public_id)).content.decode()

    assert "Список участников на 2026 год" in shown


@pytest.mark.usefixtures("_coordinator")
def test_unfinished_list_is_named_among_the_members(client: Client, cluster: Cluster) -> None:
    members = paste(client, cluster)
    client.post(page("accept_members", cluster, members.public_id))

    shown = client.get(page("members", cluster)).content.decode()

    assert "вас ждут 2 строки" in shown
    assert page("member_list", cluster, members.public_id) in shown


@pytest.mark.usefixtures("_coordinator")
def test_pages_have_a_budget_of_queries(
    client: Client,
    cluster: Cluster,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    members = paste(client, cluster)
    client.post(page("accept_members", cluster, members.public_id))

    for name, keys in (("members", []), ("add_members", []), ("member_list", [members.public_id])):
        with django_assert_max_num_queries(18):
            assert client.get(page(name, cluster, *keys)).status_code == 200


def test_who_does_not_lead_looks_and_changes_nothing(client: Client, cluster: Cluster) -> None:
    school = make.member(cluster, organisations.school())
    client.force_login(people.account(school))

    table = client.get(page("members", cluster)).content.decode()
    asked = client.get(page("add_members", cluster))
    brought = client.post(page("add_members", cluster), {"text": tables.TEXT})

    assert "Добавить участников</a>" not in table
    assert (asked.status_code, brought.status_code) == (403, 403)
    assert Organisation.objects.count() == 2


def test_list_of_another_base_does_not_exist(client: Client, cluster: Cluster) -> None:
    _coordinator, members = tables.brought(cluster=cluster)
    client.force_login(people.account(organisations.college(), "coordinator"))

    answers = [
        client.get(page("member_list", cluster, members.public_id)),
        client.get(page("member_list", cluster, uuid4())),
        *(
            client.post(page(name, cluster, members.public_id))
            for name in ("mend_rows", "map_columns", "accept_members")
        ),
    ]

    assert {answer.status_code for answer in answers} == {404}


def test_stranger_is_asked_to_sign_in(client: Client, cluster: Cluster) -> None:
    for name in ("cluster", "members", "add_members"):
        assert client.get(page(name, cluster))["Location"].startswith("/sign-in/")
