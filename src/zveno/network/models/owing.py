"""The arithmetic of obligations: what is owed in a period, and what earlier ones lack."""

from collections import Counter, deque
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


class Lack(NamedTuple):
    """How much a period that is over still lacks."""

    span: Span
    amount: int

    @property
    def days(self) -> str:
        """Write its days: «01.09.2025 – 31.08.2026»."""
        return f"{self.span.first:%d.%m.%Y} – {self.span.last:%d.%m.%Y}"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is owed until ``deadline`` and done of it; ``lacks`` is what earlier periods lack."""

    owed: int
    done: int
    deadline: date
    is_over: bool
    lacks: tuple[Lack, ...] = ()

    @property
    def lacked(self) -> int:
        """How much earlier periods lack in all."""
        return sum(lack.amount for lack in self.lacks)

    @property
    def is_done(self) -> bool:
        """Whether all of it is done; something uncounted is, once anything was."""
        return self.done >= max(self.owed, 1)

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed, or an earlier period, without all of it done."""
        return bool(self.lacks) or self.is_missed

    @property
    def is_missed(self) -> bool:
        """Whether the last day of all has passed without all of it done."""
        return self.is_over and not self.is_done


def standing(
    period: Period, owed: int, term: tuple[date, date], facts: Iterable[Done], today: date
) -> Standing:
    """Tell what is owed on ``today`` in a ``term`` (first and last day), and what was done of it.

    Only a whole period can lack something: nobody has signed how much its parts make. What was
    done before the term belongs to its first period, what was done later to its last. What a
    period has above its own makes up for what earlier ones lack, the earliest first.
    """
    spans = list(spans_of(period, *term))
    done: Counter[Span] = Counter()
    for fact in facts:
        done[_span_at(spans, fact.day)] += fact.amount
    now = _span_at(spans, today)
    lacks: deque[Lack] = deque()
    for span in spans[: spans.index(now) + 1]:
        _make_up(lacks, done[span] - owed)
        if span != now and span == whole(period, span) and done[span] < owed:
            lacks.append(Lack(span, owed - done[span]))
    return Standing(
        owed=owed,
        done=done[now],
        deadline=now.last,
        is_over=today > now.last,
        lacks=tuple(lacks),
    )


def _make_up(lacks: deque[Lack], more: int) -> None:
    """Let what was done above what a period owes count for the earliest of those that lack."""
    while lacks and more > 0:
        first = lacks.popleft()
        if first.amount > more:
            lacks.appendleft(Lack(first.span, first.amount - more))
        more -= first.amount


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
