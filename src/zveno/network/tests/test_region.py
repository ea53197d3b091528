"""A region in numbers: for its authority, without agreements and children."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.errors import NotAllowed
from zveno.network import actions, tasks
from zveno.network.models import Agreed, Cluster, Membership, Result, academic_year, miscounted
from zveno.network.tests import make
from zveno.organisations.models import Organisation, Territory
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
PAGE = reverse("network:region")


@pytest.fixture
def cluster() -> Cluster:
    return make.cluster(name="Машиностроение", sector="engineering")


def authority(place: Territory | None) -> Organisation:
    return organisations.organisation("education_authority", territory=place)


def look(client: Client, at: Organisation) -> str:
    client.force_login(people.account(at, "regional_authority"))
    return client.get(PAGE).text


def test_authority_of_a_region_sees_clusters_of_its_districts_in_numbers(
    client: Client, cluster: Cluster
) -> None:
    make.member(cluster)
    agreement = make.agreement(cluster, title="Тайное соглашение", signed=2)
    year = academic_year(clock.today())
    Result.objects.create(cluster=cluster, year=year, events=1234, visits=4)
    Membership.objects.update(since=clock.now() - timedelta(days=50))
    tasks.count_agreements(0)

    shown = look(client, authority(cluster.territory.above))

    assert "Машиностроение" in shown
    assert "Действует" in shown
    assert "молчит 50 дней" in shown
    assert "меньше 5" in shown
    assert agreement.title not in shown


def test_what_lies_elsewhere_is_not_shown(client: Client, cluster: Cluster) -> None:
    country = Territory.objects.get(kind="country")
    elsewhere = Territory.objects.create(
        kind="region", name="Другая область", genitive="Другой области", above=country
    )

    shown = look(client, authority(elsewhere))

    assert "Другая область" in shown
    assert "Машиностроение" not in shown
    assert "Кластеров пока нет" in shown


def test_authority_without_a_place_and_others_are_refused(client: Client, cluster: Cluster) -> None:
    for account in (
        people.account(authority(None), "regional_authority"),
        people.account(cluster.base, "coordinator"),
    ):
        client.force_login(account)
        assert client.get(PAGE).status_code == 403


def test_nine_clusters_are_read_at_once(
    client: Client, cluster: Cluster, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(8):
        make.member(make.cluster(territory=cluster.territory))
    client.force_login(people.account(authority(cluster.territory), "regional_authority"))

    with django_assert_max_num_queries(14):
        client.get(PAGE)


def test_agreements_are_counted_anew_only_where_they_are_others(cluster: Cluster) -> None:
    other = make.cluster()
    make.agreement(other)
    first, second = make.agreement(cluster), make.agreement(cluster)
    tasks.count_agreements(0)
    first.delete()

    assert miscounted() == {cluster.pk}
    tasks.count_agreements(0)

    assert miscounted() == set()
    rows = Agreed.objects.filter(cluster=cluster).values_list("state", "number")
    assert list(rows) == [(second.state, 1)]


def test_nobody_but_zveno_counts(cluster: Cluster) -> None:
    with pytest.raises(NotAllowed):
        actions.count_agreements(people.coordinator(cluster.base), cluster.public_id)

    actions.count_agreements(SYSTEM, cluster.public_id)


def test_its_clusters_are_taken_away_as_a_table(client: Client, cluster: Cluster) -> None:
    client.force_login(people.account(authority(cluster.territory), "regional_authority"))

    lines = client.get("/region/clusters.csv").content.decode("utf-8-sig").splitlines()

    assert lines[0].startswith("Кластер;Отрасль;")
    assert lines[1].split(";")[0] == cluster.name
    assert client.get("/region/clusters.exe").status_code == 404
