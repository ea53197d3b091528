"""What amendments change in an agreement, and how it reads on any day."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.network.models.agreements import Agreement, seen_by

LONGEST_POINT = 3000
CLAUSE = re.compile(r"(\d{1,3}\.\d{1,3})\.\s(.*)", re.DOTALL)
SPOKEN = {"clause", "item", "table"}
"""The blocks a clause is made of: itself, its items, its table."""


class ChangeQuerySet(Questions["Change"]):
    """Questions about changes."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of amendments the actor sees; once in force, of agreements it sees."""
        whole = Q(amendment__in_force_at__isnull=False) & seen_by(actor, "amendment__parent__")
        return self.filter(seen_by(actor, "amendment__") | whole)

    def in_force_of(self, agreement: Agreement) -> Self:
        """Keep those of amendments of an agreement that all have signed, in their order."""
        signed = self.filter(amendment__parent=agreement, amendment__in_force_at__isnull=False)
        ordered = signed.order_by("amendment__in_force_at", "amendment", "place")
        return ordered.select_related("amendment")


class Change(Record):
    """How a ``point`` of an agreement reads by an amendment; without a text it is left out.

    A point is a clause, «3.1», or an annex, «1». ``adds``: it was not there when the amendment
    was drawn.
    """

    amendment = models.ForeignKey(Agreement, models.CASCADE, related_name="changes")
    place = models.PositiveSmallIntegerField()
    point = models.CharField(max_length=7)
    text = models.TextField(max_length=LONGEST_POINT, blank=True)
    adds = models.BooleanField(default=False)
    objects = ChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "point"], name="amendment_changes_a_point_once"
            ),
            models.UniqueConstraint(fields=["amendment", "place"], name="change_has_its_place"),
            models.CheckConstraint(
                condition=Q(point__regex=r"^\d{1,3}(\.\d{1,3})?$"), name="change_of_a_point"
            ),
            models.CheckConstraint(
                condition=Q(adds=False) | ~Q(text=""), name="what_is_added_has_words"
            ),
        ]

    def __str__(self) -> str:
        """Return the point."""
        return self.point

    def home(self) -> int | None:
        """Return the base organisation of the cluster."""
        return self.amendment.home()

    @property
    def is_annex(self) -> bool:
        """Whether an annex is changed, not a clause."""
        return "." not in self.point


@dataclass(frozen=True, slots=True)
class Reading:
    """How a point reads from a day on, by an amendment; without these as it was first signed."""

    text: str
    since: date | None = None
    by: Agreement | None = None


Readings = Mapping[str, Sequence[Reading]]


def as_signed(blocks: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the clauses of a paper as it was drawn, by their numbers; items a line each."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for block in blocks:
        clause = CLAUSE.match(block["texts"][0]) if block["kind"] == "clause" else None
        if clause:
            lines = found.setdefault(clause[1], [clause[2]])
        elif block["kind"] not in SPOKEN:
            lines = []
        else:
            lines += [*block["texts"], *(" | ".join(row) for row in block["rows"])]
    return {point: "\n".join(said) for point, said in found.items()}


def readings(signed: Mapping[str, str], changes: Iterable[Change]) -> dict[str, list[Reading]]:
    """Return how each point has read, the oldest first; ``changes`` come in their order."""
    found = {point: [Reading(text)] for point, text in signed.items()}
    for change in changes:
        moment = change.amendment.in_force_at
        since = timezone.localdate(moment) if moment else None
        found.setdefault(change.point, []).append(Reading(change.text, since, change.amendment))
    return found


def reading_on(history: Sequence[Reading], day: date) -> Reading | None:
    """Return how a point read when that day ended; None: it was not there yet."""
    count = bisect_right(history, day, key=lambda reading: reading.since or date.min)
    return history[count - 1] if count else None


def read_of(agreement: Agreement, changes: Iterable[Change]) -> dict[str, list[Reading]]:
    """Return how each point of an agreement has read, by these ``changes`` of it in force."""
    return readings(as_signed(agreement.paper.content["blocks"]), changes)


def in_order(point: str) -> tuple[int, ...]:
    """Put clauses in the order of their numbers, and annexes after them."""
    numbers = tuple(int(part) for part in point.split("."))
    return numbers if "." in point else (1000, *numbers)
