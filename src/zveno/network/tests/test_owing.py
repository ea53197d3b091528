"""The arithmetic of obligations against an oracle that walks through every day."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.network.models.owing import Done, Period, Standing, standing

DAYS = st.dates(date(2023, 1, 1), date(2030, 12, 31))
A_DAY = timedelta(days=1)


def label(period: Period, day: date) -> object:
    """Name the period a day belongs to, as people do."""
    if period == Period.MONTH:
        return day.year, day.month
    if period == Period.QUARTER:
        return day.year, (day.month - 1) // 3
    if period == Period.YEAR:
        return day.year if day.month >= 9 else day.year - 1
    return "once"


def naive(
    period: Period, owed: int, term: tuple[date, date], facts: list[Done], today: date
) -> tuple[int, date, list[object]]:
    """Return what is done now, until when, and what is lacking, by looking at each day.

    What is owed is a heap of single debts; each single thing done above pays the oldest of them.
    """
    first, last = term
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]

    def inside(day: date) -> object:
        return label(period, min(max(day, first), last))

    done: Counter[object] = Counter()
    for fact in facts:
        done[inside(fact.day)] += fact.amount
    now = inside(today)
    debts: list[object] = []
    for name in dict.fromkeys(inside(day) for day in days):
        of_it = [day for day in days if inside(day) == name]
        for _ in range(done[name] - owed):
            debts = debts[1:]
        if name == now:
            break
        starts = label(period, of_it[0] - A_DAY) != name
        ends = label(period, of_it[-1] + A_DAY) != name
        if starts and ends:
            debts += [name] * (owed - done[name])
    return done[now], max(day for day in days if inside(day) == now), debts


@st.composite
def cases(draw: st.DrawFn) -> tuple[Any, ...]:
    """Draw a period, how much is owed, a term, what was done, and a day to ask on."""
    begin = draw(DAYS)
    term = (begin, begin + timedelta(days=draw(st.integers(1, 1200))))
    facts = st.lists(st.builds(Done, DAYS, st.integers(0, 9)), max_size=12)
    return draw(st.sampled_from(Period)), draw(st.integers(0, 9)), term, draw(facts), draw(DAYS)


@given(case=cases())
def test_standing_is_what_walking_through_the_days_gives(case: tuple[Any, ...]) -> None:
    told = standing(*case)

    debts = [label(case[0], lack.span.first) for lack in told.lacks for _ in range(lack.amount)]
    assert (told.done, told.deadline, debts) == naive(*case)


@given(facts=st.lists(st.builds(Done, DAYS, st.integers(0, 99)), max_size=20), today=DAYS)
def test_nothing_done_is_lost_between_periods(facts: list[Done], today: date) -> None:
    term = (date(2025, 5, 20), date(2028, 5, 20))
    ends = [date(2025, 8, 31), date(2026, 8, 31), date(2027, 8, 31), term[1]]

    counted = [standing(Period.YEAR, 12, term, facts, day).done for day in ends]

    assert sum(counted) == sum(fact.amount for fact in facts)


TERM = (date(2025, 5, 20), date(2028, 5, 20))


@pytest.mark.parametrize(
    ("period", "today", "done", "said"),
    [
        (Period.YEAR, date(2025, 12, 1), 0, (False, False)),
        (Period.YEAR, date(2025, 12, 1), 12, (True, False)),
        (Period.YEAR, date(2026, 9, 1), 0, (False, True)),
        (Period.ONCE, date(2028, 5, 20), 11, (False, False)),
        (Period.ONCE, date(2028, 5, 21), 11, (False, True)),
        (Period.ONCE, date(2028, 5, 21), 12, (True, False)),
    ],
)
def test_overdue_is_what_was_not_done_in_time(
    period: Period, today: date, done: int, said: tuple[bool, bool]
) -> None:
    told = standing(period, 12, TERM, [Done(min(today, TERM[1]), done)], today)

    assert (told.is_done, told.is_overdue) == said


def test_more_in_a_later_period_makes_up_for_the_earliest_that_lacks() -> None:
    facts = [Done(date(2026, 1, 10), 10), Done(date(2026, 2, 10), 11), Done(date(2026, 3, 10), 12)]
    term = (date(2026, 1, 1), date(2026, 12, 31))

    march = standing(Period.MONTH, 12, term, facts, date(2026, 3, 20))
    made_up = standing(Period.MONTH, 12, term, [*facts, Done(date(2026, 3, 12), 2)], march.deadline)

    assert [(lack.span.first.month, lack.amount) for lack in march.lacks] == [(1, 2), (2, 1)]
    assert [(lack.span.first.month, lack.amount) for lack in made_up.lacks] == [(2, 1)]
    assert not standing(Period.MONTH, 12, term, [Done(date(2026, 3, 9), 15)], term[0]).lacks


def test_what_was_done_too_much_before_is_no_store_for_later() -> None:
    term = (date(2026, 1, 1), date(2026, 12, 31))

    february = standing(Period.MONTH, 12, term, [Done(date(2026, 1, 9), 24)], date(2026, 3, 1))

    assert [lack.amount for lack in february.lacks] == [12]


def test_what_is_not_counted_is_done_once_anything_was() -> None:
    assert not Standing(owed=0, done=0, deadline=TERM[1], is_over=False).is_done
    assert Standing(owed=0, done=1, deadline=TERM[1], is_over=False).is_done
