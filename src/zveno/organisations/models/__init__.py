"""What is stored of territory, organisations, and tables of them on their way in."""

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
    "District",
    "Headings",
    "Import",
    "ImportRow",
    "Organisation",
    "Region",
    "Territory",
    "districts",
    "in_genitive",
    "name_key",
    "regions",
    "shortened",
]
