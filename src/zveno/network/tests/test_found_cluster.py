"""A cluster comes into being."""

from datetime import date

import pytest

from zveno.kernel.errors import NotAllowed
from zveno.network.actions import BaseWithoutPlace, ClusterKnown, ClusterPassport, found_cluster
from zveno.network.models import Membership
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
