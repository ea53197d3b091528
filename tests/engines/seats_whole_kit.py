"""Small problems of whole groups, and what brute force says of them."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from hypothesis import strategies as st

from tests.engines.seats_kit import SCHOOLS, Raw
from zveno.engines.seats import Applicant, Mode, Problem, Session
from zveno.engines.seats.lottery import number

Seats = dict[str, tuple[str, ...]]
MODES = ("open", "fullest", "dearest")


@st.composite
def wholes(draw: st.DrawFn, people: int = 6, sessions: int = 4, most: int = 2) -> Raw:
    """Draw groups and companions, sessions of one day in two towns, a quota of a school."""
    names = [f"s{n}" for n in range(draw(st.integers(max(1, sessions - 1), sessions)))]
    few = st.integers(0, 2)
    rows: list[Raw] = []
    for name in names:
        start, capacity = draw(st.integers(0, 3)) * 30, draw(st.integers(3, 7))
        times = {"start": start, "end": start + 45, "place": draw(st.sampled_from("xy"))}
        minimum = draw(st.sampled_from((0, 0, 0, 2, 4)))
        rows.append(
            {"id": name, "capacity": capacity, "minimum": min(minimum, capacity)}
            | {"grade_from": draw(st.sampled_from((7, 7, 8)))}
            | (times if draw(st.booleans()) else {})
        )
    wishes = st.permutations(names).map(lambda names: names[: draw(st.integers(1, len(names)))])
    applicants = [
        {
            "id": f"p{n}",
            "organisation": draw(st.sampled_from(SCHOOLS)),
            "grade": draw(st.sampled_from((7, 8, 8, 9))),
            "wishes": draw(wishes),
            "priority": draw(st.integers(0, 1)),
            "served": draw(st.sampled_from((0, 0, 1))),
            "size": draw(st.integers(1, 4)),
            "most": draw(st.integers(1, most)),
        }
        for n in range(draw(st.sampled_from((0, people - 2, people - 1, people))))
    ]
    if len(applicants) > 1 and draw(st.booleans()):
        same = {each: applicants[0][each] for each in ("wishes", "most")} | {"together": "two"}
        applicants[:2] = [applicants[0] | same, applicants[1] | same]
    quotas: list[Raw] = []
    if draw(st.booleans()):
        ceiling = draw(st.integers(0, 6))
        floor = draw(st.integers(0, min(ceiling, rows[0]["capacity"])))
        own = {"id": "q", "sessions": names[:1], "organisations": ["a"]}
        quotas.append(own | {"ceiling": ceiling, "floor": floor})
    if draw(st.booleans()):
        room = sum(row["capacity"] for row in rows)
        whole = {"id": "whole", "sessions": [], "organisations": [], "floor": 0}
        quotas.append(whole | {"ceiling": max(room - draw(few), 0)})
        if quotas[0]["floor"] > quotas[-1]["ceiling"]:
            quotas.pop()
    problem = {"seed": str(draw(few)), "applicants": applicants, "sessions": rows}
    mode = draw(st.sampled_from(MODES))
    bare = [each | {"floor": 0} for each in quotas] if mode == "open" else quotas
    travel = [{"one": "x", "two": "y", "minutes": draw(st.sampled_from((0, 20)))}]
    return problem | {"quotas": bare, "travel": travel, "mode": mode}


def plans(problem: Problem) -> Iterator[Seats]:
    """Return every plan that keeps ceilings, minimums, times, grades and companions."""
    windows = {each.id: each for each in problem.sessions}
    choices = [list(_choices(problem, who, windows)) for who in problem.applicants]
    for chosen in product(*choices):
        seats = {who.id: at for who, at in zip(problem.applicants, chosen, strict=True) if at}
        if _fits(problem, seats):
            yield seats


def _choices(
    problem: Problem, who: Applicant, windows: dict[str, Session]
) -> Iterator[tuple[str, ...]]:
    may = [at for at in who.wishes if windows[at].admits(who)]
    kept = {at for one, at in problem.kept if one == who.id}
    for count in range(who.most + 1):
        for seats in combinations(may, count):
            apart = all(_apart(problem, windows[a], windows[b]) for a, b in combinations(seats, 2))
            if apart and kept <= set(seats):
                yield seats


def _apart(problem: Problem, one: Session, two: Session) -> bool:
    if one.start is None or two.start is None or one.end is None or two.end is None:
        return True
    way = problem.travel[0][2] if one.place != two.place else 0
    return one.end + way <= two.start or two.end + way <= one.start


def _fits(problem: Problem, seats: Seats) -> bool:
    together: dict[str, set[tuple[str, ...]]] = {}
    for who in problem.applicants:
        if who.together:
            together.setdefault(who.together, set()).add(seats.get(who.id, ()))
    if any(len(each) > 1 for each in together.values()):
        return False
    if any(_held(problem, seats, bound) > bound.ceiling for bound in problem.bounds()):
        return False
    confirmed = {at for _, at in problem.kept}
    capacities = {bound.id: bound for bound in problem.bounds()}
    loads = {each: _held(problem, seats, capacities[each.id]) for each in problem.sessions}
    return all(
        not load or load >= session.minimum or session.id in confirmed
        for session, load in loads.items()
    )


def _held(problem: Problem, seats: Seats, bound: Any) -> int:
    return sum(
        who.size
        for who in problem.applicants
        for at in seats.get(who.id, ())
        if bound.covers(at, who.organisation)
    )


def points(who: Applicant, seats: Seats) -> int:
    """Return what the seats of one are worth."""
    return sum(who.size * (10, 8, 6, 4, 2)[who.wishes.index(at)] for at in seats.get(who.id, ()))


def value(problem: Problem, seats: Seats) -> tuple[Any, ...]:
    """Return the worth of a plan by the order of rules; no two plans are worth the same."""
    people = problem.applicants
    classes = sorted({(who.priority, who.served) for who in people})
    by_class = [[who for who in people if (who.priority, who.served) == c] for c in classes]
    levels = range(1, max((who.most for who in people), default=0) + 1)
    seated = [
        sum(who.size for who in each if len(seats.get(who.id, ())) >= level)
        for level in levels
        for each in by_class
    ]
    schools = {who.organisation for who in people}
    shares = sorted(
        Fraction(
            sum(who.size for who in people if who.organisation == each and seats.get(who.id)),
            sum(who.size for who in people if who.organisation == each),
        )
        for each in schools
    )
    line = sorted(people, key=lambda who: (who.priority, who.served, number(problem.seed, who.id)))
    ranks = [sorted(map(who.wishes.index, seats.get(who.id, ()))) for who in line]
    profile = [
        sum(who.size for who, had in zip(line, ranks, strict=True) if rank in had)
        for rank in range(len(problem.sessions))
    ]
    return (
        sum(min(_held(problem, seats, each), each.floor) for each in problem.bounds()),
        seated if problem.mode is Mode.FULLEST else [],
        [sum(points(who, seats) for who in each) for each in by_class],
        shares,
        profile,
        [
            [-rank for rank in had + [len(who.wishes)] * (who.most - len(had))]
            for who, had in zip(line, ranks, strict=True)
        ],
    )


def told(problem: Problem, seats: Seats) -> int:
    """Return the number a plan is told by."""
    if problem.mode is Mode.FULLEST:
        return sum(who.size for who in problem.applicants if seats.get(who.id))
    return sum(points(who, seats) for who in problem.applicants)
