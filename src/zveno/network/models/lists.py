"""Lists of members on their way in: a table as it came, and what became of each of its rows."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.db import models

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models.clusters import Cluster
from zveno.organisations.models import Organisation
from zveno.ui.held import doubts_in


class Fate(models.TextChoices):
    """What became of a source row: each row has exactly one fate."""

    READY = "ready"
    HELD = "held"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"
    ADDED = "added"
    JOINED = "joined"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class ListRow:
    """A source row with its fate.

    ``organisation`` is the public id of the organisation it became or joined, or, before the list
    is accepted, of the one it will join.
    """

    fate: Fate
    verdict: Mapping[str, Any]
    organisation: str = ""

    @property
    def number(self) -> int:
        """The place of the row in the table, counted from 1."""
        number: int = self.verdict["row"]
        return number

    @property
    def values(self) -> Mapping[str, Any]:
        """What was understood: field to value, null where a person must mend."""
        values: Mapping[str, Any] = self.verdict["values"]
        return values

    def doubts(self) -> dict[str, list[Mapping[str, Any]]]:
        """Return what keeps the row from being accepted, by field; ``row`` is the row itself."""
        return doubts_in(self.verdict["problems"])

    def notes(self) -> list[Mapping[str, Any]]:
        """Return what was tidied or is worth knowing."""
        return [one for one in self.verdict["problems"] if one["severity"] == "note"]

    def value(self, field: str) -> str:
        """Return a value as text; nothing for one that is missing or waits to be mended."""
        return str(self.values.get(field) or "")


class MemberListQuerySet(Questions["MemberList"]):
    """Questions about lists of members."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep lists brought by the organisations of the scope."""
        return self.filter(owner__in=actor.scope)


class MemberList(Record):
    """A table of future members as it was pasted or uploaded, with what became of each row.

    ``verdicts`` is the answer of ``engines.tables`` to ``source`` and to what a person said about
    it: ``mapping`` (column to field), ``mends`` (row number to field to value), ``insisted`` (row
    number to the fields, or ``row`` for the row as a whole, that stay as they came). ``outcomes``
    tells of rows already accepted: row number to fate and organisation.
    """

    DATA: ClassVar = dict.fromkeys(["source", "verdicts", "mends"], Data.PERSONAL)

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="member_lists")
    owner = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    source = models.JSONField()
    mapping = models.JSONField(default=dict)
    mends = models.JSONField(default=dict)
    insisted = models.JSONField(default=dict)
    verdicts = models.JSONField(default=dict)
    outcomes = models.JSONField(default=dict)
    brought_at = models.DateTimeField(default=clock.now)
    accepted_at = models.DateTimeField(null=True)
    objects = MemberListQuerySet.as_manager()

    def __str__(self) -> str:
        """Name it by its public id."""
        return str(self.public_id)

    def home(self) -> int | None:
        """Return the organisation that brought it."""
        return self.owner_id

    def rows(self) -> list[ListRow]:
        """Return the source rows in their order, each with its fate."""
        return [self._row(verdict) for verdict in self.verdicts["rows"]]

    def _row(self, verdict: Mapping[str, Any]) -> ListRow:
        outcome = self.outcomes.get(str(verdict["row"]))
        if outcome:
            return ListRow(Fate(outcome["fate"]), verdict, outcome["organisation"])
        return ListRow(_fate(verdict), verdict, verdict.get("known") or "")

    def counts(self) -> Counter[Fate]:
        """Count the rows of each fate."""
        return Counter(row.fate for row in self.rows())


def _fate(verdict: Mapping[str, Any]) -> Fate:
    if verdict["verdict"] == "accept" or verdict.get("known"):
        return Fate.READY
    return {"hold": Fate.HELD, "duplicate": Fate.DUPLICATE, "skip": Fate.SKIPPED}[
        verdict["verdict"]
    ]
