"""Small problems of seats for laws, and what brute force says of them."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, permutations, product
from typing import Any

from hypothesis import strategies as st

from zveno.engines.seats import Applicant, Problem, Quota
from zveno.engines.seats.lottery import number

SCHOOLS = ("a", "b", "c")
Raw = dict[str, Any]
Seats = dict[str, str]


def _quota(name: str, sessions: Sequence[str], schools: Sequence[str], ceiling: int) -> Raw:
    return {
        "id": name,
        "sessions": sessions,
        "organisations": schools,
        "ceiling": ceiling,
        "floor": 0,
    }


@st.composite
def problems(draw: st.DrawFn, people: int = 6, sessions: int = 4) -> Raw:
    """Draw pupils of three schools, quotas of a school within a district within a session."""
    names = [f"s{n}" for n in range(draw(st.integers(1, sessions)))]
    few = st.integers(0, 2)
    rows: list[Raw] = [
        {"id": name, "capacity": draw(st.integers(0, 3)), "grade_from": draw(st.integers(7, 8))}
        for name in names
    ]
    applicants = [
        {
            "id": f"p{n}",
            "organisation": draw(st.sampled_from(SCHOOLS)),
            "grade": draw(st.integers(7, 9)),
            "wishes": draw(st.lists(st.sampled_from(names), unique=True)),
            "priority": draw(st.integers(0, 1)),
            "served": draw(st.integers(0, 1)),
        }
        for n in range(draw(st.integers(0, people)))
    ]
    quotas: list[Raw] = []
    for row in rows:
        if draw(st.booleans()):
            reserved = draw(st.integers(0, min(2, row["capacity"])))
            school, district = sorted((draw(few), draw(few)))
            others = _quota(f"{row['id']}c", [row["id"]], ["c"], 2)
            own = _quota(f"{row['id']}a", [row["id"]], ["a"], school)
            pair = _quota(f"{row['id']}ab", [row["id"]], ["a", "b"], district)
            left = min(row["capacity"] - reserved, district)
            floors = {"floor": min(school, left)}, {"floor": draw(st.integers(0, left))}
            quotas += [others | {"floor": reserved}, own | floors[0], pair | floors[1]]
    kept = sum(each["floor"] for each in quotas)
    room = sum(row["capacity"] for row in rows[:2])
    if draw(st.booleans()):
        quotas.append(_quota("whole", names[:2], [], max(kept, room - 1)))
    return {"seed": str(draw(few)), "applicants": applicants, "sessions": rows, "quotas": quotas}


def lists(problem: Problem) -> Iterator[tuple[str, ...]]:
    """Return every list of wishes one could tell."""
    names = [each.id for each in problem.sessions]
    for length in range(len(names) + 1):
        yield from permutations(names, length)


class Oracle:
    """Stable divisions found by trying every one, seats chosen by trying every set."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.bounds = problem, problem.bounds()
        self.people = {each.id: each for each in problem.applicants}
        line = sorted(
            problem.applicants,
            key=lambda each: (each.priority, each.served, number(problem.seed, each.id)),
        )
        self.weight = {each.id: 2.0**-place for place, each in enumerate(line)}
        self.admits = {
            (who.id, session.id)
            for who in problem.applicants
            for session in problem.sessions
            if session.admits(who)
        }

    def _value(self, seats: Sequence[tuple[str, str]]) -> tuple[int, float]:
        """Value a set: what fills reserved seats first, then the line; no value over a ceiling."""
        reserved = 0
        for bound in self.bounds:
            held = sum(bound.covers(at, self.people[who].organisation) for who, at in seats)
            if held > bound.ceiling:
                return -1, 0.0
            reserved += min(held, bound.floor)
        return reserved, sum(self.weight[who] for who, _ in seats)

    def chosen(self, asked: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        """Choose among all who ask."""
        best: tuple[tuple[str, str], ...] = ()
        for size in range(1, len(asked) + 1):
            best = max(best, *combinations(asked, size), key=self._value)
        return set(best)

    def stable(self) -> Iterator[Seats]:
        """Return divisions where nobody held is let go and nobody refused would be chosen."""
        for places in product(*(range(len(who.wishes) + 1) for who in self.people.values())):
            pairs = list(zip(self.people.values(), places, strict=True))
            seats = [(who.id, who.wishes[n]) for who, n in pairs if n < len(who.wishes)]
            if self._value(seats)[0] < 0 or not self.admits.issuperset(seats):
                continue
            dearer = [(who.id, at) for who, n in pairs for at in who.wishes[:n]]
            if not any(self._wins(seats, wish) for wish in dearer):
                yield dict(seats)

    def _wins(self, seats: list[tuple[str, str]], wish: tuple[str, str]) -> bool:
        return wish in self.admits and wish in self.chosen([*seats, wish])


def rank(who: Applicant, seats: Seats) -> int:
    """Return how many wishes are dearer than the seat."""
    seat = seats.get(who.id)
    return who.wishes.index(seat) if seat in who.wishes else len(who.wishes)


def fullest(problem: Problem) -> tuple[Seats, tuple[object, ...]]:
    """Try every plan; return the best by the order of rules, and its worth."""
    people = sorted(
        problem.applicants,
        key=lambda who: (who.priority, who.served, number(problem.seed, who.id)),
    )
    windows = {each.id: each for each in problem.sessions}
    kept = dict(problem.kept)
    choices = [
        [kept[who.id]]
        if who.id in kept
        else ["", *(at for at in who.wishes if windows[at].admits(who))]
        for who in people
    ]
    plans = (dict(zip(people, each, strict=True)) for each in product(*choices))
    worth, best = max(
        (
            (_worth(problem.bounds(), plan), list(plan.values()))
            for plan in plans
            if _fits(problem.bounds(), plan)
        ),
        key=lambda pair: pair[0],
    )
    return {who.id: at for who, at in zip(people, best, strict=True) if at}, worth


def _held(bound: Quota, plan: dict[Applicant, str]) -> int:
    return sum(bool(at) and bound.covers(at, who.organisation) for who, at in plan.items())


def _fits(bounds: Sequence[Quota], plan: dict[Applicant, str]) -> bool:
    return all(_held(bound, plan) <= bound.ceiling for bound in bounds)


def _worth(bounds: Sequence[Quota], plan: dict[Applicant, str]) -> tuple[Any, ...]:
    seated = [who for who, at in plan.items() if at]
    classes = sorted({(who.priority, who.served) for who in plan})
    schools = [who.organisation for who in plan]
    got = [who.organisation for who in seated]
    ranks = [who.wishes.index(at) if at else len(who.wishes) for who, at in plan.items()]
    first = [who.wishes.index(plan[who]) for who in seated]
    return (
        sum(min(bound.floor, _held(bound, plan)) for bound in bounds),
        [sum((who.priority, who.served) == each for who in seated) for each in classes],
        sorted(Fraction(got.count(each), schools.count(each)) for each in set(schools)),
        [
            first.count(rank)
            for rank in range(max(map(len, (who.wishes for who in plan)), default=0))
        ],
        [-rank for rank in ranks],
    )
