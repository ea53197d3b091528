"""The face programs see: one form of addresses, answers and refusals for all rooms."""

from zveno.kernel.rest.api import Api
from zveno.kernel.rest.endpoints import Endpoints
from zveno.kernel.rest.schemas import (
    Answered,
    Asked,
    Computed,
    Day,
    Email,
    Given,
    Key,
    Listed,
    Moment,
    Named,
    OneOf,
    Shown,
)

__all__ = [
    "Answered",
    "Api",
    "Asked",
    "Computed",
    "Day",
    "Email",
    "Endpoints",
    "Given",
    "Key",
    "Listed",
    "Moment",
    "Named",
    "OneOf",
    "Shown",
]
