"""Classes that go whole or not at all: what a plan is worth beside an optimum and a queue.

Groups of 8 to 30 pupils, half as many sessions of 20 to 60 seats, five ranked wishes. A plan is
worth its size times 10, 8, 6, 4, 2 points by rank. The optimum is that of HiGHS (through scipy);
where scipy is not installed, figures that need it are told as not run.
"""

import random
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from bench.seats import AROUND, NEAR, WISHES, Popular
from bench.sizes import AtLeast, Figure
from zveno.engines.seats import Problem, divide, read_problem

GAP = 0.0005
"""HiGHS stops when its plan is proven to lie so little below the best."""


def measure() -> Iterator[Figure]:
    """Yield what plans are worth beside HiGHS and beside whoever comes first."""
    few, many = read_problem(classes(400)), read_problem(classes(4_000))
    with_highs = find_spec("scipy") is not None
    if not with_highs:
        print("seats.groups_*.value_to_milp*: not run, scipy is not installed", file=sys.stderr)
    worth, _ = _spent(few)
    if with_highs:
        optimum = worth / milp(few, seconds=300)
        yield "seats.groups_400.value_to_milp_optimum", optimum, AtLeast(0.99)
    worth, seconds = _spent(many)
    first = worth / first_come(many)
    yield "seats.groups_4000.value_to_first_come", first, AtLeast(1.1)
    yield "seats.groups_4000.seconds", seconds, float("inf")
    if with_highs:
        other = worth / milp(many, seconds=10 * seconds)
        yield "seats.groups_4000.value_to_milp_10x_time", other, AtLeast(1)


def _spent(problem: Problem) -> tuple[int, float]:
    begun = time.process_time()
    plan = divide(problem)
    return plan.worth, time.process_time() - begun


def classes(groups: int, seed: int = 1) -> dict[str, Any]:
    """Describe classes of a region; the same seed, the same classes."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    sessions = groups // 2
    parts = max(1, sessions // AROUND)
    near = [Popular(range(part, sessions, parts), chance) for part in range(parts)]
    everywhere = Popular(range(sessions), chance)
    rows = [{"id": f"s{n:04}", "capacity": chance.randint(20, 60)} for n in range(sessions)]
    applicants = []
    for group in range(groups):
        school = chance.randrange(max(1, groups // 4))
        wishes: dict[str, None] = {}
        while len(wishes) < WISHES:
            among = near[school % parts] if chance.random() < NEAR else everywhere
            wishes[f"s{among.draw():04}"] = None
        row = {"id": f"g{group:05}", "organisation": f"o{school}", "grade": 8}
        applicants.append(row | {"wishes": list(wishes), "size": chance.randint(8, 30)})
    return {"seed": "1", "mode": "dearest", "applicants": applicants, "sessions": rows}


def first_come(problem: Problem) -> int:
    """Return what a plan is worth if each in turn takes the dearest that still has room."""
    room = {each.id: each.capacity for each in problem.sessions}
    worth = 0
    for who in problem.applicants:
        for rank, wish in enumerate(who.wishes):
            if room[wish] >= who.size:
                room[wish] -= who.size
                worth += who.size * (10 - 2 * rank)
                break
    return worth


def milp(problem: Problem, seconds: float) -> float:
    """Return what the best plan is worth that HiGHS finds in so many seconds."""
    numpy, optimize = import_module("numpy"), import_module("scipy.optimize")
    sparse = import_module("scipy.sparse")
    people = len(problem.applicants)
    place = {each.id: people + n for n, each in enumerate(problem.sessions)}
    worth: list[int] = []
    rows: list[int] = []
    columns: list[int] = []
    seats: list[int] = []
    for row, who in enumerate(problem.applicants):
        for rank, wish in enumerate(who.wishes):
            rows += [row, place[wish]]
            columns += [len(worth)] * 2
            seats += [1, who.size]
            worth.append(-who.size * (10 - 2 * rank))
    most = [1] * people + [each.capacity for each in problem.sessions]
    table = sparse.csr_matrix((seats, (rows, columns)), (len(most), len(worth)))
    found = optimize.milp(
        worth,
        constraints=optimize.LinearConstraint(table, -numpy.inf, most),
        integrality=numpy.ones(len(worth)),
        bounds=optimize.Bounds(0, 1),
        options={"time_limit": seconds, "mip_rel_gap": GAP},
    )
    return 1.0 if found.fun is None else -float(found.fun)
