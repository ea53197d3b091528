"""A calendar week: what stands when, placed on the server in days, half hours and lanes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Kind = Literal["", "service", "free", "bad", "chosen"]
WORDS: "dict[str, StrPromise]" = {
    "service": pgettext_lazy("time in a calendar", "Service"),
    "free": pgettext_lazy("time in a calendar", "Free"),
    "bad": pgettext_lazy("time in a calendar", "Clash"),
    "chosen": pgettext_lazy("time in a calendar", "Chosen"),
}
FIRST_HOUR, LAST_HOUR = 8, 18  # shown even when nothing stands there
ROWS, LANES = 32, 4  # as many places the style sheet knows
WORKING_DAYS = 6


@dataclass(frozen=True, slots=True)
class Block:
    """Something that takes or offers time; ``url`` makes it a link."""

    start: datetime
    end: datetime
    title: str
    note: str = ""
    url: str = ""
    kind: Kind = ""

    @property
    def word(self) -> "str | StrPromise":
        """What the colour means, in a word."""
        return WORDS.get(self.kind, "")

    @property
    def hours(self) -> tuple[datetime, datetime]:
        """Its beginning and end on the clock of the place."""
        return timezone.localtime(self.start), timezone.localtime(self.end)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: ``row`` and ``span`` in half hours, ``lane`` from 1."""

    block: Block
    row: int
    span: int
    lane: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week with its blocks in the order of their beginnings."""

    day: date
    name: str
    is_today: bool
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """What a template draws."""

    hours: range
    days: tuple[Day, ...]


def week_of(first: date, blocks: Iterable[Block]) -> Week:
    """Place ``blocks`` into the week that begins on ``first``; Sunday stands only if it is used."""
    days = [first + timedelta(days=n) for n in range(7)]
    by_day: dict[date, list[Block]] = {day: [] for day in days}
    for block in sorted(blocks, key=lambda one: (one.start, one.end)):
        by_day.get(block.hours[0].date(), []).append(block)
    hours = _hours([block for day in days for block in by_day[day]])
    shown = days if by_day[days[-1]] else days[:WORKING_DAYS]
    return Week(hours, tuple(_day(day, by_day[day], hours[0]) for day in shown))


def _hours(blocks: Sequence[Block]) -> range:
    first = min([FIRST_HOUR, *(block.hours[0].hour for block in blocks)])
    last = max([LAST_HOUR, *(_last_hour(block) for block in blocks)])
    return range(first, min(last, first + ROWS // 2))


def _last_hour(block: Block) -> int:
    start, end = block.hours
    return 24 if end.date() > start.date() else end.hour + bool(end.minute)


def _day(day: date, blocks: Sequence[Block], first_hour: int) -> Day:
    places: list[Place] = []
    for block in blocks:
        row, span = _rows(block, first_hour)
        taken = {one.lane for one in places if one.row + one.span > row}
        lane = next((n for n in range(1, LANES + 1) if n not in taken), LANES)
        places.append(Place(block, row, span, lane))
    name = date_format(day, "D, j E" if day.day == 1 else "D, j")
    return Day(day, name, day == timezone.localdate(), tuple(places))


def _rows(block: Block, first_hour: int) -> tuple[int, int]:
    start, end = block.hours
    row = min((start.hour - first_hour) * 2 + start.minute // 30, ROWS - 1)
    until = ROWS if end.date() > start.date() else -(-(end.hour * 60 + end.minute) // 30)
    return row, min(max(until - first_hour * 2 - row, 1), ROWS - row)
