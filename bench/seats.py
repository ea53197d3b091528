"""Seats divided among the pupils of a town: five ranked wishes, fewer seats than pupils.

Sessions differ in popularity by Zipf's law (0.6), four wishes of five are near the school. CPU
seconds of this process, with a reason for every refused wish.
"""

import random
import resource
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.sizes import Figure
from zveno.engines.seats import Plan, Problem, defer, fill, read_problem

WISHES, NEAR, SEATS, AROUND = 5, 0.8, 0.95, 25
PUPILS_OF_SCHOOL = 100


def measure() -> Iterator[Figure]:
    """Yield the seconds of both modes and who is left without a seat."""
    school = read_problem(town(5_000, 200))
    seconds, plan = _spent(fill, school)
    yield "seats.school_5000x200.seconds", seconds, 2
    left = _left(school, plan) / _left(school, defer(school))
    yield "seats.school_5000x200.unseated_to_line", left, 1
    seconds, _ = _spent(defer, read_problem(town(100_000, 2_000)))
    yield "seats.pupils_100000.open_seconds", seconds, 20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield "seats.pupils_100000.open_memory_mb", peak, 600


def _left(problem: Problem, plan: Plan) -> int:
    return len(problem.applicants) - len(plan.seats)


def _spent(divide: Callable[[Problem], Plan], problem: Problem) -> tuple[float, Plan]:
    begun = time.process_time()
    plan = divide(problem)
    return time.process_time() - begun, plan


def town(pupils: int, sessions: int, seed: int = 1) -> dict[str, Any]:
    """Describe pupils of three priority classes; the same seed, the same town."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    names = [f"s{n:04}" for n in range(sessions)]
    parts = max(1, sessions // AROUND)
    near = [Popular(range(part, sessions, parts), chance) for part in range(parts)]
    everywhere = Popular(range(sessions), chance)
    whole, rest = divmod(round(SEATS * pupils), sessions)
    applicants = []
    for pupil in range(pupils):
        school = chance.randrange(max(1, pupils // PUPILS_OF_SCHOOL))
        wishes: dict[str, None] = {}
        while len(wishes) < WISHES:
            among = near[school % parts] if chance.random() < NEAR else everywhere
            wishes[names[among.draw()]] = None
        row = {"id": f"p{pupil:06}", "organisation": f"o{school}", "grade": 8}
        applicants.append(row | {"wishes": list(wishes), "priority": chance.randrange(3)})
    rows = [{"id": name, "capacity": whole + (n < rest)} for n, name in enumerate(names)]
    return {"seed": "1", "mode": "fullest", "applicants": applicants, "sessions": rows}


class Popular:
    """Sessions drawn by their popularity."""

    def __init__(self, sessions: range, chance: random.Random) -> None:
        self._sessions, self._chance = sessions, chance
        self._weights = [0.0]
        for session in sessions:
            self._weights.append(self._weights[-1] + (session + 1) ** -0.6)
        del self._weights[0]

    def draw(self) -> int:
        """Return one of them."""
        return self._chance.choices(self._sessions, cum_weights=self._weights)[0]
