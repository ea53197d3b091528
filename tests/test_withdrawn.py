"""After a withdrawal, in the same request, a host is shown nothing more of the child.

All pages, papers, exports and endpoints, by the sweep of the table of what is shown; what stays
is a certificate that was handed out.
"""

import pytest

from tests.api.test_matrix import TABLE as OF_PROGRAMS
from tests.canaries import one_child
from tests.test_children_canaries import by_programs, on_pages
from tests.test_matrix import TABLE
from tests.world import World, present
from zveno.kernel.actor import Actor
from zveno.learners.actions import withdraw_consent
from zveno.learners.models import Learner, Purpose
from zveno.people.models import actor_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
HOSTS = ("coordinator", "teacher")
NO_FAMILY = [row for row in TABLE if not row.name.startswith("desk:family")]
"""Every page but those that open by the link of the family itself."""
AT_THE_DOOR = ({"get events:check"}, {"get /places", "get /places/{key}"})


@pytest.fixture
def world() -> World:
    """Return a world of the children of one school, who came to a college with consents."""
    world = one_child(World())
    world.membership = world.cluster.memberships.earliest("pk")  # type: ignore[attr-defined]
    return world


@pytest.fixture
def school(world: World) -> Actor:
    """Return who answers for the children; after that only the college looks."""
    actor = actor_of(present(world.who["deputy_a"]))
    world.who = {who: world.who[who] for who in HOSTS}
    return actor


def withdrawn(world: World, school: Actor) -> None:
    """Let the school note that the families of its children no longer agree."""
    for child in Learner.objects.filter(owner=world.school_a):
        withdraw_consent(school, child.public_id, purpose=Purpose.PARTICIPATION)


def test_no_page_shows_a_host_more_than_a_certificate(world: World, school: Actor) -> None:
    door = [row for row in TABLE if row.name == "events:check" and row.method == "get"]
    assert shown(on_pages(world, door).sights) == AT_THE_DOOR[0]

    withdrawn(world, school)

    looker = on_pages(world, NO_FAMILY)
    assert looker.leaks == set()
    assert {what for what in shown(looker.sights) if "certificate" not in what} == set()


def test_no_endpoint_tells_a_host_more_than_a_certificate(world: World, school: Actor) -> None:
    places = [row for row in OF_PROGRAMS if row.name.startswith("/places") and row.method == "get"]
    assert shown(by_programs(world, places).sights) == AT_THE_DOOR[1]

    withdrawn(world, school)

    looker = by_programs(world, OF_PROGRAMS)
    assert looker.leaks == set()
    assert {what for what in shown(looker.sights) if "certificate" not in what} == set()


def shown(sights: dict[tuple[str, str], set[str]]) -> set[str]:
    """Return which addresses show something of a child."""
    return {what for (what, _who), kinds in sights.items() if kinds}
