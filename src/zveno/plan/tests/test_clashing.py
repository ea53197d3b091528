"""Laws of clashes: what is found is what looking at every pair finds, what is proposed is free."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.plan.models.audiences import audience_of, is_for_children, people_of
from zveno.plan.models.clashing import Calendar, Clash, Entry, Kind, Proposal, found, proposed
from zveno.plan.tests.clashing import expected, faults, free_days

FIRST = date(2026, 10, 1)
LENGTH = 40
DAYS = st.integers(-3, LENGTH).map(lambda number: FIRST + timedelta(days=number))
PARTS = st.frozensets(st.sampled_from("абв"), max_size=2)
VENUES = {1: [("зал", "Зал"), ("цех", "Цех")], 2: [("зал", "Зал")]}


@st.composite
def plans(draw: st.DrawFn) -> list[Entry]:
    entry = st.builds(
        Entry,
        key=st.just(0),
        day=DAYS,
        host=st.integers(1, 2),
        venue=st.sampled_from(["", "зал", "цех"]),
        people=PARTS,
        audience=PARTS,
        for_children=st.booleans(),
        fixed=st.booleans(),
    )
    rows = draw(st.lists(entry, max_size=9))
    return [replace(one, key=number) for number, one in enumerate(rows, start=1)]


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    off = draw(st.frozensets(DAYS, max_size=8))
    begins = draw(DAYS)
    ends = begins + timedelta(days=draw(st.integers(0, 9)))
    return Calendar(FIRST, FIRST + timedelta(days=LENGTH), off, ((begins, ends),))


@given(plans(), calendars())
def test_what_is_found_is_what_every_pair_tells(entries: list[Entry], calendar: Calendar) -> None:
    clashes = found(entries, calendar)

    assert set(clashes) == expected(entries, calendar)
    assert len({(one.kind, one.key) for one in clashes}) == len(clashes)


@given(plans(), calendars())
def test_the_order_in_which_items_come_changes_nothing(
    entries: list[Entry], calendar: Calendar
) -> None:
    assert found(entries[::-1], calendar) == found(entries, calendar)


@given(plans(), calendars())
def test_what_is_proposed_is_in_nobodys_way_and_the_nearest(
    entries: list[Entry], calendar: Calendar
) -> None:
    rows = {one.key: one for one in entries}
    for clash in found(entries, calendar):
        proposal, entry = proposed(clash, entries, calendar, VENUES), rows[clash.key]
        days = free_days(clash, entries, calendar)
        if proposal is None:
            assert entry.fixed or not days
        else:
            assert not faults(clash, proposal, entries, calendar)
        if days and proposal:
            assert not proposal.venue
            assert _rank(entry.day, proposal.day) == min(_rank(entry.day, day) for day in days)


def _rank(day: date, other: date) -> tuple[bool, timedelta, bool]:
    return other.month != day.month, abs(other - day), other < day


def test_another_place_is_proposed_where_no_day_is_free() -> None:
    day = date(2026, 10, 5)
    rows = [Entry(1, day, 1, "зал"), Entry(2, day, 1, "зал")]
    calendar = Calendar(day, day)

    [clash] = found(rows, calendar)

    assert clash == Clash(Kind.PLACE, 2, 1)
    assert proposed(clash, rows, calendar, VENUES) == Proposal(day, "Цех")
    assert proposed(clash, rows, calendar, {}) is None


def test_what_has_an_event_stays() -> None:
    day = date(2026, 10, 5)
    rows = [Entry(1, day, 1), Entry(2, day, 1, fixed=True), Entry(3, day, 1, fixed=True)]
    clashes = found(rows, Calendar(FIRST, date(2026, 12, 31)))

    assert clashes == [Clash(Kind.PLACE, 1, 2), Clash(Kind.PLACE, 3, 2)]
    assert proposed(clashes[1], rows, Calendar(FIRST, date(2026, 12, 31)), {}) is None


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("7–8 классы", {"7", "8"}),
        ("7 и 8 классы, родители", {"7", "8"}),
        ("grades 10-11", {"10", "11"}),
        ("Дети 5–7 лет", {"дети 5 7 лет"}),
        ("Педагоги", {"педагоги"}),
        ("", set()),
    ],
)
def test_whom_an_item_is_for(words: str, parts: set[str]) -> None:
    assert audience_of(words) == parts


@pytest.mark.parametrize(
    ("words", "children"),
    [("7 классы и родители", True), ("Педагоги", False), ("", True), ("Все желающие", True)],
)
def test_whether_children_are_among_them(words: str, *, children: bool) -> None:
    assert is_for_children(words) == children


def test_who_is_responsible_is_a_list_of_posts() -> None:
    assert people_of("Методист ИМЦ; зам. директора") == {"методист имц", "зам директора"}
