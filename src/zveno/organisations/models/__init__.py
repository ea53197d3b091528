"""What is stored of territory, organisations, and tables of them on their way in."""

from zveno.organisations.models.imports import Headings, Import, ImportRow
from zveno.organisations.models.register import Organisation, Territory, name_key, shortened

__all__ = [
    "Headings",
    "Import",
    "ImportRow",
    "Organisation",
    "Territory",
    "name_key",
    "shortened",
]
