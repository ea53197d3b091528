"""Ready-made organisations: each function makes the smallest valid thing."""

from itertools import count
from typing import Any

from zveno.organisations.models import Organisation, Territory, Unit, name_key

numbers = count(1)


def district() -> Territory:
    """Make a district (once) in a region in a country."""
    above = None
    for kind, name, genitive in (
        ("country", "Россия", "России"),
        ("region", "Санкт-Петербург", "Санкт-Петербурга"),
        ("district", "Петроградский район", "Петроградского района"),
    ):
        above, _ = Territory.objects.get_or_create(
            kind=kind, name=name, above=above, defaults={"genitive": genitive}
        )
    if above is None:
        raise AssertionError
    return above


def organisation(kind: str = "school", **changes: Any) -> Organisation:
    """Make an organisation; a school unless said otherwise."""
    number = next(numbers)
    name = changes.pop("name", f"Школа № {number} (пример)")
    fields = {"kind": kind, "name": name, "name_key": name_key(name), "territory": district()}
    return Organisation.objects.create(**fields | changes)


def unit(organisation: Organisation, **changes: Any) -> Unit:
    """Make a building of an organisation."""
    fields = {"kind": "building", "name": f"Корпус {next(numbers)}"}
    return Unit.objects.create(organisation=organisation, **fields | changes)


def school(**changes: Any) -> Organisation:
    """Make a school."""
    return organisation("school", **changes)


def college(**changes: Any) -> Organisation:
    """Make a college."""
    return organisation("college", **{"name": f"Колледж № {next(numbers)} (пример)"} | changes)
