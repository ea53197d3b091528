"""Whole groups, companions, several sessions each, minimums: one story each, and forgeries."""

from dataclasses import replace
from typing import Any

import pytest

from tests.engines.seats_kit import Raw
from tests.engines.test_seats import pupil
from zveno.engines import Refusal
from zveno.engines.seats import (
    Because,
    Reason,
    Stage,
    check,
    divide,
    read_problem,
    solve,
)


def group(name: str, *wishes: str, size: int = 2, **more: Any) -> Raw:
    """Describe a group of the 8th grade."""
    return pupil(name, *wishes, **more) | {"size": size}


def day(*people: Raw, mode: str = "dearest", **first: Any) -> Raw:
    """Describe a morning session ``s`` and one at noon, ``t``, of four seats each."""
    sessions = [
        {"id": "s", "capacity": 4, "start": 540, "end": 630, "place": "x"} | first,
        {"id": "t", "capacity": 4, "start": 640, "end": 720, "place": "y"},
    ]
    return {"seed": "1", "mode": mode, "applicants": people, "sessions": sessions}


def test_a_group_is_kept_whole() -> None:
    people = group("p", "s", size=3), group("q", "s", size=2), group("r", "s", size=2)
    answer = solve(day(*people))
    assert answer["seats"] == {"q": "s", "r": "s"}
    assert (answer["worth"], answer["bound"], answer["gap"]) == (40, 40, 0.0)
    refused = divide(read_problem(day(*people))).reasons["p", "s"]
    assert (refused.because, refused.stage, refused.short) == (Because.TRADED, Stage.VALUE, 3)
    assert set(refused.moves) == {("p", "s"), ("q", ""), ("r", "")}


def test_companions_go_to_the_same_sessions_or_to_none() -> None:
    two = [pupil(name, "s", "t") | {"together": "twins"} for name in ("p", "q")]
    alone = [group(f"g{n}", "s", size=3) for n in "1"]
    seats = solve(day(*two, *alone))["seats"]
    assert seats == {"g1": "s", "p": "t", "q": "t"}


def test_nobody_is_at_two_places_at_once() -> None:
    both = group("p", "s", "t", most=2)
    assert solve(day(both))["seats"] == {"p": ["s", "t"]}
    far = day(both) | {"travel_min": 30}
    assert solve(far)["seats"] == {"p": ["s"]}
    assert divide(read_problem(far)).reasons == {
        ("p", "t"): Reason(Because.OVERLAP, session="s"),
    }
    near = far | {"travel": [{"one": "y", "two": "x", "minutes": 10}]}
    assert solve(near)["seats"] == {"p": ["s", "t"]}


@pytest.mark.parametrize("mode", ["open", "fullest", "dearest"])
def test_a_session_without_enough_people_does_not_open(mode: str) -> None:
    few_come = day(group("p", "s", "t"), group("q", "t"), mode=mode, minimum=3)
    assert solve(few_come)["seats"] == {"p": "t", "q": "t"}
    refused = divide(read_problem(few_come)).reasons["p", "s"]
    assert refused == Reason(Because.NOT_OPENED, session="s", minimum=3, had=2)
    enough = day(group("p", "s", "t"), group("q", "s"), mode=mode, minimum=3)
    assert solve(enough)["seats"] == {"p": "s", "q": "s"}


def test_many_move_at_once_to_open_a_session() -> None:
    people = [group(name, "t", "s", size=1) for name in "abc"]
    late = [group(f"z{n}", "t", size=4, priority=1) for n in "1"]
    assert solve(day(*people, *late, minimum=3))["seats"] == {"a": "t", "b": "t", "c": "t"}
    seats = solve(day(*people, *late, mode="fullest", minimum=3))["seats"]
    assert seats == {"a": "s", "b": "s", "c": "s", "z1": "t"}


def test_the_line_says_who_had_taken_the_room() -> None:
    people = (
        group("p", "s", size=3),
        group("q", "s", priority=1),
        group("r", "s", size=1, priority=2),
    )
    plan = divide(read_problem(day(*people, mode="open")))
    assert plan.seats == {"p": ("s",), "r": ("s",)}
    refused = plan.reasons["q", "s"]
    assert (refused.because, refused.short) == (Because.FULL, 1)
    assert refused.last
    assert refused.last.priority == 0


