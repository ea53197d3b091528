"""Seats in the fullest mode: every rule at its best by brute force, every refusal exhibited."""

import json
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.engines.seats_kit import Raw, fullest, problems
from tests.engines.test_seats import problem as open_problem
from tests.engines.test_seats import pupil, quota
from zveno.engines import Refusal
from zveno.engines.seats import Because, Reason, Stage, check, defer, fill, read_problem, solve

laws = settings(
    max_examples=200,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def problem(*people: Raw, seats: int = 1, quotas: tuple[Raw, ...] = ()) -> Raw:
    """Describe the two sessions to be filled as far as they go."""
    return open_problem(*people, seats=seats, quotas=quotas) | {"mode": "fullest"}


@laws
@given(problems(people=6, sessions=4))
def test_no_other_plan_is_better_by_any_rule(raw: Raw) -> None:
    read = read_problem(raw | {"mode": "fullest"})
    assert dict(fill(read).seats) == fullest(read)[0]


@laws
@given(problems(people=9))
def test_keeps_every_promise(raw: Raw) -> None:
    read = read_problem(raw | {"mode": "fullest"})
    assert check(read, fill(read)) == ()


@laws
@given(problems(people=9))
def test_the_order_of_rows_and_the_names_of_schools_change_nothing(raw: Raw) -> None:
    raw |= {"mode": "fullest"}
    mixed = dict(raw)
    for name in ("applicants", "sessions", "quotas"):
        mixed[name] = random.Random(7).sample(raw[name], len(raw[name]))  # noqa: S311 - a shuffle
    assert json.dumps(solve(mixed)) == json.dumps(solve(raw))
    text = json.dumps(raw)
    for old, new in (("a", "z"), ("b", "y"), ("c", "x")):
        text = text.replace(f'"{old}"', f'"{new}"')
    assert solve(json.loads(text))["seats"] == solve(raw)["seats"]


@laws
@given(problems(people=9))
def test_seats_no_fewer_than_the_line_would(raw: Raw) -> None:
    read = read_problem(raw | {"quotas": []})
    assert len(fill(read).seats) >= len(defer(read).seats)


@laws
@given(problems(people=9))
def test_one_seat_more_seats_no_fewer(raw: Raw) -> None:
    read = read_problem(raw | {"quotas": [], "mode": "fullest"})
    first, *others = read.sessions
    wider = replace(read, sessions=(replace(first, capacity=first.capacity + 1), *others))
    assert len(fill(wider).seats) >= len(fill(read).seats)


def test_one_moves_to_the_second_wish_so_that_another_gets_a_seat() -> None:
    people = pupil("p", "s", "u"), pupil("q", "s", priority=1)
    raw = problem(*people) | {"sessions": [{"id": "s", "capacity": 1}, {"id": "u", "capacity": 1}]}
    assert solve(raw | {"mode": "open"})["seats"] == {"p": "s"}
    plan = fill(read_problem(raw))
    assert (plan.seats, plan.profile) == ({"p": "u", "q": "s"}, (1, 1))
    refused = plan.reasons["p", "s"]
    assert (refused.because, refused.stage) == (Because.TRADED, Stage.PEOPLE)
    assert refused.moves == (("p", "s"), ("q", ""))


def test_the_school_with_the_smallest_share_goes_first() -> None:
    people = (
        *(pupil(f"a{n}", "s") for n in range(3)),
        *(pupil(f"b{n}", "s", school="b") for n in "01"),
    )
    got = fill(read_problem(problem(*people, seats=2))).seats
    assert sorted(each[0] for each in got) == ["a", "b"]
    three = fill(read_problem(problem(*people, seats=3)))
    assert sorted(each[0] for each in three.seats) == ["a", "a", "b"]
    small = fill(read_problem(problem(people[0], *people[3:])))
    assert small.seats == {"a0": "s"}
    assert {each.stage for each in small.reasons.values()} == {Stage.SHARES}


def test_reserved_seats_go_before_everything() -> None:
    people = pupil("p", "s"), pupil("q", "s", school="b", priority=1)
    plan = fill(read_problem(problem(*people, quotas=(quota("b", "b", 1, floor=1),))))
    assert (plan.seats, plan.reasons["p", "s"].stage) == ({"q": "s"}, Stage.RESERVED)


def test_what_no_move_can_grant_is_said_too() -> None:
    plan = fill(read_problem(problem(pupil("p", "t", "s"), quotas=(quota("a", "a", 0),))))
    assert plan.reasons == {
        ("p", "t"): Reason(Because.AGE),
        ("p", "s"): Reason(Because.QUOTA, "a"),
    }


def test_the_checker_finds_every_forgery() -> None:
    read = read_problem(problem(pupil("p", "t", "s"), pupil("q", "s", priority=1), seats=1))
    plan = fill(read)
    right = plan.reasons["q", "s"]

    def found(**changes: Any) -> set[str]:
        return {each.what for each in check(read, replace(plan, **changes))}

    def told(**changes: Any) -> set[str]:
        return found(reasons={**plan.reasons, ("q", "s"): replace(right, **changes)})

    assert found() == set()
    assert "wrong_reason" in found(seats={"q": "s"})
    assert "wrong_reason" in found(seats={})
    assert "over_ceiling" in found(seats={"p": "s", "q": "s"})
    assert found(reasons={}) == {"wrong_reason"}
    assert told(stage=Stage.RANKS) == {"wrong_reason"}
    assert told(stage=None) == {"wrong_reason"}
    assert told(moves=()) == {"wrong_reason"}
    assert told(moves=(("q", "s"),)) == {"wrong_reason"}
    assert told(moves=(("p", ""), ("q", "s"))) == {"wrong_reason"}
    assert told(because=Because.FULL) == {"wrong_reason"}


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        solve(problem() | {"mode": "best"})
    assert refused.value.code == "wrong_mode"
