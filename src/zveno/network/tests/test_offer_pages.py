"""Pages of offers and requests."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.kernel import clock
from zveno.network.models import Cluster, Interest, Offer
from zveno.network.tests import make
from zveno.organisations.models import Organisation
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def cluster() -> Cluster:
    return make.cluster()


@pytest.fixture
def school(cluster: Cluster) -> Organisation:
    return make.member(cluster)


@pytest.fixture
def host(client: Client, cluster: Cluster) -> Client:
    client.force_login(people.account(cluster.base, Post.Role.COORDINATOR))
    return client


def typed(**changes: str) -> dict[str, str]:
    today = clock.today()
    fields = {"key": f"{uuid4()}", "way": "request", "kind": "visit", "text": "Рассказ инженера"}
    fields |= {"quantity": "2", "unit": "events", "begins": f"{today:%d.%m.%Y}"}
    return fields | {"ends": f"{today + timedelta(days=9):%d.%m.%Y}"} | changes


def test_posted_in_the_only_name_there_is(host: Client, cluster: Cluster) -> None:
    host.post(reverse("network:new_offer", args=[cluster.public_id]), typed())

    assert Offer.objects.get().organisation == cluster.base


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"quantity": "0"}, {"ends": "01.01.2020"}, {"kind": "х"}, {"key": "х"}]
)
def test_what_cannot_be_keeps_what_was_typed(
    host: Client, cluster: Cluster, wrong: dict[str, str]
) -> None:
    answer = host.post(
        reverse("network:new_offer", args=[cluster.public_id]), typed(audience="8 класс") | wrong
    )

    assert answer.status_code == 422
    assert "8 класс" in answer.text
    assert not Offer.objects.exists()


def test_filters_choose(host: Client, cluster: Cluster) -> None:
    today = clock.today()
    make.offer(cluster, text="Станки")
    make.offer(cluster, text="Инженер", kind="visit", way="request")
    make.offer(cluster, text="Былое", begins=today, ends=today, taken=10)
    address = reverse("network:offers", args=[cluster.public_id])

    def shown(query: str) -> set[str]:
        text = host.get(address + query).text
        return {name for name in ("Станки", "Инженер", "Былое") if name in text}

    assert shown("") == {"Станки", "Инженер"}
    assert shown("?way=request") == {"Инженер"}
    assert shown("?kind=laboratory") == {"Станки"}
    assert shown("?state=all") == {"Станки", "Инженер", "Былое"}
    table = reverse("network:export_offers", args=[cluster.public_id, "csv"])
    assert "Станки" in host.get(table).text


def test_a_response_is_agreed_to_on_the_page(
    host: Client, cluster: Cluster, school: Organisation
) -> None:
    make.agreement(cluster, signed=2)
    interest = make.interest(make.offer(cluster), school)

    page = host.post(reverse("network:agree_on", args=[interest.public_id]), follow=True)

    interest.refresh_from_db()
    assert interest.obligation is not None
    assert reverse("network:obligation", args=[interest.obligation.public_id]) in page.text


def test_why_it_cannot_be_agreed_to_is_said(
    host: Client, cluster: Cluster, school: Organisation
) -> None:
    interest = make.interest(make.offer(cluster), school)

    page = host.post(reverse("network:agree_on", args=[interest.public_id]), follow=True)

    assert "нет действующего соглашения" in page.text


def test_a_member_responds_and_sees_no_other_responses(
    client: Client, cluster: Cluster, school: Organisation
) -> None:
    offer = make.offer(cluster)
    make.interest(offer, make.member(cluster, None))
    client.force_login(people.account(school))
    address = reverse("network:offer", args=[offer.public_id])

    client.post(address, {"amount": "3", "note": "По субботам"})

    assert Interest.objects.get(organisation=school).amount == 3
    page = client.get(address).text
    assert page.count("Ждёт ответа") == 1
    assert client.post(address, {"amount": "300"}).status_code == 422


def test_what_waits_is_on_the_home_page(
    host: Client, cluster: Cluster, school: Organisation
) -> None:
    interest = make.interest(make.offer(cluster), school)

    page = host.get("/").text

    assert f"{school}" in page
    assert reverse("network:offer", args=[interest.offer.public_id]) in page


def test_the_list_asks_few_questions_however_long(
    host: Client, cluster: Cluster, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(9):
        make.offer(cluster)
    address = reverse("network:offers", args=[cluster.public_id])
    host.get(address)

    with django_assert_max_num_queries(14):
        host.get(address)
