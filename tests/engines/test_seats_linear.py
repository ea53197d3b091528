"""Plans beside the linear relaxation of the same problem, solved by HiGHS."""

from typing import Any

import pytest
from hypothesis import given, settings

from tests.engines.seats_kit import Raw, problems
from tests.engines.seats_whole_kit import wholes
from tests.engines.test_seats_whole_laws import laws
from zveno.engines.seats import Problem, divide, fill, read_problem

optimize = pytest.importorskip("scipy.optimize")
few = settings(laws, max_examples=60)


def _relaxed(problem: Problem, *, points: bool) -> float:
    """Return the most people, or points, if seats could be split; times and minimums left out."""
    windows = {each.id: each for each in problem.sessions}
    pairs = [
        (who, at) for who in problem.applicants for at in who.wishes if windows[at].admits(who)
    ]
    if not pairs:
        return 0.0
    gains = [who.size * (10 - 2 * who.wishes.index(at) if points else 1) for who, at in pairs]
    rows: list[list[int]] = [[int(who == each) for who, _ in pairs] for each in problem.applicants]
    most: list[Any] = [each.most if points else 1 for each in problem.applicants]
    for bound in problem.bounds():
        rows.append([who.size * bound.covers(at, who.organisation) for who, at in pairs])
        most.append(bound.ceiling)
    found = optimize.linprog([-each for each in gains], rows, most, bounds=(0, 1))
    return -float(found.fun)


@few
@given(problems(people=9))
def test_seats_of_single_pupils_reach_the_linear_bound(raw: Raw) -> None:
    pupils = [each | {"priority": 0, "served": 0} for each in raw["applicants"]]
    free = [each | {"floor": 0} for each in raw["quotas"]]
    read = read_problem(raw | {"applicants": pupils, "quotas": free, "mode": "fullest"})
    assert len(fill(read).seats) == pytest.approx(_relaxed(read, points=False))


@few
@given(wholes(people=9))
def test_seats_of_groups_lie_under_the_linear_bound(raw: Raw) -> None:
    for mode in ("fullest", "dearest"):
        read = read_problem(raw | {"mode": mode})
        assert divide(read).worth <= _relaxed(read, points=mode == "dearest") + 1e-6
