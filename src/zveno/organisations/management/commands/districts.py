"""``districts``: enter the districts of regions from the official classification, OKTMO."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zveno.kernel.actor import SYSTEM
from zveno.organisations.actions import add_districts, lay_ground
from zveno.organisations.models import Territory, districts, name_key, regions

WHOLE = "Муниципальные образования "
CITIES = "Городские округа"
GROUPS = ("Муниципальные ", "Городские ", "Внутригородские ")
ADJECTIVES = ("ский", "цкий", "ской", "цкой")
COLUMNS = 7
"""Region, two levels below it, settlement, check digit, section, name; more stands behind."""


class Line(NamedTuple):
    """A line of the classification that names a whole region, a group or a district."""

    name: str

    @property
    def is_group(self) -> bool:
        """Whether it is the heading of a group: «Муниципальные районы Алтайского края»."""
        return self.name.startswith(GROUPS)


class Command(BaseCommand):
    """Read the file as the statistics service publishes it; enter what is missing."""

    help = "Enter districts from the official classification of territories (OKTMO, CSV)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the file and, perhaps, the only region wanted."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--region", default="", help="only this one, e. g. Омская область")

    def handle(self, *_args: Any, file: Path, region: str, **_options: Any) -> None:
        """Raise ``CommandError`` for a file of another form and a region it does not have."""
        try:
            found = by_region(_lines(file))
        except (OSError, UnicodeError, csv.Error) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        wanted = {region: found.get(region, [])} if region else found
        if not any(wanted.values()):
            raise CommandError(f"{file} has no districts{f' of {region}' * bool(region)}.")
        country = Territory.objects.get(kind=Territory.Kind.COUNTRY)
        lay_ground(SYSTEM, country.public_id)
        keys = dict(country.below.values_list("name", "public_id"))
        entered = sum(
            add_districts(SYSTEM, keys[name], names=names) for name, names in wanted.items()
        )
        self.stdout.write(f"Regions: {len(wanted)}. Districts entered: {entered}.")


def by_region(lines: Iterable[Line]) -> dict[str, list[str]]:
    """Return the districts of each region; of those whose districts are shipped, none."""
    known = {name_key(one.genitive): one.name for one in regions()}
    shipped = {one.region for one in districts()}
    found: dict[str, list[str]] = {}
    region, group = "", ""
    for line in lines:
        if line.name.startswith(WHOLE):
            region = known.get(name_key(line.name.removeprefix(WHOLE)), "")
        elif line.is_group:
            group = line.name
        elif region and region not in shipped:
            found.setdefault(region, []).append(_called(line.name, group))
    return found


def _called(name: str, group: str) -> str:
    """Name a district in full: under «Городские округа» only «город Алейск» stands."""
    if not group.startswith(CITIES) or "округ" in name:
        return name
    return f"{name} городской округ" if name.endswith(ADJECTIVES) else f"городской округ {name}"


def _lines(file: Path) -> Iterator[Line]:
    """Yield the lines down to districts, in the order of the file."""
    data = file.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1251")
    for cells in csv.reader(text.splitlines(), delimiter=";"):
        if len(cells) >= COLUMNS and (cells[2], cells[3], cells[5]) == ("000", "000", "1"):
            yield Line(" ".join(cells[6].rstrip("/").split()))
