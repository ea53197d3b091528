"""Five devices with partitions, wrong clocks and replays end with the same answer."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.engines.marks import Kind, Mark, Presence, merge

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
DEVICES = [UUID(int=n) for n in range(1, 6)]
PLACES = [UUID(int=n) for n in range(100, 104)]
SKEW = 7200

taps = st.tuples(st.integers(0, 4), st.integers(0, 3), st.sampled_from(Kind), st.integers(0, 3600))


def the_day(
    drawn: list[tuple[int, int, Kind, int]], skews: list[int]
) -> tuple[list[Mark], dict[UUID, timedelta]]:
    """Make marks as devices with these clocks would; one takes back only what it has made."""
    errors = dict(zip(DEVICES, (timedelta(seconds=s) for s in skews), strict=True))
    marks: list[Mark] = []
    for count, (number, place, kind, second) in enumerate(drawn):
        device, where, of = DEVICES[number], PLACES[place], None
        if kind is Kind.TAKEN_BACK:
            own = [m.key for m in marks if (m.device, m.place) == (device, where)]
            if not own:
                continue
            of = own[-1]
        at = NOON + timedelta(seconds=second) + errors[device]
        marks.append(Mark(UUID(int=1000 + count), device, where, kind, at, of))
    return marks, errors


def delivered(marks: list[Mark], seed: int) -> list[Mark]:
    """Let every mark arrive three times over and in any order."""
    arriving = marks * 3
    Random(seed).shuffle(arriving)  # noqa: S311 - an order, not a secret
    return arriving


def by_arrival(marks: list[Mark]) -> dict[UUID, bool]:
    """Merge as nobody should: what arrived last is true."""
    return {mark.place: mark.kind is Kind.CAME for mark in marks}


@given(
    st.lists(taps, max_size=40),
    st.lists(st.integers(-SKEW, SKEW), min_size=5, max_size=5),
    st.integers(0, 2**32),
)
def test_every_order_of_arrival_gives_one_answer(
    drawn: list[tuple[int, int, Kind, int]], skews: list[int], seed: int
) -> None:
    """Neither replays nor clocks two hours off change who came or when."""
    marks, errors = the_day(drawn, skews)
    right, still = the_day(drawn, [0] * 5)
    assert merge(delivered(marks, seed), errors) == merge(right, still)


def test_the_last_arrival_would_not_converge() -> None:
    """The same model tells a naive merge from ours."""
    drawn = [(0, 0, Kind.CAME, 0), (0, 0, Kind.TAKEN_BACK, 60)]
    marks, errors = the_day(drawn, [0] * 5)
    assert by_arrival(marks) != by_arrival(marks[::-1])
    assert merge(marks, errors) == merge(marks[::-1], errors)


@pytest.mark.parametrize("turn", [1, -1])
def test_a_mark_of_another_device_outlives_a_taking_back(turn: int) -> None:
    """Taking back names one mark: what a colleague saw stays."""
    drawn = [(0, 0, Kind.CAME, 0), (1, 0, Kind.CAME, 90), (0, 0, Kind.TAKEN_BACK, 120)]
    marks, errors = the_day(drawn, [SKEW, -SKEW, 0, 0, 0])
    expected = Presence(NOON + timedelta(seconds=90), None, 0)
    assert merge(marks[::turn], errors) == {PLACES[0]: expected}


def by_hand(marks: list[Mark], errors: dict[UUID, timedelta], place: UUID) -> Presence:
    """Cross out on paper what was taken back, then read the first coming and the last leaving."""
    sheet = {(m.key, m.kind, m.at - errors[m.device]) for m in marks if m.place == place}
    for taking in marks:
        sheet = {line for line in sheet if line[0] != taking.of}
    came = sorted(at for _, kind, at in sheet if kind is Kind.CAME)
    left = sorted(at for _, kind, at in sheet if kind is Kind.LEFT)
    return Presence(came[0] if came else None, left[-1] if left else None, max(0, len(came) - 1))


@given(
    st.lists(taps, max_size=40),
    st.lists(st.integers(-SKEW, SKEW), min_size=5, max_size=5),
    st.integers(0, 2**32),
)
def test_the_answer_is_that_of_a_sheet_of_paper(
    drawn: list[tuple[int, int, Kind, int]], skews: list[int], seed: int
) -> None:
    """Every place that was marked is answered for, by what is left on its sheet."""
    marks, errors = the_day(drawn, skews)
    sheets = {place: by_hand(marks, errors, place) for place in {m.place for m in marks}}
    assert merge(delivered(marks, seed), errors) == sheets
