"""A region seen whole: its clusters counted, who needs help, what its authority opens first."""

from datetime import timedelta

import pytest
from django.db.models import Count, Q
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.desk.models import regions
from zveno.events.models import Event
from zveno.events.tests import make as events
from zveno.kernel import clock
from zveno.network.models import Agreement, Cluster, Membership
from zveno.network.tests import make as network
from zveno.organisations.models import Territory
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
State = Agreement.State
LONG_AGO = timedelta(days=800)


@pytest.fixture
def region() -> Territory:
    """Give a region: one cluster works, one is being agreed, one stands elsewhere."""
    district = organisations.district()
    assert district.above
    works = network.cluster(name="Метро", territory=district.above)
    network.member(works)
    network.agreement(works, signed=2)
    events.held(cluster=works, starts_at=clock.now(), ends_at=clock.now() + timedelta(hours=1))
    old = clock.now() - LONG_AGO
    events.held(cluster=works, starts_at=old, ends_at=old + timedelta(hours=1))
    waits = network.cluster(name="Авиация", sector="aviation", territory=district)
    left = network.member(waits, network.member(works))
    Membership.objects.filter(cluster=waits, organisation=left).update(until=clock.now())
    network.member(waits)
    network.agreement(waits)
    other = Territory.objects.create(
        kind="region",
        name="Псковская область",
        genitive="Псковской области",
        above=district.above.above,
    )
    network.cluster(territory=other)
    return district.above


def test_questions_answer_what_the_orm_would(region: Territory) -> None:
    now = clock.now()
    here = Cluster.objects.filter(Q(territory=region) | Q(territory__above=region))
    live = Q(memberships__since__lte=now) & (
        Q(memberships__until=None) | Q(memberships__until__gt=now)
    )
    wanted = (
        here.annotate(
            members=Count("memberships", live, distinct=True),
            in_force=Count("agreements", Q(agreements__state=State.IN_FORCE), distinct=True),
            awaited=Count(
                "agreements", Q(agreements__state=State.OUT_FOR_SIGNATURE), distinct=True
            ),
        )
        .order_by("name", "pk")
        .values_list("public_id", "name", "kind", "sector", "members", "in_force", "awaited")
    )

    found = regions.clusters_of(region.pk)

    assert [(*one[:4], *one[5:8]) for one in found] == list(wanted)
    year = Event.objects.filter(state=Event.State.HELD, starts_at__gte=regions.year_begins())
    assert [one.held for one in found] == [
        year.filter(cluster__public_id=one.public_id).count() for one in found
    ]
    members = Membership.objects.live().filter(cluster__in=here).values("organisation")
    assert regions.organisations_of(region.pk) == members.distinct().count()


def test_who_needs_help_is_told_by_the_named_rule(client: Client, region: Territory) -> None:
    client.force_login(people.account(organisations.school()))

    page = client.get(f"/r/{region.public_id}/")

    assert [one.name for one in page.context["without"]] == ["Авиация"]
    assert "Соглашение на подписи" in page.text
    assert "Правило: организаций несколько, действующего соглашения нет." in page.text


def test_clusters_are_put_in_the_order_asked_for(client: Client, region: Territory) -> None:
    client.force_login(people.account(organisations.school()))
    path = f"/r/{region.public_id}/"

    orders = [
        [one.name for one in client.get(path + query).context["clusters"]]
        for query in ("", "?sort=held", "?sort=nonsense")
    ]

    assert orders == [["Авиация", "Метро"], ["Метро", "Авиация"], ["Авиация", "Метро"]]


def test_its_table_is_taken_away_in_that_order(client: Client, region: Territory) -> None:
    client.force_login(people.account(organisations.school()))

    table = client.get(f"/r/{region.public_id}/clusters.csv?sort=held").content.decode("utf-8-sig")

    assert [line.split(";")[0] for line in table.splitlines()] == ["Кластер", "Метро", "Авиация"]


def test_an_authority_opens_its_region_first(client: Client, region: Territory) -> None:
    committee = organisations.organisation("education_authority", territory=region)
    client.force_login(people.account(committee, Post.Role.REGIONAL_AUTHORITY))

    page = client.get("/").text

    assert f'href="/r/{region.public_id}/"' in page
    assert "Кому помочь" in page


def test_an_authority_of_a_district_sees_the_region_around_it(
    client: Client, region: Territory
) -> None:
    department = organisations.organisation("education_authority")
    client.force_login(people.account(department, Post.Role.REGIONAL_AUTHORITY))

    assert f'href="/r/{region.public_id}/"' in client.get("/").text


def test_nobody_else_does(client: Client, region: Territory) -> None:
    client.force_login(people.account(organisations.school()))

    assert "Кому помочь" not in client.get("/").text


def test_it_asks_few_questions(
    client: Client, region: Territory, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(people.account(organisations.school()))

    with django_assert_max_num_queries(11):
        client.get(f"/r/{region.public_id}/")
