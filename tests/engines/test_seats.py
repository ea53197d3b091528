"""Seats in the open mode: laws, brute force, and a checker that finds every forgery."""

import json
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.engines.seats_kit import Oracle, Raw, lists, problems, rank
from zveno.engines import Refusal
from zveno.engines.seats import Because, Reason, check, defer, read_problem, solve
from zveno.kernel import engines

laws = settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
few = settings(laws, max_examples=100)


def pupil(name: str, *wishes: str, school: str = "a", **more: int) -> Raw:
    """Describe a pupil of the 8th grade."""
    return {"id": name, "organisation": school, "grade": 8, "wishes": wishes, **more}


def quota(name: str, school: str, ceiling: int, floor: int = 0) -> Raw:
    """Bound a school in the first session."""
    ends = {"ceiling": ceiling, "floor": floor}
    return {"id": name, "sessions": ["s"], "organisations": [school], **ends}


def problem(*people: Raw, seats: int = 1, quotas: tuple[Raw, ...] = ()) -> Raw:
    """Describe two sessions: one of ``seats`` seats and one of one."""
    sessions = [{"id": "s", "capacity": seats}, {"id": "t", "capacity": 1, "grade_from": 9}]
    return {"seed": "1", "applicants": people, "sessions": sessions, "quotas": quotas}


@laws
@given(problems())
def test_keeps_every_promise(raw: Raw) -> None:
    read = read_problem(raw)
    assert check(read, defer(read)) == ()


@few
@given(problems(people=4, sessions=3))
def test_is_the_best_stable_division_for_everybody(raw: Raw) -> None:
    read = read_problem(raw)
    plan = dict(defer(read).seats)
    stable = list(Oracle(read).stable())
    assert plan in stable
    for other in stable:
        assert all(rank(who, plan) <= rank(who, other) for who in read.applicants)


@few
@given(problems(people=5, sessions=3))
def test_it_pays_nobody_to_hide_wishes(raw: Raw) -> None:
    read = read_problem(raw)
    honest = dict(defer(read).seats)
    for place, who in enumerate(read.applicants):
        for told in lists(read):
            people = list(read.applicants)
            people[place] = replace(who, wishes=told)
            lied = dict(defer(replace(read, applicants=tuple(people))).seats)
            assert rank(who, honest) <= rank(who, lied)


@laws
@given(problems())
def test_the_order_of_rows_changes_no_byte(raw: Raw) -> None:
    mixed = dict(raw)
    for name in ("applicants", "sessions", "quotas"):
        mixed[name] = random.Random(7).sample(raw[name], len(raw[name]))  # noqa: S311 - a shuffle
    assert json.dumps(solve(mixed)) == json.dumps(solve(raw))


@laws
@given(problems())
def test_names_of_schools_change_nothing(raw: Raw) -> None:
    text = json.dumps(raw)
    for old, new in (("a", "z"), ("b", "y"), ("c", "x")):
        text = text.replace(f'"{old}"', f'"{new}"')
    assert solve(json.loads(text))["seats"] == solve(raw)["seats"]


@laws
@given(problems())
def test_one_seat_more_serves_nobody_worse(raw: Raw) -> None:
    read = read_problem(raw | {"quotas": []})
    before = dict(defer(read).seats)
    first, *others = read.sessions
    wider = replace(read, sessions=(replace(first, capacity=first.capacity + 1), *others))
    after = dict(defer(wider).seats)
    assert all(rank(who, after) <= rank(who, before) for who in read.applicants)


def test_priority_goes_before_seasons_and_seasons_before_the_lottery() -> None:
    people = pupil("p", "s", served=1), pupil("q", "s"), pupil("r", "s", priority=1)
    assert solve(problem(*people))["seats"] == {"q": "s"}
    assert solve(problem(*people, seats=2))["seats"] == {"p": "s", "q": "s"}


