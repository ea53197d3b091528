"""Whether a plan keeps its promises: told from the problem, by no code of the solver."""

import hashlib
from collections.abc import Iterator

from zveno.engines.seats.judging import judge
from zveno.engines.seats.measuring import Measure
from zveno.engines.seats.model import (
    Applicant,
    Because,
    Mode,
    Plan,
    Problem,
    Quota,
    Reason,
    Standing,
    Violation,
    Whole,
)


def check(problem: Problem, plan: Plan | Whole) -> tuple[Violation, ...]:
    """Return every broken promise, none for a plan that is right."""
    if isinstance(plan, Whole):
        return judge(problem, plan)
    return tuple(_Checked(problem, plan).violations())


class _Checked:
    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.people = {each.id: each for each in problem.applicants}
        self.sessions = {each.id: each for each in problem.sessions}
        self.bounds = problem.bounds()
        self.members = {bound: self._members(bound) for bound in self.bounds}
        self.kept = dict(problem.kept)
        self.measure = Measure(problem, plan.seats)

    def _members(self, bound: Quota) -> list[Applicant]:
        seats = sorted(self.plan.seats.items())
        known = ((self.people[who], session) for who, session in seats if who in self.people)
        return [who for who, session in known if bound.covers(session, who.organisation)]

    def violations(self) -> Iterator[Violation]:
        yield from self._seats()
        for bound in self.bounds:
            if len(self.members[bound]) > bound.ceiling:
                yield Violation("over_ceiling", (bound.id,))
        refused = set()
        judge = self._trade if self.problem.mode is Mode.FULLEST else self._refusal
        for who in self.problem.applicants:
            for session in self._dearer(who):
                refused.add((who.id, session))
                yield from judge(who, session)
        for pair in sorted(set(self.plan.reasons) - refused):
            yield Violation("reason_for_nothing", pair)
        if self.plan.profile != self._profile():
            yield Violation("profile")
        if self.plan.lottery != {who: self._lottery(who) for who in self.people}:
            yield Violation("lottery")

    def _seats(self) -> Iterator[Violation]:
        for who, session in self.problem.kept:
            if self.plan.seats.get(who) != session:
                yield Violation("kept_moved", (who, session))
        for who, session in sorted(self.plan.seats.items()):
            if who not in self.people or session not in self.people[who].wishes:
                yield Violation("not_wished", (who, session))
            elif not self._old_enough(self.people[who], session):
                yield Violation("age", (who, session))

    def _old_enough(self, who: Applicant, session: str) -> bool:
        window = self.sessions[session]
        return who.grade in range(window.grade_from, window.grade_to + 1)

    def _dearer(self, who: Applicant) -> tuple[str, ...]:
        seat = self.plan.seats.get(who.id)
        return who.wishes[: who.wishes.index(seat)] if seat in who.wishes else who.wishes

    def _refusal(self, who: Applicant, session: str) -> Iterator[Violation]:
        """Judge a refused wish: it must be just, and the reason the one the data give."""
        said = self.plan.reasons.get((who.id, session))
        if who.id in self.kept:
            right: Reason | None = Reason(Because.KEPT)
        elif not self._old_enough(who, session):
            right = Reason(Because.AGE)
        else:
            right = self._right_reason(who, session)
        if right is None:
            yield Violation("seat_free", (who.id, session))
        elif right.last and right.own and right.own < right.last:
            yield Violation("unjust", (who.id, session))
        elif said != right:
            yield Violation("wrong_reason", (who.id, session))

    def _trade(self, who: Applicant, session: str) -> Iterator[Violation]:
        """Judge a wish refused for others: granting it so must break the rule that is named."""
        said = self.plan.reasons.get((who.id, session))
        if who.id in self.kept:
            right = said == Reason(Because.KEPT)
        elif not self._old_enough(who, session):
            right = said == Reason(Because.AGE)
        elif said and said.because is Because.TRADED:
            first = said.moves[:1] == ((who.id, session),)
            once = len(dict(said.moves)) == len(said.moves)
            loses = said.stage is not None and said.stage == self.measure.loses_by(said.moves)
            right = first and once and loses and self.kept.keys().isdisjoint(dict(said.moves))
        else:
            closed = [
                Reason(Because.FULL if each.id == session else Because.QUOTA, each.id)
                for each in self.bounds
                if each.covers(session, who.organisation) and self._closed(each)
            ]
            right = said in closed
        if not right:
            yield Violation("wrong_reason", (who.id, session))

    def _closed(self, bound: Quota) -> bool:
        return sum(each.id in self.kept for each in self.members[bound]) >= bound.ceiling

    def _right_reason(self, who: Applicant, session: str) -> Reason | None:
        chain = [each for each in self.bounds if each.covers(session, who.organisation)]
        full = [each for each in chain if len(self.members[each]) >= each.ceiling]
        innermost = [one for one in full if all(two.contains(one) for two in full)]
        if not innermost:
            return None
        bound = innermost[-1]
        came = set(chain)
        lines = [
            self._standing(each, self.plan.seats[each.id], came)
            for each in self.members[bound]
            if each.id not in self.kept
        ]
        because = Because.FULL if bound.id == session else Because.QUOTA
        own = self._standing(who, session, came)
        return Reason(because, bound.id, max(lines, default=None), own)

    def _standing(self, who: Applicant, session: str, came: set[Quota]) -> Standing:
        """Return a standing with one more counted in the quotas ``came``."""
        needed = [
            bound
            for bound in self.bounds
            if bound.covers(session, who.organisation)
            and len(self.members[bound]) + (bound in came) <= bound.floor
        ]
        return Standing(-len(needed), who.priority, who.served, self._lottery(who.id))

    def _lottery(self, who: str) -> str:
        return hashlib.sha256(bytes(f"{self.problem.seed}\n{who}", "utf-8")).hexdigest()

    def _profile(self) -> tuple[int, ...]:
        ranks = [len(self._dearer(who)) for who in self.problem.applicants]
        longest = max((len(who.wishes) for who in self.problem.applicants), default=0)
        got = [
            rank
            for who, rank in zip(self.problem.applicants, ranks, strict=True)
            if rank < len(who.wishes)
        ]
        return tuple(got.count(rank) for rank in range(longest))
