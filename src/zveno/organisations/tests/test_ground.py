"""The regions and districts that Zveno is shipped with, and those an operator adds."""

from collections import Counter

import pytest

from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import NotAllowed
from zveno.organisations.actions import NotBelow, PlaceThere, add_territory, lay_ground
from zveno.organisations.models import Territory, districts, in_genitive, regions

Kind = Territory.Kind
SHIPPED = {
    "Санкт-Петербург": 18,
    "Москва": 12,
    "Севастополь": 4,
    "Волгоградская область": 38,
    "Ленинградская область": 18,
}


def country() -> Territory:
    return Territory.objects.get(kind=Kind.COUNTRY)


def test_the_regions_are_those_of_the_constitution() -> None:
    names = [one.name for one in regions()]
    kinds = Counter(
        next((kind for kind in ("еспублика", "край", "область", "округ") if kind in name), "город")
        for name in names
    )

    assert len(set(names)) == 89
    # The Jewish autonomous oblast is the forty-ninth with that word.
    assert kinds == {"еспублика": 24, "край": 9, "область": 49, "округ": 4, "город": 3}
    assert all(one.genitive and one.genitive != one.name for one in regions())


def test_the_cities_and_the_founding_regions_have_all_their_districts() -> None:
    shipped = districts()

    assert Counter(one.region for one in shipped) == SHIPPED
    assert len({(one.region, one.name) for one in shipped}) == len(shipped)
    assert {one.region for one in shipped} <= {one.name for one in regions()}


def test_the_genitive_of_a_district_follows_the_rule_of_the_list() -> None:
    assert [one.name for one in districts() if in_genitive(one.name) != one.genitive] == []


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Невский муниципальный район", "Невского муниципального района"),
        ("городской округ Сосновый Бор", "городского округа Сосновый Бор"),
        ("город Пушкин", "города Пушкин"),
        ("ЗАТО Фокино", "ЗАТО Фокино"),
        ("Большой Камень", "Большой Камень"),
        ("", ""),
    ],
)
def test_other_districts_are_declined_as_far_as_words_are_known(name: str, genitive: str) -> None:
    assert in_genitive(name) == genitive


@pytest.mark.django_db
def test_the_ground_is_laid_once() -> None:
    lay_ground(SYSTEM, country().public_id)
    once = Territory.objects.count()

    lay_ground(SYSTEM, country().public_id)

    assert Territory.objects.count() == once == 1 + 89 + sum(SHIPPED.values())


@pytest.mark.django_db
def test_what_is_there_already_stays_as_it_is() -> None:
    region = add_territory(
        SYSTEM, country().public_id, kind=Kind.REGION, name="Москва", genitive="города Москвы"
    )

    lay_ground(SYSTEM, country().public_id)

    region.refresh_from_db()
    assert (region.genitive, region.below.count()) == ("города Москвы", SHIPPED["Москва"])


@pytest.mark.django_db
def test_the_operator_adds_a_district_and_nobody_else() -> None:
    lay_ground(SYSTEM, country().public_id)
    region = country().below.get(name="Псковская область")
    facts = {"kind": Kind.DISTRICT, "name": "Гдовский район", "genitive": "Гдовского района"}
    operator = Actor(scope=frozenset([1]), roles=frozenset([(1, "operator")]))
    coordinator = Actor(scope=frozenset([1]), roles=frozenset([(1, "coordinator")]))

    add_territory(operator, region.public_id, **facts)

    with pytest.raises(PlaceThere):
        add_territory(operator, region.public_id, **facts)
    with pytest.raises(NotAllowed):
        add_territory(coordinator, region.public_id, **facts | {"name": "Другой район"})


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [Kind.DISTRICT, Kind.COUNTRY])
def test_only_regions_lie_in_the_country(kind: str) -> None:
    with pytest.raises(NotBelow):
        add_territory(SYSTEM, country().public_id, kind=kind, name="Гдовский район", genitive="")
