"""Seats divided again after a change: what was confirmed stays."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engines.seats_kit import Raw, fullest, problems
from tests.engines.test_seats import problem, pupil
from zveno.engines import Refusal
from zveno.engines.seats import Because, Reason, check, defer, fill, read_problem, solve
from zveno.engines.seats.reading import keeping

laws = settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
modes = st.sampled_from(("open", "fullest"))


def _changed(raw: Raw, mode: str) -> tuple[Raw, dict[str, str]]:
    """Divide; then the last session gets seats, one falls ill and the first is cancelled."""
    before = dict(solve(raw | {"mode": mode})["seats"])
    quotas = [each | {"floor": 0} for each in raw["quotas"]]
    first, *others = raw["sessions"]
    sessions = [
        first | {"capacity": 0},
        *(each | {"capacity": each["capacity"] + 1} for each in others),
    ]
    change = {"sessions": sessions, "applicants": raw["applicants"][1:], "quotas": quotas}
    return raw | change | {"mode": mode, "repair": before}, before


@laws
@given(problems(people=9), modes)
def test_only_seats_that_are_gone_are_lost(raw: Raw, mode: str) -> None:
    changed, before = _changed(raw, mode)
    left = {each["id"] for each in changed["applicants"]}
    after = solve(changed)["seats"]
    cancelled = raw["sessions"][0]["id"]
    assert after.items() >= {
        (who, at) for who, at in before.items() if who in left and at != cancelled
    }


@laws
@given(problems(people=9), modes)
def test_keeps_every_promise(raw: Raw, mode: str) -> None:
    read = read_problem(keeping(_changed(raw, mode)[0]))
    assert check(read, fill(read) if mode == "fullest" else defer(read)) == ()


@laws
@given(problems(people=6))
def test_the_rest_is_the_best_there_is(raw: Raw) -> None:
    read = read_problem(keeping(_changed(raw, "fullest")[0]))
    assert dict(fill(read).seats) == fullest(read)[0]


@laws
@given(problems(), modes)
def test_without_a_change_nothing_changes(raw: Raw, mode: str) -> None:
    before = solve(raw | {"mode": mode})["seats"]
    assert solve(raw | {"mode": mode, "repair": before})["seats"] == before


@pytest.mark.parametrize("mode", ["open", "fullest"])
def test_who_is_first_in_line_does_not_push_out_a_confirmed_seat(mode: str) -> None:
    raw = problem(pupil("p", "s"), pupil("q", "s", priority=1)) | {"mode": mode, "kept": {"q": "s"}}
    assert solve(raw)["seats"] == {"q": "s"}
    read = read_problem(raw)
    plan = fill(read) if mode == "fullest" else defer(read)
    assert plan.reasons["p", "s"].because is Because.FULL
    assert plan.reasons["p", "s"].last is None
    moved = type(plan)({"p": "s"}, {("q", "s"): Reason(Because.KEPT)}, (1,), plan.lottery)
    assert "kept_moved" in {each.what for each in check(read, moved)}


def test_a_confirmed_seat_is_not_changed_for_a_dearer_one() -> None:
    raw: Any = problem(pupil("p", "t", "s"), seats=2) | {"kept": {"p": "s"}}
    raw["sessions"][1] = {"id": "t", "capacity": 1}
    for mode in ("open", "fullest"):
        answer = json.loads(json.dumps(solve(raw | {"mode": mode})))
        assert answer["seats"] == {"p": "s"}
        assert [each["because"] for each in answer["reasons"]] == ["kept"]


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("kept_unwished", {"z": "s"}),
        ("kept_unwished", {"p": "t"}),
        ("kept_beyond", {"p": "s", "q": "s"}),
        ("wrong_keys", 5),
        ("wrong_keys", ["p"]),
        ("wrong_keys", {"p": [5]}),
    ],
)
def test_seats_that_cannot_be_kept_are_refused(code: str, kept: Any) -> None:
    with pytest.raises(Refusal) as refused:
        solve(problem(pupil("p", "s"), pupil("q", "s")) | {"kept": kept})
    assert refused.value.code == code


@pytest.mark.parametrize("before", [5, ["p"], {"p": [5]}])
def test_what_is_no_earlier_answer_is_refused(before: Any) -> None:
    with pytest.raises(Refusal) as refused:
        solve(problem(pupil("p", "s")) | {"repair": before})
    assert refused.value.code == "wrong_keys"
