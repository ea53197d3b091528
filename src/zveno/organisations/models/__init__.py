"""What is stored of territory, organisations, and tables of them on their way in."""

from zveno.organisations.models.chapters import (
    Chapter,
    Succession,
    as_of,
    heirs,
    life_of,
    write_life,
)
from zveno.organisations.models.duplicates import Apart, Suspicion, Why, suspected
from zveno.organisations.models.finding import organisations_found, organisations_resembling
from zveno.organisations.models.ground import (
    District,
    Region,
    districts,
    in_genitive,
    regions,
)
from zveno.organisations.models.imports import Headings, Import, ImportRow
from zveno.organisations.models.lives import Stretch, on
from zveno.organisations.models.mergers import (
    Double,
    Merger,
    Moved,
    Part,
    Relation,
    parts_of,
    relations,
)
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
    "Apart",
    "Chapter",
    "District",
    "Double",
    "Headings",
    "Import",
    "ImportRow",
    "Merger",
    "Moved",
    "Node",
    "Organisation",
    "Part",
    "Place",
    "Region",
    "Relation",
    "Stretch",
    "Succession",
    "Suspicion",
    "Territory",
    "Unit",
    "Why",
    "as_of",
    "below",
    "counted",
    "districts",
    "heirs",
    "in_genitive",
    "life_of",
    "name_key",
    "on",
    "organisations_found",
    "organisations_resembling",
    "parts_of",
    "regions",
    "relations",
    "shortened",
    "suspected",
    "write_life",
]
