"""The arithmetic of obligations: what is owed in a period, and what earlier ones lack."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

MONTHS = {"month": 1, "quarter": 3, "year": 12}
BEGINS = {"month": 1, "quarter": 1, "year": 9}
A_DAY = timedelta(days=1)


class Period(models.TextChoices):
    """How often something is owed; a year is an academic one, from September to August."""

    ONCE = "once", _("once")
    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")
    YEAR = "year", _("every academic year")


class Done(NamedTuple):
    """How much was done on a day."""

    day: date
    amount: int


class Span(NamedTuple):
    """Days from the first to the last."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Standing:
    """What is owed until ``deadline`` and done of it; ``lacked`` is what earlier periods lack."""

    owed: int
    done: int
    deadline: date
    is_over: bool
    lacked: int = 0

    @property
    def is_done(self) -> bool:
        """Whether all of it is done; something uncounted is, once anything was."""
        return self.done >= max(self.owed, 1)

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed, or an earlier period, without all of it done."""
        return self.lacked > 0 or (self.is_over and not self.is_done)


def standing(
    period: Period, owed: int, term: tuple[date, date], facts: Iterable[Done], today: date
) -> Standing:
    """Tell what is owed on ``today`` in a ``term`` (first and last day), and what was done of it.

    Only a whole period can lack something: nobody has signed how much its parts make. What was
    done before the term belongs to its first period, what was done later to its last.
    """
    spans = list(spans_of(period, *term))
    done: Counter[Span] = Counter()
    for fact in facts:
        done[_span_at(spans, fact.day)] += fact.amount
    now = _span_at(spans, today)
    behind = [span for span in spans if span.last < now.first and span == whole(period, span)]
    return Standing(
        owed=owed,
        done=done[now],
        deadline=now.last,
        is_over=today > now.last,
        lacked=sum(max(0, owed - done[span]) for span in behind),
    )


def spans_of(period: Period, first: date, last: date) -> Iterator[Span]:
    """Cut a term into its periods; the first and the last may be parts of one."""
    if period == Period.ONCE:
        yield Span(first, last)
        return
    begin = first
    while begin <= last:
        end = whole(period, Span(begin, begin)).last
        yield Span(begin, min(end, last))
        begin = end + A_DAY


def whole(period: Period, part: Span) -> Span:
    """Return the whole period in which ``part`` begins."""
    if period == Period.ONCE:
        return part
    months = MONTHS[period]
    month = part.first.year * 12 + part.first.month - 1
    begin = month - (month - BEGINS[period] + 1) % months
    return Span(_first_of(begin), _first_of(begin + months) - A_DAY)


def _first_of(month: int) -> date:
    """Return the first day of a month, counted from the January of the year 0."""
    year, rest = divmod(month, 12)
    return date(year, rest + 1, 1)


def _span_at(spans: list[Span], day: date) -> Span:
    return next((span for span in spans if day <= span.last), spans[-1])
