"""The home pages of those who look from above: an authority, an auditor."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.events.tests import make as events
from zveno.kernel import clock
from zveno.network.tests import make as network
from zveno.organisations.models import Territory
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


def test_an_authority_sees_its_region_and_what_comes_next_there(client: Client) -> None:
    cluster = network.cluster()
    event = events.event(cluster=cluster, title="Проба в мастерской")
    elsewhere = Territory.objects.create(
        kind="region",
        name="Другая область",
        genitive="Другой области",
        above=Territory.objects.get(kind="country"),
    )

    for place, told in ((cluster.territory.above, True), (elsewhere, False)):
        house = organisations.organisation("education_authority", territory=place)
        client.force_login(people.account(house, Post.Role.REGIONAL_AUTHORITY))
        page = client.get("/").text
        assert (cluster.name in page, event.title in page) == (told, told)


def test_an_authority_of_no_place_has_its_page_all_the_same(client: Client) -> None:
    house = organisations.organisation("education_authority", territory=None)
    client.force_login(people.account(house, Post.Role.REGIONAL_AUTHORITY))

    assert client.get("/").status_code == 200


def test_an_auditor_sees_programmes_with_their_money(client: Client) -> None:
    programme = network.programme(name="Профессионалитет")
    network.money(programme, programme.begins.year, "region", 1_200_000)
    client.force_login(people.account(organisations.school(), Post.Role.AUDITOR))

    page = client.get("/").text.replace("\xa0", " ")

    assert "Профессионалитет" in page
    assert "1 200 000" in page


def test_pages_of_those_who_look_from_above_have_a_budget_of_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cluster = network.cluster()
    network.money(network.programme(), clock.today().year, "region", 1)
    house = organisations.organisation("education_authority", territory=cluster.territory)

    for role in (Post.Role.REGIONAL_AUTHORITY, Post.Role.AUDITOR):
        client.force_login(people.account(house, role))
        with django_assert_max_num_queries(16):
            client.get("/")
