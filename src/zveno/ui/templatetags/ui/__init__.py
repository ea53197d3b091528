"""The tags of the kit, one family a file: {% load ui %} brings them all."""

from zveno.ui.templatetags.ui import (
    addresses,
    charts,
    fields,
    figures,
    finding,
    frames,
    lists,
    marks,
    notices,
    queries,
    views,
)
from zveno.ui.templatetags.ui.registry import register

__all__ = [
    "addresses",
    "charts",
    "fields",
    "figures",
    "finding",
    "frames",
    "lists",
    "marks",
    "notices",
    "queries",
    "register",
    "views",
]
