"""Sections of a plan are named, ordered, added and removed."""

import pytest

from zveno.kernel import clock
from zveno.network.models import Cluster, academic_year
from zveno.network.tests import make as network
from zveno.people.tests import make as people
from zveno.plan import actions
from zveno.plan.actions import KeptSection
from zveno.plan.models import Section, made_plan
from zveno.plan.tests import make

pytestmark = pytest.mark.django_db
YEAR = academic_year(clock.today())


def keep(cluster: Cluster, *sections: KeptSection) -> list[str]:
    """Keep sections and return their names in order."""
    actions.keep_sections(
        people.coordinator(cluster.base), cluster.public_id, year=YEAR, sections=sections
    )
    return names(cluster)


def names(cluster: Cluster) -> list[str]:
    return list(Section.objects.of_year(cluster, YEAR).values_list("name", flat=True))


def planned() -> tuple[Cluster, list[Section]]:
    """Make a plan with three sections: A, B, C."""
    cluster = network.cluster()
    keep(cluster, *map(KeptSection, "ABC"))
    return cluster, list(Section.objects.of_year(cluster, YEAR))


def test_two_sections_swap_their_names_and_a_third_is_added() -> None:
    cluster, (first, second, third) = planned()

    kept = keep(
        cluster,
        KeptSection("C", third.public_id),
        KeptSection("B", first.public_id),
        KeptSection("A", second.public_id),
        KeptSection("D"),
    )

    assert kept == ["C", "B", "A", "D"]
    first.refresh_from_db()
    assert first.name == "B"


def test_section_that_somebody_else_has_added_stays() -> None:
    cluster, (first, _second, _third) = planned()

    assert keep(cluster, KeptSection("Z", first.public_id)) == ["Z", "B", "C"]


def test_section_without_a_name_goes_if_nothing_stands_in_it() -> None:
    cluster, (first, second, _third) = planned()
    make.item(cluster, section=second)

    assert keep(cluster, KeptSection("", first.public_id)) == ["B", "C"]
    with pytest.raises(actions.SectionInUse):
        keep(cluster, KeptSection("", second.public_id))
    assert names(cluster) == ["B", "C"]


def test_names_differ() -> None:
    cluster, _sections = planned()

    with pytest.raises(actions.SectionTwice):
        keep(cluster, KeptSection("A"))


def test_section_of_another_plan_cannot_be_named() -> None:
    cluster, other = network.cluster(), network.cluster()
    foreign = made_plan(other, YEAR).sections.order_by("place")[0]

    assert keep(cluster, KeptSection("Своё", foreign.public_id)) == ["Своё"]
    foreign.refresh_from_db()
    assert foreign.name == "Организационный"
