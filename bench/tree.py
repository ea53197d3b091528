"""What the tree of a country costs: 20,000 places, organisations and units."""

import time
from collections.abc import Callable, Iterator
from functools import partial

from django.db import connection, transaction

from bench.sizes import Figure
from zveno.kernel.actor import Actor
from zveno.organisations.models import Organisation, Territory, Unit, below, counted

REGIONS, DISTRICTS, HOUSES, UNITS = 10, 20, 25, 3
ROUNDS = 20


def measure() -> Iterator[Figure]:
    """Yield the milliseconds of asking for a region of the tree, and for counts of the country."""
    with transaction.atomic():
        regions = _grow()
        country = Territory.objects.get(kind="country")
        actor = Actor(scope=frozenset([Organisation.objects.earliest("pk").pk]))
        subtree = max(_asked(partial(below, actor, one)) for one in regions[:3])
        yield "network.tree_20000.subtree_ms", subtree, 20
        yield "network.tree_20000.counts_ms", _asked(partial(counted, actor, country)), 50
        transaction.set_rollback(True)


def _grow() -> list[Territory]:
    country = Territory.objects.get(kind="country")
    regions = _places("region", [country] * REGIONS)
    districts = _places("district", regions * DISTRICTS)
    houses = Organisation.objects.bulk_create(
        Organisation(kind="school", name=f"Школа {n}", name_key=f"школа {n}", territory=district)
        for n, district in enumerate(districts * HOUSES)
    )
    Unit.objects.bulk_create(
        Unit(organisation=house, kind="building", name=f"Корпус {number}")
        for house in houses
        for number in range(UNITS)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return regions


def _places(kind: str, above: list[Territory]) -> list[Territory]:
    return Territory.objects.bulk_create(
        Territory(kind=kind, name=f"Место {kind} {n}", genitive="", above=one)
        for n, one in enumerate(above)
    )


def _asked(ask: Callable[[], object]) -> float:
    """Return the milliseconds of asking, as the least of several times: neighbours only add."""
    took = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        ask()
        took.append(time.perf_counter() - begun)
    return min(took) * 1000
