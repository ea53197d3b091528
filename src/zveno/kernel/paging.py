"""Long lists in parts: from the key of the last one seen on, however much came or went since."""

from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from zveno.kernel.models import Questions, Record

Row = TypeVar("Row", bound=Record)


@dataclass(frozen=True, slots=True)
class Part(Generic[Row]):
    """Some rows of a list; ``next`` is where the following ones begin, nothing at the end."""

    items: list[Row]
    next: UUID | None


def part_of(rows: Questions[Row], after: UUID | None, limit: int) -> Part[Row]:
    """Return ``limit`` rows after the one with the public id ``after``, in the order of these ids.

    Nobody can skip or repeat a row that is there all the while, and no serial number is told.
    """
    beyond = rows.filter(public_id__gt=after) if after else rows
    found = list(beyond.order_by("public_id")[: limit + 1])
    return Part(found[:limit], found[limit - 1].public_id if len(found) > limit else None)
