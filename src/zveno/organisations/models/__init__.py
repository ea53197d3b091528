"""What is stored of territory, organisations, and tables of them on their way in."""

from zveno.organisations.models.chapters import (
    Chapter,
    Stretch,
    Succession,
    as_of,
    heirs,
    life_of,
    on,
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
from zveno.organisations.models.register import Organisation, Territory, name_key, shortened

__all__ = [
    "Chapter",
    "District",
    "Headings",
    "Import",
    "ImportRow",
    "Organisation",
    "Region",
    "Stretch",
    "Succession",
    "Territory",
    "as_of",
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
