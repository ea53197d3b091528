"""A cluster comes into being."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.world import present
from zveno.kernel import clock
from zveno.kernel.errors import NotAllowed
from zveno.network.actions import (
    BaseWithoutPlace,
    ClusterKnown,
    ClusterPassport,
    FoundedLater,
    NoSuchSector,
    PlaceElsewhere,
    change_cluster,
    found_cluster,
)
from zveno.network.models import Cluster, Membership
from zveno.network.tests import make
from zveno.organisations.models import Territory
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
PASSPORT = ClusterPassport("Робототехника и инженерное дело", founded_on=date(2025, 5, 20))


def test_cluster_stands_where_its_base_stands_and_the_base_is_in_it_since_that_day() -> None:
    college = organisations.college()

    cluster = found_cluster(people.coordinator(college), college.public_id, passport=PASSPORT)

    membership = Membership.objects.live().get(cluster=cluster)
    assert (membership.organisation, membership.role) == (college, "base")
    assert membership.since.date() <= date(2025, 5, 20)
    assert cluster.territory == college.territory


def test_place_has_one_cluster_of_a_name() -> None:
    college = organisations.college()
    coordinator = people.coordinator(college)
    found_cluster(coordinator, college.public_id, passport=PASSPORT)

    with pytest.raises(ClusterKnown):
        found_cluster(coordinator, college.public_id, passport=PASSPORT)


def test_a_cluster_that_is_founded_has_begun() -> None:
    college = organisations.college()
    coordinator = people.coordinator(college)
    tomorrow = replace(PASSPORT, founded_on=clock.today() + timedelta(days=1))

    with pytest.raises(FoundedLater):
        found_cluster(coordinator, college.public_id, passport=tomorrow)
    today = replace(PASSPORT, founded_on=clock.today())
    cluster = found_cluster(coordinator, college.public_id, passport=today)
    with pytest.raises(FoundedLater):
        change_cluster(coordinator, cluster.public_id, passport=tomorrow)


def test_base_needs_a_place() -> None:
    college = organisations.college(territory=None)

    with pytest.raises(BaseWithoutPlace):
        found_cluster(people.coordinator(college), college.public_id, passport=PASSPORT)


@pytest.mark.parametrize("role", ["representative", "teacher", "head"])
def test_only_a_coordinator_founds(role: str) -> None:
    college = organisations.college()

    with pytest.raises(NotAllowed):
        found_cluster(people.actor(college, role), college.public_id, passport=PASSPORT)


def test_coordinator_elsewhere_founds_nothing_here() -> None:
    with pytest.raises(NotAllowed):
        found_cluster(
            people.coordinator(organisations.college()),
            organisations.college().public_id,
            passport=PASSPORT,
        )


def test_cluster_may_work_in_the_region_around_its_base_and_nowhere_else() -> None:
    college = organisations.college()
    coordinator = people.coordinator(college)
    region = present(present(college.territory).above)

    cluster = found_cluster(
        coordinator, college.public_id, passport=replace(PASSPORT, territory=region.public_id)
    )

    assert cluster.territory == region
    neighbour = Territory.objects.create(
        kind="district", name="Невский район", genitive="Невского района", above=region
    )
    with pytest.raises(PlaceElsewhere):
        found_cluster(
            coordinator,
            college.public_id,
            passport=ClusterPassport("Другой", territory=neighbour.public_id),
        )


def test_sector_is_one_of_the_list_or_the_one_it_had() -> None:
    college = organisations.college()
    coordinator = people.coordinator(college)
    with pytest.raises(NoSuchSector):
        found_cluster(coordinator, college.public_id, passport=replace(PASSPORT, sector="magic"))
    cluster = found_cluster(
        coordinator, college.public_id, passport=replace(PASSPORT, sector="automation")
    )
    Cluster.objects.filter(pk=cluster.pk).update(sector="cybernetics")  # a code of long ago

    change_cluster(coordinator, cluster.public_id, passport=replace(PASSPORT, sector="cybernetics"))

    cluster.refresh_from_db()
    assert (cluster.sector, cluster.sector_name) == ("cybernetics", "cybernetics")


def test_coordinator_puts_the_facts_right_and_nobody_else() -> None:
    college = organisations.college()
    cluster = make.cluster(college, founded_on=date(2025, 5, 20))
    new = ClusterPassport("Метрология", aim="Измерять.", kind="vet", sector="instruments")

    change_cluster(people.coordinator(college), cluster.public_id, passport=new)

    cluster.refresh_from_db()
    assert (cluster.name, cluster.aim, cluster.kind) == ("Метрология", "Измерять.", "vet")
    assert cluster.founded_on == date(2025, 5, 20)
    with pytest.raises(NotAllowed):
        change_cluster(people.actor(college, "head"), cluster.public_id, passport=new)


def test_a_name_taken_by_a_neighbour_is_refused() -> None:
    first, second = make.cluster(name="Метрология"), make.cluster()
    Cluster.objects.filter(pk=second.pk).update(base=first.base, territory=first.territory)

    with pytest.raises(ClusterKnown):
        change_cluster(
            people.coordinator(first.base),
            second.public_id,
            passport=ClusterPassport("Метрология"),
        )
