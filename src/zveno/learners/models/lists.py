"""Lists of children on their way into the register, row by row."""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.learners.models.children import Child, Learner
from zveno.learners.models.erasing import among, forgets
from zveno.organisations.models import Organisation
from zveno.ui.held import doubts_in


class ChildListQuerySet(Questions["ChildList"]):
    """Questions about lists."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those brought by the organisations of the scope."""
        return self.filter(owner__in=actor.scope)

    def latest_first(self) -> Self:
        """Put what was brought last first, without the words of it."""
        return self.defer("source", "asides").order_by("-pk")


class ChildList(Record):
    """A list of children as it was brought, and how far it is.

    ``label`` is the class of those who have none in it. ``choices`` is what a person said of the
    columns, ``mends`` and ``insisted`` what was said of rows, as the engine takes it. ``done`` of
    ``total`` rows are through while the worker is at it.

    As soon as no row waits, nothing of the list is kept but what became of its rows: names stand
    on the cards of the children and nowhere else.
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
    state = models.CharField(max_length=20, choices=State, default=State.READING)
    source = models.JSONField()
    label = models.CharField(max_length=30, blank=True)
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
    objects = ChildListQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "brought_at"], name="lists_of_an_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(done__lte=models.F("total")), name="list_is_never_past_its_end"
            ),
        ]

    def __str__(self) -> str:
        """Name it by the moment it was brought; a name of a file may name a child."""
        moment = f"{localtime(self.brought_at):%d.%m.%Y %H:%M}"
        return gettext("List of %(moment)s") % {"moment": moment}

    def home(self) -> int | None:
        """Return who brought it."""
        return self.owner_id

    @property
    def about(self) -> str:
        """Name it in notices, for taking them back."""
        return f"{self._meta.label}:{self.public_id}"

    @property
    def is_at_work(self) -> bool:
        """Whether the worker is at it."""
        return self.state in {self.State.READING, self.State.ENTERING, self.State.UNDOING}

    @property
    def may_be_mended(self) -> bool:
        """Whether it can be read once more: it is there, and nobody is at it."""
        return bool(self.source) and self.state == self.State.SHOWN

    def forget_words(self) -> None:
        """Let go of every word of it but what its rows say."""
        self.source, self.mends, self.asides, self.columns = {}, {}, [], []

    def counts(self) -> Counter[str]:
        """Count the rows of each fate."""
        counted = self.rows.values_list("fate").annotate(number=models.Count("pk"))
        return Counter(dict(counted.order_by()))


class ChildListRowQuerySet(Questions["ChildListRow"]):
    """Questions about rows of lists."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep rows of lists brought by the organisations of the scope."""
        return self.filter(of__owner__in=actor.scope)

    def fated(self, *fates: str) -> Self:
        """Keep rows of these fates, in the order of the list."""
        return self.filter(fate__in=fates).order_by("number")

    def leave_places(self) -> int:
        """Keep of these rows where they stood, and no word of them."""
        place = "jsonb_build_object('place', verdict->'place') || %s::jsonb"
        nothing: dict[str, Any] = {"raw": [], "values": {}, "problems": [], "skip": None}
        return self.update(verdict=RawSQL(place, [json.dumps(nothing)]))  # noqa: S611 - own words


class ChildListRow(Record):
    """A row of a list with its one fate; ``learner`` is the child it became or repeats.

    ``verdict`` is what the engine answered about it; of a row that waits for nobody only its
    place is left.
    """

    class Fate(models.TextChoices):
        READY = "ready", _("ready")
        HELD = "held", _("to mend")
        DUPLICATE = "duplicate", _("repeats another row")
        KNOWN = "known", _("is in the register already")
        SKIPPED = "skipped", _("not taken")
        ENTERED = "entered", _("entered")
        UNDONE = "undone", _("taken back")
        KEPT = "kept", _("in use, stays")

    DATA: ClassVar = dict.fromkeys(["verdict", "learner"], Data.PERSONAL)

    of = models.ForeignKey(ChildList, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    fate = models.CharField(max_length=20, choices=Fate)
    verdict = models.JSONField()
    learner = models.ForeignKey(Learner, models.CASCADE, null=True, related_name="+")
    objects = ChildListRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="row_of_a_list_has_one_fate"),
        ]
        indexes = [models.Index(fields=["of", "fate", "number"], name="list_rows_by_fate")]

    def __str__(self) -> str:
        """Name the row by its place."""
        return str(self.number)

    @property
    def source(self) -> str:
        """What the row said, in its own words."""
        return " ".join(filter(None, self.verdict["raw"]))

    @property
    def place(self) -> Mapping[str, Any]:
        """Where it stands: sheet and line."""
        found: Mapping[str, Any] = self.verdict["place"]
        return found

    @property
    def child(self) -> Child:
        """The child that a ready row means."""
        told = self.verdict["values"]
        names: dict[str, Any] = {
            part: told[part] or "" for part in ("family_name", "given_name", "patronymic")
        }
        return Child(**names, grade=told["grade"] or 0, letter=told["letter"] or "")

    def doubts(self) -> dict[str, list[Mapping[str, Any]]]:
        """Return what keeps the row from being entered, by field; ``row`` is the whole row."""
        return doubts_in(self.verdict["problems"])


@forgets
def _forget_lists(keys: Collection[int]) -> dict[str, int]:
    """Erase the lists that children came with: their names stand in the words of them.

    A list goes whole, for rows that go are repeated after a restore; what waits is brought again.
    """
    named = ChildListRow.objects.filter(learner__in=among(keys)).order_by().values("of")
    return ChildList.objects.filter(pk__in=named).delete()[1]
