"""The overview of a cluster and its page for everybody."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from zveno.network.models import Cluster, Membership
from zveno.network.pages.figure import network_of
from zveno.network.tests import make
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people
from zveno.ui.networks import figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def cluster() -> Cluster:
    return make.cluster(name="Робототехника и инженерное дело", aim="Интерес к технике с пяти лет.")


def overview(cluster: Cluster) -> str:
    return reverse("network:cluster", args=[cluster.public_id])


def test_coordinator_alone_in_the_cluster_is_led_to_the_members(
    client: Client, cluster: Cluster
) -> None:
    client.force_login(people.account(cluster.base, "coordinator"))

    shown = client.get(overview(cluster)).content.decode()

    assert "Здесь пока одна базовая организация" in shown
    assert "Добавьте участников" in shown


def test_coordinator_of_a_full_cluster_is_led_to_the_agreement(
    client: Client, cluster: Cluster
) -> None:
    make.member(cluster)
    client.force_login(people.account(cluster.base, "coordinator"))

    shown = client.get(overview(cluster)).content.decode()

    assert "Шаг 2, сейчас" in shown
    assert "Составьте соглашение" in shown


def test_member_sees_the_network_and_no_work_of_others(client: Client, cluster: Cluster) -> None:
    school = make.member(cluster)
    client.force_login(people.account(school))

    shown = client.get(overview(cluster)).content.decode()

    assert school.name in shown
    assert "Что дальше" not in shown
    assert "Добавить участников" not in shown


@pytest.mark.parametrize(("inside", "number"), [("member", 8), ("stranger", 4)])
@pytest.mark.parametrize("page", ["cluster", "members", "agreements", "obligations"])
def test_no_tab_leads_to_a_closed_door(
    client: Client, cluster: Cluster, page: str, inside: str, number: int
) -> None:
    whose = {"member": make.member(cluster), "stranger": organisations.school()}
    client.force_login(people.account(whose[inside]))

    shown = client.get(reverse(f"network:{page}", args=[cluster.public_id])).text

    [tabs] = re.findall(r'<nav class="tabnav".*?</nav>', shown, re.DOTALL)
    addresses = set(re.findall(r'href="(/c/[^"]+)"', tabs))
    assert len(addresses) == number
    assert {client.get(address).status_code for address in addresses} == {200}


def test_overview_has_a_budget_of_queries(
    client: Client, cluster: Cluster, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        make.member(cluster)
    client.force_login(people.account(cluster.base, "coordinator"))

    with django_assert_max_num_queries(18):
        client.get(overview(cluster))


def test_anybody_reads_the_public_page_and_no_person_in_it(
    client: Client, cluster: Cluster, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    school = make.member(cluster, organisations.school(email="secret@example.org"))
    people.head(school, family_name="Ёлкина")

    with django_assert_max_num_queries(8):
        answer = client.get(reverse("network:public_cluster", args=[cluster.public_id]))

    shown = answer.content.decode()
    assert school.name in shown
    assert cluster.aim in shown
    assert "Ёлкина" not in shown
    assert "secret@example.org" not in shown


def test_cluster_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get(reverse("network:public_cluster", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("number", [0, 1, 2, 9, 40])
def test_capsules_stay_inside_the_figure_whatever_their_number(number: int) -> None:
    cluster = make.cluster(organisations.college(name="Колледж " + "очень " * 20 + "длинный"))
    for n in range(number):
        kind = ["school", "preschool", "employer", "methodical_centre", "other"][n % 5]
        make.member(cluster, organisations.organisation(kind, name=f"Организация {n} " * 9))
    members = list(Membership.objects.filter(cluster=cluster).select_related("organisation"))

    network = network_of(cluster.base, members)

    for figure in figures(network):
        for one in (figure.hub, *figure.around):
            assert 0 <= one.left <= figure.size.width - one.size[0]
            assert 0 <= one.top <= figure.size.height - one.size[1]
            assert all(len(line) <= 22 for _y, line in one.lines)
    assert len(network.marks) <= 5
    assert len(network.around) == number


@pytest.mark.parametrize(
    ("kind", "name", "short"),
    [
        ("preschool", "Детский сад № 912 «Солнышко» компенсирующего вида", "Д/с 912"),
        ("methodical_centre", "Информационно-методический центр района", "ИМЦ"),
        ("school", "Школа № 5", "Школа № 5"),
    ],
)
def test_long_names_are_shortened_as_people_do(kind: str, name: str, short: str) -> None:
    cluster = make.cluster()
    make.member(cluster, organisations.organisation(kind, name=name))
    members = list(Membership.objects.filter(cluster=cluster).select_related("organisation"))

    wide, _narrow = figures(network_of(cluster.base, members))

    assert wide.around[0].lines[0][1] == short