def test_the_checker_finds_every_forgery() -> None:
    first = group("q", "s", "t", most=2), group("r", "s", size=2)
    people = *first, group("p", "s", size=3, priority=1)
    read = read_problem(day(*people, minimum=2) | {"travel_min": 60})
    plan = divide(read)
    right = plan.reasons["p", "s"]

    def found(**changes: Any) -> set[str]:
        return {each.what for each in check(read, replace(plan, **changes))}

    def said(**changes: Any) -> set[str]:
        return found(reasons={**plan.reasons, ("p", "s"): replace(right, **changes)})

    assert found() == set()
    assert "over_ceiling" in found(seats={**plan.seats, "p": ("s",)})
    assert "overlap" in found(seats={**plan.seats, "q": ("s", "t")})
    assert "too_many" in found(seats={**plan.seats, "r": ("s", "s")})
    assert "not_wished" in found(seats={**plan.seats, "r": ("t",)})
    assert {"profile", "worth"} <= found(seats={})
    assert found(bound=plan.worth - 1) == {"bound"}
    assert found(reasons={}) == {"wrong_reason"}
    assert found(lottery={}) == {"lottery"}
    assert "reason_for_nothing" in found(reasons={**plan.reasons, ("r", "s"): right})
    assert said(stage=Stage.RANKS) == {"wrong_reason"}
    assert said(moves=right.moves[:1]) == {"wrong_reason"}
    assert said(short=right.short + 1) == {"wrong_reason"}
    assert said(because=Because.FULL) == {"wrong_reason"}
    assert said(because=Because.NOT_OPENED) == {"wrong_reason"}


def test_the_checker_sees_too_few_people_and_companions_apart() -> None:
    twins = [pupil(name, "s", "t") | {"together": "twins"} for name in ("p", "q")]
    read = read_problem(day(*twins, minimum=2))
    plan = divide(read)
    assert check(read, plan) == ()
    what = {each.what for each in check(read, replace(plan, seats={"p": ("s",), "q": ("t",)}))}
    assert {"apart", "under_minimum"} <= what


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("wrong_numbers", {"applicants": [group("p", "s", size=0)]}),
        ("wrong_numbers", {"applicants": [group("p", "s", most=0)]}),
        ("wrong_numbers", {"travel_min": -1}),
        ("wrong_numbers", {"effort": 0}),
        ("wrong_keys", {"travel": [{"one": "x"}]}),
        (
            "wrong_times",
            {"applicants": [group("p", "s")], "sessions": [{"id": "s", "capacity": 1, "start": 5}]},
        ),
        (
            "wrong_times",
            {
                "applicants": [group("p", "s")],
                "sessions": [{"id": "s", "capacity": 1, "start": 5, "end": 5}],
            },
        ),
        (
            "minimum_beyond",
            {
                "applicants": [group("p", "s")],
                "sessions": [{"id": "s", "capacity": 1, "minimum": 2}],
            },
        ),
        (
            "companions_differ",
            {"applicants": [pupil("p", "s") | {"together": "1"}, pupil("q") | {"together": "1"}]},
        ),
        ("kept_beyond", {"kept": {"p": ["s", "t"]}}),
        (
            "kept_beyond",
            {
                "kept": {"p": ["s", "t"]},
                "applicants": [group("p", "s", "t", most=2)],
                "travel_min": 60,
            },
        ),
        ("kept_beyond", {"kept": {"p": "s"}, "applicants": [group("p", "s", size=5)]}),
        (
            "kept_apart",
            {
                "applicants": [pupil(n, "s") | {"together": "1"} for n in "pq"],
                "kept": {"p": "s"},
            },
        ),
        (
            "reserved_in_line",
            {
                "mode": "open",
                "quotas": [
                    {"id": "a", "sessions": ["s"], "organisations": ["a"], "ceiling": 2, "floor": 1}
                ],
            },
        ),
    ],
)
def test_what_cannot_be_divided_is_refused(code: str, change: Raw) -> None:
    with pytest.raises(Refusal) as refused:
        solve(day(group("p", "s", "t")) | change)
    assert refused.value.code == code
