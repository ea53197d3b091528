"""What a plan of whole groups is worth by the order of rules, told by no code of the solver."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction

from zveno.engines.seats.model import Applicant, Mode, Problem, Quota, Session, Stage

Seats = Mapping[str, Collection[str]]
Value = list[Fraction | int]


def lottery(problem: Problem, who: str) -> str:
    """Return the lottery number of an applicant."""
    return hashlib.sha256(bytes(f"{problem.seed}\n{who}", "utf-8")).hexdigest()


def overlap(problem: Problem, one: Session, two: Session) -> bool:
    """Tell whether nobody can be at both, the way between them included."""
    if None in (one.start, one.end, two.start, two.end):
        return False
    way = 0
    if one.place and two.place and one.place != two.place:
        told = [n for a, b, n in problem.travel if {a, b} == {one.place, two.place}]
        way = max(told, default=problem.travel_min)
    first, second = sorted((one, two), key=lambda each: (each.start or 0, each.end or 0))
    return (second.start or 0) - (first.end or 0) < way


def worth(problem: Problem, seats: Seats) -> int:
    """Return people with a seat in the mode FULLEST, else 10, 8, 6, 4, 2, then 1 point a person."""
    if problem.mode is Mode.FULLEST:
        return sum(who.size for who in problem.applicants if seats.get(who.id))
    return sum(_points(who, seats.get(who.id, ())) for who in problem.applicants)


def _points(who: Applicant, seats: Collection[str]) -> int:
    ranks = [who.wishes.index(at) for at in seats if at in who.wishes]
    return who.size * sum(max(1, 10 - 2 * rank) for rank in ranks)


class Weighing:
    """A plan, and by which rule another one is worse."""

    def __init__(self, problem: Problem, seats: Seats) -> None:
        self.problem, self.seats = problem, seats
        self.people = {each.id: each for each in problem.applicants}
        self.sessions = {each.id: each for each in problem.sessions}
        self.sizes = Counter[str]()
        for each in problem.applicants:
            self.sizes[each.organisation] += each.size
        self.kept = {(who, at) for who, at in problem.kept}
        self.served, self.held = self._counts(seats, self.people)

    def _counts(self, seats: Seats, among: Collection[str]) -> tuple[Counter[str], Counter[Quota]]:
        served, held = Counter[str](), Counter[Quota]()
        for one in among:
            who = self.people[one]
            served[who.organisation] += who.size if seats.get(one) else 0
            for at in seats.get(one, ()):
                for bound in self._around(at, who.organisation):
                    held[bound] += who.size
        return served, held

    def _around(self, at: str, organisation: str) -> list[Quota]:
        return [each for each in self.problem.bounds() if each.covers(at, organisation)]

    def loses_by(self, moved: Seats) -> Stage | None:
        """Name the first rule by which giving these people these seats makes the plan worse.

        None if it makes it no worse, or if they cannot be moved so.
        """
        if not moved.keys() <= self.people.keys() or not self._may(moved):
            return None
        old, new = self._counts(self.seats, moved), self._counts(moved, moved)
        held = Counter(self.held)
        held.update(new[1])
        held.subtract(old[1])
        if any(count > bound.ceiling for bound, count in held.items()) or self._starved(held):
            return None
        served = Counter(self.served)
        served.update(new[0])
        served.subtract(old[0])
        was = dict(self._values(self.seats, moved, self.served, self.held))
        now = dict(self._values(moved, moved, served, held))
        stage = next((each for each in was if was[each] != now[each]), None)
        return stage if stage and now[stage] < was[stage] else None

    def _starved(self, held: Counter[Quota]) -> bool:
        confirmed = {at for _, at in self.kept}
        return any(
            0 < held[bound] < self.sessions[bound.id].minimum
            for bound in held
            if bound.id in self.sessions and bound.id not in confirmed
        )

    def _may(self, moved: Seats) -> bool:
        """Tell whether all moved wish it, are of age, free at the time and stay together."""
        for one, seats in moved.items():
            who = self.people[one]
            sessions = [self.sessions[at] for at in seats if at in who.wishes]
            of_age = all(each.grade_from <= who.grade <= each.grade_to for each in sessions)
            if not of_age or not len(sessions) == len(seats) <= who.most:
                return False
            pairs = [(a, b) for a in sessions for b in sessions if a.id < b.id]
            if any(overlap(self.problem, a, b) for a, b in pairs):
                return False
            if any(at not in seats for kept, at in self.kept if kept == one):
                return False
            for two in self.problem.applicants if who.together else ():
                fellow = two.together == who.together
                if fellow and set(moved.get(two.id, self.seats.get(two.id, ()))) != set(seats):
                    return False
        return True

    def _values(
        self,
        seats: Seats,
        among: Collection[str],
        served: Counter[str],
        held: Counter[Quota],
    ) -> Iterator[tuple[Stage, Value]]:
        """Return what may differ between plans that differ among these, the more the better."""
        people = [self.people[one] for one in among]
        yield Stage.RESERVED, [sum(min(held[each], each.floor) for each in self.problem.quotas)]
        classes = sorted({(who.priority, who.served) for who in people})
        by_class = [[who for who in people if (who.priority, who.served) == c] for c in classes]
        most = max(who.most for who in people)
        if self.problem.mode is Mode.FULLEST:
            yield (
                Stage.PEOPLE,
                [
                    sum(who.size for who in each if len(seats.get(who.id, ())) >= level)
                    for level in range(1, most + 1)
                    for each in by_class
                ],
            )
        yield (
            Stage.VALUE,
            [sum(_points(who, seats.get(who.id, ())) for who in each) for each in by_class],
        )
        schools = {who.organisation for who in people}
        yield Stage.SHARES, sorted(Fraction(served[each], self.sizes[each]) for each in schools)
        longest = max(len(who.wishes) for who in people)
        ranks = [0] * longest
        line: list[tuple[tuple[int, int, str], list[int]]] = []
        for who in people:
            had = sorted(who.wishes.index(at) for at in seats.get(who.id, ()) if at in who.wishes)
            for rank in had:
                ranks[rank] += who.size
            missing = [len(who.wishes)] * (who.most - len(had))
            standing = who.priority, who.served, lottery(self.problem, who.id)
            line.append((standing, [-rank for rank in (*had, *missing)]))
        yield Stage.RANKS, list(ranks)
        yield Stage.LOTTERY, [rank for _, each in sorted(line) for rank in each]
