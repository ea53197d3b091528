"""Which party of an agreement assigns the processing of children's data to which (152-FZ, 6.3)."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.network.models.agreements import Party, seen_by
from zveno.network.models.kinds import Shape
from zveno.organisations.models import Organisation

CHILDREN = {
    Organisation.Kind.PRESCHOOL,
    Organisation.Kind.SCHOOL,
    Organisation.Kind.EXTRACURRICULAR_CENTRE,
}
"""Who answers for the data of children."""

HOURS = {"incident_hours": "24 часов", "inquiry_hours": "72 часов", "destroyed_in": "30 дней"}
"""What the law asks for, to be seen in one place."""


class AssignmentQuerySet(Questions["Assignment"]):
    """Questions about assignments."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the agreements the actor sees."""
        return self.filter(seen_by(actor, "operator__agreement__"))

    def of(self, agreement: object) -> Self:
        """Keep those of an agreement, in the order of its parties."""
        found = self.filter(operator__agreement=agreement)
        ordered = found.order_by("operator__place", "processor__place")
        return ordered.select_related("operator__organisation", "processor__organisation")


class Assignment(Record):
    """That a party (``operator``) lets another process the data of its children.

    It is drawn with the agreement, stands in its text and is signed with it: purposes, data,
    actions, term and duties are in ``data/assignment.json``. Who joins by a sheet gives it too.
    """

    operator = models.ForeignKey(Party, models.CASCADE, related_name="assignments")
    processor = models.ForeignKey(Party, models.CASCADE, related_name="+")
    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "processor"], name="data_are_assigned_once"
            ),
            models.CheckConstraint(
                condition=~Q(operator=F("processor")), name="nobody_assigns_to_itself"
            ),
        ]

    def __str__(self) -> str:
        """Name both."""
        return f"{self.operator} → {self.processor}"

    def home(self) -> int | None:
        """Return whose children it is about."""
        return self.operator.organisation_id

    @property
    def is_signed(self) -> bool:
        """Whether both have signed."""
        return bool(self.operator.signed_at and self.processor.signed_at)


def assigned(shape: Shape, parties: Sequence[Party]) -> Iterator[tuple[Party, Party]]:
    """Return who of the parties of a kind sends children's data to whom."""
    for party in parties:
        if party.role in shape.sends and party.organisation.kind in CHILDREN:
            yield from ((party, other) for other in parties if other.role in shape.receives)


@cache
def _section() -> dict[str, Any]:
    text = files("zveno.network").joinpath("data", "assignment.json").read_text("utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def section_of(assignments: Iterable[Assignment]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Return the section of a paper that assigns, if any does, and what is filled into it."""
    rows: list[list[str]] = []
    cells: dict[str, str] = {}
    for place, one in enumerate(assignments):
        names = {"operator": one.operator, "processor": one.processor}
        rows.append([f"{{{name}_{place}}}" for name in names])
        cells |= {f"{name}_{place}": party.organisation.name for name, party in names.items()}
    if not rows:
        return [], {}
    first, *others = _section()["clauses"]
    table = first | {"table": first["table"] | {"rows": rows}}
    return [{"title": _section()["title"], "clauses": [table, *others]}], cells | HOURS
