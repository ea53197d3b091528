"""Actors and records for stories about the kernel alone: an entry of the journal is a target."""

from itertools import count
from typing import Any

from zveno.kernel.actor import Actor, Means
from zveno.kernel.models import Entry

OURS, THEIRS = 1, 2
numbers = count(1)


def actor(scope: int = OURS, role: str = "coordinator", **changes: Any) -> Actor:
    """Make an actor with a role in one organisation."""
    fields: dict[str, Any] = {
        "person": next(numbers),
        "means": Means.ACCOUNT,
        "scope": frozenset({scope}),
        "roles": frozenset({(scope, role)}),
        "credential": next(numbers),
    }
    return Actor(**fields | changes)


def target(organisation: int = OURS) -> Entry:
    """Make a record seen by whoever has the organisation in the scope."""
    return Entry.objects.create(verb="", means="", organisation=organisation, target_key="")
