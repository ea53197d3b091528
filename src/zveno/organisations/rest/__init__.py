"""The register for programs: territory, organisations, their history, tables of them."""

from zveno.organisations.rest.ground import router as ground
from zveno.organisations.rest.history import router as history
from zveno.organisations.rest.imports import router as imports
from zveno.organisations.rest.mergers import router as mergers
from zveno.organisations.rest.register import router as register

routers = (register, history, imports, ground, mergers)
