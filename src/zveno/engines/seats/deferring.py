"""Deferred acceptance under nested quotas: it pays nobody to hide what they wish.

Everyone asks for the dearest wish; a bound that is passed lets go the weakest under it, who asks
for the next. Who is held is at every moment the best of all who asked, so nobody is refused for
one who stands behind, and no other order of wishes brings a dearer seat (a laminar sum of concave
functions is M-natural-concave: Kojima, Tamura and Yokoo, 2018).
"""

import heapq
from dataclasses import dataclass, field, replace

from zveno.engines.seats.lottery import number
from zveno.engines.seats.model import Applicant, Because, Plan, Problem, Quota, Reason, Standing


@dataclass(slots=True, eq=False)
class _Bound:
    """A quota being filled; ``line`` holds its own people, not those of quotas inside it."""

    quota: Quota
    around: "_Bound | None"
    held: int = 0
    line: list[int] = field(default_factory=list)
    inside: list["_Bound"] = field(default_factory=list)
    outwards: list["_Bound"] = field(init=False)

    def __post_init__(self) -> None:
        """Join the bounds around, the innermost first."""
        self.outwards = [self, *(self.around.outwards if self.around else [])]
        for each in self.outwards:
            each.inside.append(self)

    def count(self, change: int) -> None:
        """Count one seat more or less here and in all bounds around."""
        for bound in self.outwards:
            bound.held += change

    def passed(self) -> "_Bound | None":
        """Return the innermost bound that holds more than it may."""
        return next((each for each in self.outwards if each.held > each.quota.ceiling), None)

    def reserved(self) -> int:
        """Count, below zero, the floors that would be missed with one less of these people."""
        return -sum(each.held <= each.quota.floor for each in self.outwards)

    def weakest(self) -> "_Bound | None":
        """Return the bound inside whose last in line is the weakest of all held here."""
        lines = (each for each in self.inside if each.line)
        return max(lines, key=lambda each: (each.reserved(), -each.line[0]), default=None)


class Bounds:
    """All quotas of a problem, nested."""

    def __init__(self, problem: Problem) -> None:
        self._by_session: dict[str, list[Quota]] = {each.id: [] for each in problem.sessions}
        for quota in problem.bounds():
            for session in quota.sessions or self._by_session:
                self._by_session[session].append(quota)
        for quotas in self._by_session.values():
            quotas.sort(key=_breadth, reverse=True)
        self._made: dict[Quota, _Bound] = {}
        self._around: dict[tuple[str, str], _Bound] = {}

    def around(self, session: str, organisation: str) -> _Bound:
        """Return the innermost bound of a seat of this organisation in this session."""
        key = session, organisation
        if key not in self._around:
            self._around[key] = self._nest(session, organisation)
        return self._around[key]

    def chain(self, session: str, organisation: str) -> list[Quota]:
        """Return the quotas around such a seat, the innermost first."""
        quotas = reversed(self._by_session[session])
        return [quota for quota in quotas if quota.covers(session, organisation)]

    def _nest(self, session: str, organisation: str) -> _Bound:
        bound: _Bound | None = None
        for quota in reversed(self.chain(session, organisation)):
            if quota not in self._made:
                self._made[quota] = _Bound(quota, bound)
            bound = self._made[quota]
        assert bound is not None  # noqa: S101 - the capacity of the session
        return bound


def _breadth(quota: Quota) -> tuple[bool, int, bool, int]:
    """Order nested quotas, the outermost last; equal ones stay as they were."""
    sessions, organisations = quota.sessions, quota.organisations
    return not sessions, len(sessions), not organisations, len(organisations)


class _Division:
    """Seats being given; people are known by their places in the line of priority and lottery."""

    def __init__(self, problem: Problem) -> None:
        self.lottery = {each.id: number(problem.seed, each.id) for each in problem.applicants}
        kept = dict(problem.kept)
        asking = (each for each in problem.applicants if each.id not in kept)
        self.line = sorted(asking, key=self._standing)
        self.sessions = {each.id: each for each in problem.sessions}
        self.bounds = Bounds(problem)
        self.asked = [0] * len(self.line)
        self.reasons_at: dict[_Bound, Reason] = {}
        for each in problem.applicants:
            if each.id in kept:
                self.bounds.around(kept[each.id], each.organisation).count(+1)

    def _standing(self, applicant: Applicant) -> Standing:
        return Standing(0, applicant.priority, applicant.served, self.lottery[applicant.id])

    def seat(self, place: int) -> None:
        """Let one ask, then whoever is let go for that, until everybody rests."""
        asking: int | None = place
        while asking is not None and self.asked[asking] < len(self.line[asking].wishes):
            applicant = self.line[asking]
            session = applicant.wishes[self.asked[asking]]
            if self.sessions[session].admits(applicant):
                asking = _ask(self.bounds.around(session, applicant.organisation), asking)
            if asking is not None:
                self.asked[asking] += 1

    def reason(self, applicant: Applicant, session: str) -> Reason:
        """Say why this wish was refused."""
        if not self.sessions[session].admits(applicant):
            return Reason(Because.AGE)
        bound = self.bounds.around(session, applicant.organisation)
        if bound not in self.reasons_at:
            self.reasons_at[bound] = self._last(bound)
        found = self.reasons_at[bound]
        reserved = found.own.reserved if found.own else 0
        own = replace(self._standing(applicant), reserved=reserved)
        because = Because.FULL if found.quota == session else Because.QUOTA
        return replace(found, because=because, own=own)

    def _last(self, bound: _Bound) -> Reason:
        """Say who is the last held, were one more to come here."""
        bound.count(+1)
        passed = bound.passed()
        assert passed is not None  # noqa: S101 - or the wish would be granted
        own = Standing(bound.reserved(), 0, 0, "")
        last, weakest = None, passed.weakest()
        if weakest is not None:
            standing = self._standing(self.line[-weakest.line[0]])
            last = replace(standing, reserved=weakest.reserved())
        bound.count(-1)
        return Reason(Because.FULL, passed.quota.id, last, own)


def _ask(bound: _Bound, asking: int) -> int | None:
    """Hold one more; return who is let go for that, if somebody must."""
    heapq.heappush(bound.line, -asking)
    bound.count(+1)
    passed = bound.passed()
    weakest = passed.weakest() if passed else None
    if weakest is None:
        return None
    weakest.count(-1)
    return -heapq.heappop(weakest.line)


def defer(problem: Problem) -> Plan:
    """Divide the seats, one a pupil."""
    division = _Division(problem)
    for place in range(len(division.line)):
        division.seat(place)
    kept = dict(problem.kept)
    ranks = {each.id: rank for each, rank in zip(division.line, division.asked, strict=True)}
    seats, reasons = {}, {}
    profile = [0] * max((len(each.wishes) for each in problem.applicants), default=0)
    for who in problem.applicants:
        rank = who.wishes.index(kept[who.id]) if who.id in kept else ranks[who.id]
        if rank < len(who.wishes):
            seats[who.id] = who.wishes[rank]
            profile[rank] += 1
        for session in who.wishes[:rank]:
            held = Reason(Because.KEPT) if who.id in kept else division.reason(who, session)
            reasons[who.id, session] = held
    return Plan(seats, reasons, tuple(profile), division.lottery)
