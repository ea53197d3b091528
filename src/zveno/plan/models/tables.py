"""Plans on their way in: a table as it came, and what became of each of its rows."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.db import models

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models import Cluster
from zveno.organisations.models import Organisation
from zveno.ui.held import doubts_in


class Fate(models.TextChoices):
    """What became of a row of a plan: each row has exactly one fate."""

    READY = "ready"
    HELD = "held"
    TWIN = "twin"
    SKIPPED = "skipped"
    ENTERED = "entered"


FATES = {
    "accept": Fate.READY,
    "hold": Fate.HELD,
    "duplicate": Fate.TWIN,
    "skip": Fate.SKIPPED,
}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a plan with its fate; ``item`` is the public id of what it became."""

    fate: Fate
    verdict: Mapping[str, Any]
    item: str = ""

    @property
    def number(self) -> int:
        """The place of the row in the table, counted from 1."""
        number: int = self.verdict["row"]
        return number

    @property
    def facts(self) -> Mapping[str, Any]:
        """What will be entered: words, month, day, the key of the host, the name of the section."""
        facts: Mapping[str, Any] = self.verdict["item"]
        return facts

    @property
    def title(self) -> str:
        """Name it by its title, else by what stands in it."""
        said = self.verdict.get("item", {}).get("title", "")
        return said or " ".join(filter(None, self.verdict["raw"]))

    def doubts(self) -> dict[str, list[Mapping[str, Any]]]:
        """Return what keeps the row from being entered, by field; ``row`` is the row itself."""
        return doubts_in(self.verdict["problems"])

    def notes(self) -> list[Mapping[str, Any]]:
        """Return what was tidied in a value without asking."""
        told = self.verdict["problems"]
        return [one for one in told if one["severity"] == "note" and one["field"]]


class PlanTableQuerySet(Questions["PlanTable"]):
    """Questions about tables of plans."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep tables brought by the organisations of the scope."""
        return self.filter(owner__in=actor.scope)

    def waiting(self, cluster: Cluster, year: int) -> Self:
        """Keep those with rows that wait to be mended or entered, the newest first."""
        rows = self.filter(cluster=cluster, year=year, left__gt=0)
        return rows.only("public_id", "brought_at", "left").order_by("-pk")


class PlanTable(Record):
    """A plan as it was pasted or uploaded, with what became of each row.

    ``verdicts`` is the answer of ``engines.tables`` to ``source``, fitted to the cluster
    (``models/fitting.py``), and to what a person said about it: ``mapping`` (column to field),
    ``mends`` (row number to field to value), ``insisted`` (row number to the fields, or ``row``,
    that stay as they came). ``outcomes`` names the item of each row entered; ``left`` counts the
    rows that wait.
    """

    DATA: ClassVar = dict.fromkeys(["source", "verdicts", "mends"], Data.PERSONAL)

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="plan_tables")
    owner = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    source = models.JSONField()
    mapping = models.JSONField(default=dict)
    mends = models.JSONField(default=dict)
    insisted = models.JSONField(default=dict)
    verdicts = models.JSONField(default=dict)
    outcomes = models.JSONField(default=dict)
    left = models.PositiveIntegerField(default=0)
    brought_at = models.DateTimeField(default=clock.now)
    objects = PlanTableQuerySet.as_manager()

    def __str__(self) -> str:
        """Name it by its public id."""
        return str(self.public_id)

    def home(self) -> int | None:
        """Return the organisation that brought it."""
        return self.owner_id

    def rows(self) -> list[TableRow]:
        """Return the source rows in their order, each with its fate."""
        return [self._row(verdict) for verdict in self.verdicts["rows"]]

    def _row(self, verdict: Mapping[str, Any]) -> TableRow:
        item = self.outcomes.get(str(verdict["row"]))
        if item:
            return TableRow(Fate.ENTERED, verdict, item)
        return TableRow(FATES[verdict["verdict"]], verdict)

    def counts(self) -> Counter[Fate]:
        """Count the rows of each fate."""
        return Counter(row.fate for row in self.rows())
