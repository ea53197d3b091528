"""What is stored of territory, organisations, and tables of them on their way in."""

from zveno.organisations.models.chapters import (
    Chapter,
    Succession,
    as_of,
    heirs,
    life_of,
    write_life,
)
from zveno.organisations.models.ground import (
    District,
    Region,
    districts,
    in_genitive,
    regions,
)
from zveno.organisations.models.imports import Headings, Import, ImportRow
from zveno.organisations.models.lives import Stretch, on
from zveno.organisations.models.register import (
    KINDS,
    Organisation,
    Territory,
    name_key,
    shortened,
)
from zveno.organisations.models.units import Node, Place, Unit, below, counted

__all__ = [
    "KINDS",
    "Chapter",
    "District",
    "Headings",
    "Import",
    "ImportRow",
    "Node",
    "Organisation",
    "Place",
    "Region",
    "Stretch",
    "Succession",
    "Territory",
    "Unit",
    "as_of",
    "below",
    "counted",
    "districts",
    "heirs",
    "in_genitive",
    "life_of",
    "name_key",
    "on",
    "regions",
    "shortened",
    "write_life",
]
