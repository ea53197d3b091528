"""Tables of organisations on their way into the register, row by row."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.organisations.models.mergers import Double
from zveno.organisations.models.register import Organisation, Territory
from zveno.ui.held import doubts_in


class HeadingsQuerySet(Questions["Headings"]):
    """Questions about headings that were explained."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the organisations of the scope."""
        return self.filter(owner__in=actor.scope)

    def explained(self, owner: int, kind: str) -> dict[str, str | None]:
        """Return what an organisation said of headings in tables of a kind: heading to field."""
        found = self.filter(owner=owner, kind=kind).values_list("fields", flat=True).first()
        return found or {}


class Headings(Record):
    """What an organisation said the headings of its tables mean, for each ``kind`` of import."""

    DOUBLE: ClassVar = Double.YIELDS

    owner = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    fields = models.JSONField(default=dict)
    objects = HeadingsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind"], name="headings_are_said_once"),
        ]

    def home(self) -> int | None:
        """Return whose headings they are."""
        return self.owner_id


class ImportQuerySet(Questions["Import"]):
    """Questions about imports."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those brought by the organisations of the scope."""
        return self.filter(owner__in=actor.scope)

    def latest_first(self) -> Self:
        """Put what was brought last first."""
        return self.defer("source", "asides").order_by("-pk")


class Import(Record):
    """A table of organisations as it was brought, and how far it is.

    ``choices`` are what a person said of the table as a whole, as the engine takes it
    (``mapping``, ``headings``, ``hidden``); ``mends`` and ``insisted`` what was said of rows.
    ``done`` of ``total`` rows are through while the worker is at it.
    """

    class State(models.TextChoices):
        READING = "reading", _("being read")
        REFUSED = "refused", _("could not be read")
        SHOWN = "shown", _("waits for you")
        ENTERING = "entering", _("being entered")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")

    DATA: ClassVar = dict.fromkeys(["source", "mends", "asides"], Data.PERSONAL)

    owner = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=State, default=State.READING)
    source = models.JSONField()
    choices = models.JSONField(default=dict)
    mends = models.JSONField(default=dict)
    insisted = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    asides = models.JSONField(default=list)
    refusal = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    brought_at = models.DateTimeField(default=clock.now)
    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done__lte=models.F("total")), name="import_is_never_past_its_end"
            ),
        ]

    def __str__(self) -> str:
        """Name it by its file, or by its public id."""
        return str(self.source.get("name") or self.public_id)

    def home(self) -> int | None:
        """Return who brought it."""
        return self.owner_id

    @property
    def is_at_work(self) -> bool:
        """Whether the worker is at it."""
        return self.state in {self.State.READING, self.State.ENTERING, self.State.UNDOING}

    def counts(self) -> Counter[str]:
        """Count the rows of each fate."""
        counted = self.rows.values_list("fate").annotate(number=models.Count("pk"))
        return Counter(dict(counted.order_by()))


class ImportRowQuerySet(Questions["ImportRow"]):
    """Questions about rows of imports."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep rows of imports brought by the organisations of the scope."""
        return self.filter(of__owner__in=actor.scope)

    def fated(self, *fates: str) -> Self:
        """Keep rows of these fates, in the order of the table."""
        return self.filter(fate__in=fates).order_by("number")


class ImportRow(models.Model):
    """A row of a table with its one fate; ``verdict`` is the engine's answer about it."""

    class Fate(models.TextChoices):
        READY = "ready", _("ready")
        HELD = "held", _("to mend")
        DUPLICATE = "duplicate", _("repeats another row")
        KNOWN = "known", _("is in Zveno already")
        SKIPPED = "skipped", _("not taken")
        ENTERED = "entered", _("entered")
        UNDONE = "undone", _("taken back")
        KEPT = "kept", _("in use, stays")

    DATA: ClassVar = {"verdict": Data.PERSONAL}

    of = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    fate = models.CharField(max_length=20, choices=Fate)
    verdict = models.JSONField()
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="+")
    objects = ImportRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="row_has_one_fate"),
        ]
        indexes = [models.Index(fields=["of", "fate", "number"], name="rows_by_fate")]

    def __str__(self) -> str:
        """Name the row by its place."""
        return str(self.number)

    def value(self, field: str) -> str:
        """Return what was understood of a field; nothing where a person must mend."""
        return str(self.verdict["values"].get(field) or "")

    @property
    def source(self) -> str:
        """What the row said, in its own words."""
        return " ".join(filter(None, self.verdict["raw"]))

    @property
    def place(self) -> Mapping[str, Any]:
        """Where it stands: sheet and line."""
        found: Mapping[str, Any] = self.verdict["place"]
        return found

    def doubts(self) -> dict[str, list[Mapping[str, Any]]]:
        """Return what keeps the row from being entered, by field; ``row`` is the whole row."""
        return doubts_in(self.verdict["problems"])
