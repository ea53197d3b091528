"""What a plan is worth by the rules of the fullest mode, told by no code of the solver."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from zveno.engines.seats.model import Applicant, Problem, Quota, Stage


class Measure:
    """The rules of one problem, and a plan other plans are compared with."""

    def __init__(self, problem: Problem, seats: Mapping[str, str]) -> None:
        self._seats = seats
        self._people = {each.id: each for each in problem.applicants}
        self._sizes = Counter(each.organisation for each in problem.applicants)
        self._bounds, self._seed = problem.bounds(), problem.seed
        self._windows = {each.id: (each.grade_from, each.grade_to) for each in problem.sessions}
        self._around: dict[tuple[str, str], list[Quota]] = {}
        self._served: Counter[str] = Counter()
        self._held: Counter[Quota] = Counter()
        for who in problem.applicants:
            self._count(who, seats.get(who.id, ""), self._served, self._held)

    def _count(
        self, who: Applicant, at: str, served: Counter[str], held: Counter[Quota], one: int = 1
    ) -> None:
        if not at:
            return
        key = at, who.organisation
        if key not in self._around:
            self._around[key] = [each for each in self._bounds if each.covers(*key)]
        served[who.organisation] += one
        for bound in self._around[key]:
            held[bound] += one

    def loses_by(self, moves: Iterable[tuple[str, str]]) -> Stage | None:
        """Name the first rule by which moving these people makes the plan worse.

        None if it makes it no worse, or if they cannot be moved so.
        """
        moved = {self._people[who]: at for who, at in moves if who in self._people}
        if not moved or not all(self._may(who, at) for who, at in moved.items()):
            return None
        served, held = Counter[str](), Counter[Quota]()
        for who, at in moved.items():
            self._count(who, self._seats.get(who.id, ""), served, held, -1)
            self._count(who, at, served, held)
        if any(self._held[bound] + change > bound.ceiling for bound, change in held.items()):
            return None
        was = dict(self._values({who: self._seats.get(who.id, "") for who in moved}, {}, {}, held))
        now = dict(self._values(moved, served, held, held))
        differ = (stage for stage in was if was[stage] != now[stage])
        stage = next(differ, None)
        return stage if stage and now[stage] < was[stage] else None

    def _may(self, who: Applicant, at: str) -> bool:
        if not at:
            return True
        first, last = self._windows.get(at, (1, 0))
        return at in who.wishes and first <= who.grade <= last

    def _values(
        self,
        seats: Mapping[Applicant, str],
        served: Mapping[str, int],
        held: Mapping[Quota, int],
        touched: Iterable[Quota],
    ) -> Iterator[tuple[Stage, list[Fraction | int]]]:
        """Return what the moves touch, the more the better; all else is common to both plans."""
        kept = (min(self._held[each] + held.get(each, 0), each.floor) for each in touched)
        yield Stage.RESERVED, [sum(kept)]
        classes = sorted({(who.priority, who.served) for who in seats})
        seated = [(who.priority, who.served) for who, at in seats.items() if at]
        yield Stage.PEOPLE, [seated.count(each) for each in classes]
        schools = {who.organisation for who in seats}
        shares = (
            Fraction(self._served[each] + served.get(each, 0), self._sizes[each])
            for each in schools
        )
        yield Stage.SHARES, sorted(shares)
        ranks = [
            (who, who.wishes.index(at) if at else len(who.wishes)) for who, at in seats.items()
        ]
        longest = max(len(who.wishes) for who in seats)
        got = [rank for who, rank in ranks if rank < len(who.wishes)]
        yield Stage.RANKS, [got.count(rank) for rank in range(longest)]
        line = sorted(ranks, key=lambda pair: self._line(pair[0]))
        yield Stage.LOTTERY, [-rank for _, rank in line]

    def _line(self, who: Applicant) -> tuple[int, int, str]:
        drawn = hashlib.sha256(bytes(f"{self._seed}\n{who.id}", "utf-8")).hexdigest()
        return who.priority, who.served, drawn
