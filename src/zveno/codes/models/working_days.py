"""The production calendar: on which days nobody works.

Holidays are those of article 112 of the Labour Code, a file for each edition (its first year). A
holiday at a weekend gives its day off to the next working day, but those of January: these the
Government moves each year (a file a year, ``data/days_off``), and other days off as well. What a
file does not know yet the operator adds as ``ZVENO_DAYS_OFF``.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from zveno.codes.models import DATA

A_DAY = timedelta(days=1)
SATURDAY = 5
JANUARY = 1
Moves = tuple[tuple[date, date], ...]


def holiday(day: date) -> str:
    """Name the holiday a day is, in the reader's language; nothing for any other day."""
    names = _holidays(day.year).get((day.month, day.day))
    return names.get(get_language() or "", names["ru"]) if names else ""


def is_day_off(day: date) -> bool:
    """Whether nobody works on a day: a weekend, a holiday, or moved there."""
    works = any(day == moved for moved, _to in _moved())
    return is_free(day) or (_is_weekend(day) and not works)


def is_free(day: date) -> bool:
    """Whether a day is off beyond the usual weekend: a holiday, or a day off moved there."""
    return day in _off(day.year, _moved())


def _moved() -> Moves:
    """Return which days off were moved, and where."""
    return _read_moves(settings.ZVENO_DAYS_OFF)


@cache
def _read_moves(added: str) -> Moves:
    lines = [line for path in sorted((DATA / "days_off").glob("*.txt")) for line in _rows(path)]
    pairs = [line.split(" | ") for line in lines]
    pairs += [one.split("=") for one in added.split(",") if one]
    return tuple((date.fromisoformat(day), date.fromisoformat(to)) for day, to in pairs)


@cache
def _off(year: int, moves: Moves) -> frozenset[date]:
    """Return the days of a year that are off whatever their weekday."""
    days = {date(year, month, day) for month, day in _holidays(year)}
    taken, moved = days | {to for _day, to in moves if to.year == year}, {day for day, _to in moves}
    for day in sorted(days):
        if _is_weekend(day) and day.month != JANUARY and day not in moved:
            taken.add(_next_working(day, taken))
    return frozenset(taken)


def _next_working(day: date, taken: set[date]) -> date:
    while _is_weekend(day) or day in taken:
        day += A_DAY
    return day


def _is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY


@cache
def _holidays(year: int) -> Mapping[tuple[int, int], Mapping[str, str]]:
    """Return the holidays by month and day, by the edition of the law in force in a year."""
    editions = sorted((DATA / "holidays").glob("*.txt"))
    path = [one for one in editions if int(one.stem) <= year or one == editions[0]][-1]
    rows = (line.split(" | ") for line in _rows(path))
    return {
        (int(day[:2]), int(day[3:])): {"ru": russian, "en": english}
        for day, russian, english in rows
    }


def _rows(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    return (line for line in text.splitlines() if not line.startswith("#"))
