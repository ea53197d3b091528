"""What an item becomes in the next academic year: the weekday stays, holidays are skipped."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from zveno.codes.models.working_days import holiday, is_free
from zveno.network.models import Season, Span
from zveno.organisations.models import name_key
from zveno.plan.models.items import PlanItem

A_WEEK = timedelta(weeks=1)
A_YEAR = 52 * A_WEEK


class Copy(NamedTuple):
    """An item of last year, and when it is to be: ``skipped`` is the holiday it would fall on.

    ``season`` names the school holidays the day is in; ``there``: the plan has such an item.
    """

    item: PlanItem
    month: int
    day: date | None
    skipped: str = ""
    season: str = ""
    there: bool = False


def a_year_later(day: date) -> tuple[date, str]:
    """Return the same weekday of the same month a year later, and the holiday skipped for it."""
    later, skipped = day + A_YEAR, ""
    if later.month != day.month:
        later += A_WEEK
    while is_free(later):
        skipped = skipped or holiday(later) or f"{later:%d.%m.%Y}"
        later += A_WEEK
    return later, skipped


def copies_of(
    items: Iterable[PlanItem],
    there: Iterable[tuple[str, int]],
    seasons: Sequence[Season | Span],
) -> Iterator[Copy]:
    """Say what becomes of each item; ``there`` are names and months of the plan it comes into."""
    taken = {(name_key(title), month) for title, month in there}
    for item in items:
        first = item.original_day or item.day
        day, skipped = a_year_later(first) if first else (None, "")
        month = day.month if day else item.month
        key = (name_key(item.title), month)
        yield Copy(item, month, day, skipped, _season(seasons, day), key in taken)
        taken.add(key)


def _season(seasons: Sequence[Season | Span], day: date | None) -> str:
    """Name the school holidays a day is in."""
    if day is None:
        return ""
    free = (one for one in seasons if one.kind == Season.Kind.HOLIDAYS)
    return next((one.name for one in free if one.begins <= day <= one.ends), "")
