"""The register for programs: territory, organisations, tables of them."""

from zveno.organisations.rest.imports import router as imports
from zveno.organisations.rest.register import router as register

routers = (register, imports)