def test_reserved_seats_go_first_to_their_school_and_then_to_anybody() -> None:
    first, second = pupil("p", "s"), pupil("q", "s", school="b", priority=1)
    keeps = quota("b", "b", 1, floor=1)
    assert solve(problem(first, second, quotas=(keeps,)))["seats"] == {"q": "s"}
    assert solve(problem(first, quotas=(keeps,)))["seats"] == {"p": "s"}


def test_every_refusal_says_who_was_the_last() -> None:
    people = pupil("p", "t", "s"), pupil("q", "s", priority=1), pupil("r", "s", school="b")
    read = read_problem(problem(*people, seats=2, quotas=(quota("a", "a", 1),)))
    reasons = defer(read).reasons
    assert reasons["p", "t"] == Reason(Because.AGE)
    refused = reasons["q", "s"]
    assert (refused.because, refused.quota) == (Because.QUOTA, "a")
    assert refused.last
    assert refused.own
    assert (refused.last.priority, refused.own.priority) == (0, 1)
    narrow = read_problem(problem(*people, quotas=()))
    assert Because.FULL in {each.because for each in defer(narrow).reasons.values()}


def test_the_checker_finds_every_forgery() -> None:
    read = read_problem(problem(pupil("p", "t", "s"), pupil("q", "s", priority=1)))
    plan = defer(read)

    def found(**changes: Any) -> set[str]:
        return {each.what for each in check(read, replace(plan, **changes))}

    assert found() == set()
    assert "unjust" in found(seats={"q": "s"})
    assert "seat_free" in found(seats={})
    assert "over_ceiling" in found(seats={"p": "s", "q": "s"})
    assert "not_wished" in found(seats={"p": "s", "q": "t"})
    assert "age" in found(seats={"p": "t"})
    assert found(reasons={}) == {"wrong_reason"}
    assert found(reasons={**plan.reasons, ("p", "s"): Reason(Because.AGE)}) == {
        "reason_for_nothing"
    }
    assert found(profile=(1, 1)) == {"profile"}
    assert found(lottery={"p": "0", "q": "1"}) == {"lottery"}


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("wrong_keys", {"sessions": [{"id": "s", "seats": 1}]}),
        ("wrong_keys", {"applicants": [{"id": "p"}]}),
        ("told_twice", {"applicants": [pupil("p"), pupil("p")]}),
        ("told_twice", {"quotas": [quota("s", "a", 1)]}),
        ("wished_twice", {"applicants": [pupil("p", "s", "s")]}),
        ("unknown_sessions", {"applicants": [pupil("p", "nowhere")]}),
        ("wrong_numbers", {"applicants": [pupil("p", "s", served=1.5)]}),  # type: ignore[arg-type]
        ("wrong_numbers", {"sessions": [{"id": "s", "capacity": -1}]}),
    ],
)
def test_what_cannot_be_divided_is_refused(code: str, change: Raw) -> None:
    with pytest.raises(Refusal) as refused:
        solve(problem() | change)
    assert refused.value.code == code


def test_quotas_that_cross_are_named() -> None:
    across = quota("both", "a", 1) | {"sessions": ["s", "t"]}
    with pytest.raises(Refusal) as refused:
        solve(problem(seats=2, quotas=(across,)))
    assert (refused.value.code, refused.value.facts) == ("quotas_cross", {"ids": ["both", "s"]})


def test_seats_reserved_beyond_a_ceiling_are_named() -> None:
    quotas = quota("a", "a", 2, floor=2), quota("b", "b", 2, floor=1), quota("c", "c", 1)
    with pytest.raises(Refusal) as refused:
        solve(problem(seats=2, quotas=quotas))
    assert refused.value.facts == {"ids": ["a", "b", "s"]}
    assert solve(problem(seats=3, quotas=quotas))["seats"] == {}


def test_a_child_process_answers_the_same() -> None:
    asked = problem(pupil("p", "t", "s"), pupil("q", "s"))
    assert engines.run("seats", asked) == json.loads(json.dumps(solve(asked)))
