"""Units of organisations, and what lies below a place."""

import random
from collections import Counter

import pytest

from zveno.kernel.actor import NOBODY, Actor
from zveno.kernel.errors import NotAllowed
from zveno.organisations.actions import (
    HasParts,
    UnitElsewhere,
    UnitFacts,
    UnitThere,
    add_unit,
    change_unit,
    remove_unit,
)
from zveno.organisations.models import Organisation, Territory, Unit, below, counted
from zveno.organisations.tests import make

pytestmark = pytest.mark.django_db
BUILDING = UnitFacts("building", "Корпус 1", "ул. Примерная, 1")


def head(organisation: Organisation) -> Actor:
    return Actor(scope=frozenset([organisation.pk]), roles=frozenset([(organisation.pk, "head")]))


def test_a_unit_lies_in_another() -> None:
    college = make.college()
    building = add_unit(head(college), college.public_id, facts=BUILDING)
    laboratory = UnitFacts("laboratory", "Лаборатория")

    inner = add_unit(head(college), college.public_id, facts=laboratory, above=building)

    assert (inner.above, inner.organisation) == (building, college)
    with pytest.raises(HasParts):
        remove_unit(head(college), building.public_id)
    remove_unit(head(college), inner.public_id)
    remove_unit(head(college), building.public_id)
    assert not Unit.objects.exists()


def test_names_beside_each_other_differ() -> None:
    college = make.college()
    add_unit(head(college), college.public_id, facts=BUILDING)
    other = make.unit(college)
    with pytest.raises(UnitThere):
        add_unit(head(college), college.public_id, facts=BUILDING)
    with pytest.raises(UnitThere):
        change_unit(head(college), other.public_id, facts=BUILDING)


def test_a_unit_does_not_lie_in_a_foreign_one() -> None:
    college, foreign = make.college(), make.unit(make.school())
    with pytest.raises(UnitElsewhere):
        add_unit(head(college), college.public_id, facts=BUILDING, above=foreign)


def test_others_do_not_touch_it() -> None:
    unit = make.unit(make.school())
    with pytest.raises(NotAllowed):
        change_unit(head(make.college()), unit.public_id, facts=BUILDING)


@pytest.mark.parametrize("seed", range(3))
def test_what_lies_below_a_place_is_what_walking_the_tree_finds(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    country = Territory.objects.get(kind="country")
    places = [country]
    for number in range(12):
        above = chance.choice([one for one in places if one.kind != "district"])
        kind = "region" if above == country else "district"
        places.append(
            Territory.objects.create(kind=kind, name=f"Место {number}", genitive="", above=above)
        )
    houses = [
        make.organisation(chance.choice(["school", "college"]), territory=chance.choice(places))
        for _number in range(20)
    ]
    units = [make.unit(chance.choice(houses)) for _number in range(15)]
    actor = head(houses[0])

    for place in places:
        inside = [one for one in houses if one.territory and place in one.territory.path()]
        found = below(actor, place)
        assert {one.organisation for one in found} == {one.name for one in inside}
        assert {one.unit for one in found} - {None} == {
            unit.name for unit in units if unit.organisation in inside
        }
        for row in counted(actor, place):
            under = [one for one in inside if one.territory and named(row.name, one.territory)]
            assert row.kinds == Counter(one.kind for one in under)
            assert row.units == sum(unit.organisation in under for unit in units)
    assert below(NOBODY, country) == []


def named(name: str, place: Territory) -> bool:
    return name in {one.name for one in place.path()}
