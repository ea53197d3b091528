"""Numbers that rooms offer to whoever counts over organisations, and which of them may be told.

A room says its facts in ``facts.py``. Each row tells of how many children it speaks at least: a
cell of fewer than ``LEAST`` is told to nobody, and a sum adds only cells that are told, so that
none can be reckoned from the others.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

LEAST = 5
"""Fewer children than that are hidden everywhere."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A number by organisation, cluster and direction between two days, both counted.

    ``rows`` has the keys ``organisation``, ``cluster``, ``direction``, ``number`` and
    ``children``: at least so many different children stand behind the row.
    """

    name: str
    label: "StrPromise"
    rows: Callable[[date, date], QuerySet[Any, Any]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A number and of how many children it speaks at least; none of both is no small number."""

    number: Decimal = Decimal(0)
    children: int = 0

    @property
    def told(self) -> bool:
        """Whether it may be told."""
        return self.children >= LEAST or not self.children


def told(cells: Iterable[Cell]) -> Decimal:
    """Add up what may be told, and nothing else."""
    return sum((cell.number for cell in cells if cell.told), Decimal(0))
