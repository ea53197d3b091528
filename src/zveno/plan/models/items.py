"""The lines of a plan."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models import Cluster, Obligation, joined_by
from zveno.organisations.models import Organisation
from zveno.plan.models.plans import Plan, Section
from zveno.ui.faces import Face

FEED = "plan.feed"
"""What a link lists that opens the plan of a cluster to a program that keeps a calendar."""


class PlanItemQuerySet(Questions["PlanItem"]):
    """Questions about plan items."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep items of the plans the actor sees, or that its link opens."""
        if actor.keys:
            return self.filter(plan__cluster__in=actor.listed(FEED))
        return self.filter(joined_by(actor, "plan__cluster__"))

    def of_year(self, cluster: Cluster, year: int) -> Self:
        """Keep the plan of an academic year, as it will be read."""
        return self.filter(plan__cluster=cluster, plan__year=year).order_by("day", "title", "pk")

    def to_copy(self, cluster: Cluster, year: int) -> Self:
        """Keep what may be copied into the plan of ``year``: of the year before, not cancelled."""
        rows = self.of_year(cluster, year - 1).exclude(state=PlanItem.State.CANCELLED)
        return rows.select_related("section", "host", "obligation__agreement")


class PlanItem(Record):
    """A line of the plan. ``month`` is 1 to 12; the original day stays when the item moves.

    ``by_event``: an event was made from it, which sets its day from then on. ``moves`` counts how
    often a day that was set gave way to another, ``changes`` counts the versions that calendars
    tell apart.
    """

    DATA: ClassVar = {"title": Data.PUBLIC}

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("plan item", "planned")
        DATED = "dated", pgettext_lazy("plan item", "dated")
        ANNOUNCED = "announced", pgettext_lazy("plan item", "announced")
        DONE = "done", pgettext_lazy("plan item", "done")
        REPORTED = "reported", pgettext_lazy("plan item", "reported")
        CANCELLED = "cancelled", pgettext_lazy("plan item", "cancelled")

    TOLD: ClassVar = (
        *("title", "kind", "day", "host_id", "venue", "audience", "responsible", "note"),
        *("state", "done_note", "report", "cancelled_why"),
    )
    """What calendars tell of it."""

    class Kind(models.TextChoices):
        EVENT = "event", pgettext_lazy("plan item", "event")
        COURSE = "course", _("course of further training")

    OVER: ClassVar = frozenset({State.DONE, State.REPORTED, State.CANCELLED})

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items")
    section = models.ForeignKey(Section, models.PROTECT, null=True, related_name="items")
    obligation = models.ForeignKey(Obligation, models.PROTECT, null=True, related_name="plan_items")
    host = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.EVENT)
    title = models.CharField(max_length=200)
    audience = models.CharField(max_length=200, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    responsible = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=400, blank=True)
    month = models.PositiveSmallIntegerField()
    original_day = models.DateField(null=True)
    day = models.DateField(null=True)
    moves = models.PositiveSmallIntegerField(default=0)
    taken_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="copies")
    by_event = models.BooleanField(default=False)
    changes = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=20, choices=State, default=State.PLANNED)
    done_note = models.CharField(max_length=300, blank=True)
    report = models.CharField(max_length=400, blank=True)
    cancelled_why = models.CharField(max_length=400, blank=True)
    objects = PlanItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="item_has_a_month"),
            models.CheckConstraint(
                condition=Q(state="cancelled") | (Q(state="planned") ^ Q(day__isnull=False)),
                name="dated_item_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled") ^ Q(cancelled_why=""),
                name="cancelled_item_says_why",
            ),
            models.UniqueConstraint(
                fields=["plan", "title", "month"], name="item_stands_once_in_a_month"
            ),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def home(self) -> int | None:
        """Return the host."""
        return self.host_id

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it; as a newer version, if it tells another thing than before."""
        before = PlanItem.objects.filter(pk=self.pk).values(*self.TOLD).first() if self.pk else None
        if before and before != {name: getattr(self, name) for name in self.TOLD}:
            self.changes, self.changed_at = self.changes + 1, clock.now()
            if kwargs.get("update_fields"):
                kwargs["update_fields"] = [*kwargs["update_fields"], "changes", "changed_at"]
        super().save(*args, **kwargs)

    def facts(self) -> dict[str, str | int | None]:
        """Return what a person planned, field by field, as JSON has it."""
        return {
            "title": self.title,
            "kind": self.kind,
            "section": str(self.section.public_id) if self.section else None,
            "month": self.month,
            "day": self.day.isoformat() if self.day else None,
            "host": str(self.host.public_id),
            "audience": self.audience,
            "venue": self.venue,
            "responsible": self.responsible,
            "note": self.note,
        }

    @property
    def month_now(self) -> int:
        """Return the month it stands in: that of its day, else the planned one."""
        return self.day.month if self.day else self.month

    @property
    def has_moved(self) -> bool:
        """Whether its day is not the one first named."""
        return self.day != self.original_day and self.original_day is not None

    @property
    def remark(self) -> str:
        """Return what came of it, or why it was cancelled."""
        return self.cancelled_why or self.report or self.done_note

    @property
    def is_course(self) -> bool:
        """Whether people are trained: then no event is made of it."""
        return self.kind == self.Kind.COURSE

    @property
    def is_over(self) -> bool:
        """Whether it took place or was cancelled."""
        return self.state in self.OVER

    @property
    def face(self) -> Face:
        """How its state looks."""
        return ITEM_FACES[self.State(self.state)]


ITEM_FACES = {
    PlanItem.State.PLANNED: Face(pgettext_lazy("plan item", "Planned"), "brand"),
    PlanItem.State.DATED: Face(_("Date set"), "brass", "clock"),
    PlanItem.State.ANNOUNCED: Face(pgettext_lazy("plan item", "Announced"), "info", "cal"),
    PlanItem.State.DONE: Face(pgettext_lazy("plan item", "Done"), "ok", "check"),
    PlanItem.State.REPORTED: Face(pgettext_lazy("plan item", "Reported"), "ok", "doc"),
    PlanItem.State.CANCELLED: Face(pgettext_lazy("plan item", "Cancelled"), "bad", "close"),
}
