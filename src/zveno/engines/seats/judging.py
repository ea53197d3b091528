"""Whether a plan of whole groups keeps its promises: told from the problem, by no solver's code."""

from collections.abc import Iterator

from zveno.engines.seats.model import (
    Applicant,
    Because,
    Mode,
    Problem,
    Quota,
    Reason,
    Session,
    Standing,
    Violation,
    Whole,
)
from zveno.engines.seats.weighing import Weighing, lottery, overlap, worth


def judge(problem: Problem, plan: Whole) -> tuple[Violation, ...]:
    """Return every broken promise, none for a plan that is right."""
    return tuple(_Judged(problem, plan).violations())


class _Judged:
    def __init__(self, problem: Problem, plan: Whole) -> None:
        self.problem, self.plan = problem, plan
        self.people = {each.id: each for each in problem.applicants}
        self.sessions = {each.id: each for each in problem.sessions}
        self.kept: dict[str, set[str]] = {each: set() for each in self.people}
        for who, at in problem.kept:
            self.kept[who].add(at)
        self.confirmed = {at for _, at in problem.kept}
        self.units: dict[str, list[Applicant]] = {}
        for each in problem.applicants:
            fellows = [two for two in problem.applicants if two.together == each.together]
            self.units[each.id] = fellows if each.together else [each]
        self.bounds = problem.bounds()
        self.around: dict[str, list[Quota]] = {each: [] for each in self.sessions}
        for bound in self.bounds:
            for session in bound.sessions or self.sessions:
                self.around[session].append(bound)
        self.held: dict[Quota, list[tuple[Applicant, str]]] = {each: [] for each in self.bounds}
        for who, seats in plan.seats.items():
            for at in seats:
                for bound in self._bounds(self.people.get(who), at):
                    self.held[bound].append((self.people[who], at))
        self.weighing = Weighing(problem, plan.seats)

    def _bounds(self, who: Applicant | None, at: str) -> list[Quota]:
        return [
            each for each in self.around.get(at, []) if who and each.covers(at, who.organisation)
        ]

    def violations(self) -> Iterator[Violation]:
        for who, at in self.problem.kept:
            if at not in self.plan.seats.get(who, ()):
                yield Violation("kept_moved", (who, at))
        strange = [
            each
            for who, seats in sorted(self.plan.seats.items())
            for each in self._seats(who, seats)
        ]
        yield from strange
        yield from self._loads()
        if any(each.what == "not_wished" for each in strange):
            return
        yield from self._reasons()
        if self.plan.lottery != {who: lottery(self.problem, who) for who in self.people}:
            yield Violation("lottery")
        yield from self._sums()

    def _loads(self) -> Iterator[Violation]:
        for bound in self.bounds:
            if self._taken(bound) > bound.ceiling:
                yield Violation("over_ceiling", (bound.id,))
        for session in self.problem.sessions:
            if 0 < self._load(session) < session.minimum and session.id not in self.confirmed:
                yield Violation("under_minimum", (session.id,))

    def _reasons(self) -> Iterator[Violation]:
        refused = {(who, wish) for who in self.people for wish in self._refused(who)}
        for who, wish in sorted(refused):
            if not self._right(self.people[who], self.sessions[wish]):
                yield Violation("wrong_reason", (who, wish))
        for pair in sorted(set(self.plan.reasons) - refused):
            yield Violation("reason_for_nothing", pair)

    def _seats(self, who: str, seats: tuple[str, ...]) -> Iterator[Violation]:
        if who not in self.people or not set(seats) <= set(self.people[who].wishes):
            yield Violation("not_wished", (who, *seats))
            return
        one = self.people[who]
        if len(set(seats)) < len(seats) or len(seats) > one.most:
            yield Violation("too_many", (who, *seats))
        if not all(self._fits(one, at) for at in seats):
            yield Violation("age", (who, *seats))
        if any(self._overlap(a, b) for a in seats for b in seats if a != b):
            yield Violation("overlap", (who, *seats))
        if any(set(self.plan.seats.get(each.id, ())) != set(seats) for each in self.units[who]):
            yield Violation("apart", (who, *seats))

    def _sums(self) -> Iterator[Violation]:
        longest = max((len(each.wishes) for each in self.people.values()), default=0)
        profile = [0] * longest
        for who, seats in self.plan.seats.items():
            for at in seats:
                if who in self.people and at in self.people[who].wishes:
                    profile[self.people[who].wishes.index(at)] += self.people[who].size
        if self.plan.profile != tuple(profile):
            yield Violation("profile")
        if self.plan.worth != worth(self.problem, self.plan.seats):
            yield Violation("worth")
        if self.plan.bound is not None and self.plan.bound < self.plan.worth:
            yield Violation("bound")

    def _load(self, session: Session) -> int:
        capacity = next(each for each in self.bounds if each.id == session.id)
        return sum(who.size for who, _ in self.held[capacity])

    def _fits(self, who: Applicant, at: str) -> bool:
        window = self.sessions[at]
        return window.grade_from <= who.grade <= window.grade_to

    def _overlap(self, one: str, two: str) -> bool:
        return overlap(self.problem, self.sessions[one], self.sessions[two])

    def _refused(self, who: str) -> list[str]:
        """Return the wishes not granted that are dearer than the last one granted."""
        wishes, seats = self.people[who].wishes, self.plan.seats.get(who, ())
        ranks = [wishes.index(at) for at in seats if at in wishes]
        until = max(ranks) if len(ranks) >= self.people[who].most else len(wishes)
        return [at for at in wishes[:until] if at not in seats]

    def _own(self, who: Applicant, wish: str) -> Reason | None:
        """Return the reason that lies with who asked: confirmed seats, a grade, a time."""
        if len(self.kept[who.id]) == who.most:
            return Reason(Because.KEPT)
        if not all(self._fits(each, wish) for each in self.units[who.id]):
            return Reason(Because.AGE)
        rank = who.wishes.index
        for at in sorted(self.plan.seats.get(who.id, ()), key=rank):
            stays = rank(at) < rank(wish) or at in self.kept[who.id]
            if stays and self._overlap(at, wish):
                return Reason(Because.OVERLAP, session=at)
        return None

    def _right(self, who: Applicant, session: Session) -> bool:
        """Tell whether the reason said is one the data bear out."""
        said = self.plan.reasons.get((who.id, session.id))
        own = self._own(who, session.id)
        if said is None or own is not None:
            return said == own and own is not None
        if said.because is Because.NOT_OPENED:
            return said == Reason(
                Because.NOT_OPENED,
                session=session.id,
                minimum=session.minimum,
                had=self._had(session.id),
            ) and not (self._load(session) or session.id in self.confirmed)
        if said.because is Because.TRADED:
            return self.problem.mode is not Mode.OPEN and self._trade(who, session.id, said)
        if said.because not in (Because.FULL, Because.QUOTA):
            return False
        bound = next(
            (each for each in self._bounds_of(who, session.id) if each.id == said.quota), None
        )
        full = said.because is (Because.FULL if said.quota == session.id else Because.QUOTA)
        return bound is not None and full and self._closed(who, session, bound, said)

    def _had(self, session: str) -> int:
        """Count who was refused a session for nothing that lies with themselves."""
        return sum(
            who.size
            for who in self.people.values()
            if session in self._refused(who.id) and self._own(who, session) is None
        )

    def _bounds_of(self, who: Applicant, at: str) -> list[Quota]:
        units = (self._bounds(each, at) for each in self.units[who.id])
        return list(dict.fromkeys(bound for bounds in units for bound in bounds))

    def _trade(self, who: Applicant, wish: str, said: Reason) -> bool:
        """Judge a trade: granted so, the plan must break the rule that is named."""
        moved: dict[str, set[str]] = {}
        for one, at in said.moves:
            moved.setdefault(one, set()).update({at} - {""})
        return (
            wish in moved.get(who.id, ())
            and said.stage is not None
            and said.stage is self.weighing.loses_by(moved)
            and said.short == self._short(who, wish, said.quota)
        )

    def _short(self, who: Applicant, wish: str, quota: str) -> int:
        """Return the seats a bound lacks."""
        for bound in self._bounds_of(who, wish):
            if bound.id == quota:
                return self._needs(who, wish, bound) + self._taken(bound) - bound.ceiling
        return 0

    def _needs(self, who: Applicant, at: str, bound: Quota) -> int:
        fellows = self.units[who.id]
        return sum(each.size for each in fellows if bound.covers(at, each.organisation))

    def _taken(self, bound: Quota) -> int:
        return sum(each.size for each, _ in self.held[bound])

    def _closed(self, who: Applicant, session: Session, bound: Quota, said: Reason) -> bool:
        """Judge FULL and QUOTA: who may not be moved must leave too little room."""
        needs = self._needs(who, session.id, bound)
        ids = {each.id for each in self.units[who.id]}
        if self.problem.mode is Mode.OPEN:
            return self._cut(who, session, bound, said)
        stay = self._staying(who, session.id)
        fixed = sum(
            each.size
            for each, at in self.held[bound]
            if at in self.kept[each.id] or (each.id in ids and at in stay)
        )
        short = self._taken(bound) + needs - bound.ceiling
        right = said == Reason(said.because, said.quota, short=short)
        # A group that others would have to leave for may leave too few people there.
        return right and (fixed + needs > bound.ceiling or (session.minimum > 0 and short > 0))

    def _staying(self, who: Applicant, wish: str) -> list[str]:
        """Return the own seats that may stay beside another."""
        seats = [at for at in self.plan.seats.get(who.id, ()) if not self._overlap(at, wish)]
        loose = [at for at in seats if at not in self.kept[who.id]]
        if len(seats) >= who.most and loose:
            seats.remove(max(loose, key=who.wishes.index))
        return seats

    def _cut(self, who: Applicant, session: Session, bound: Quota, said: Reason) -> bool:
        """Judge the cut-off: those ahead in the line must have left too little room."""
        own = self._standing(who)
        dearer = who.wishes[: who.wishes.index(session.id)]
        ids = {each.id for each in self.units[who.id]}
        ahead, taken = [], self._needs(who, session.id, bound) - bound.ceiling
        for each, at in self.held[bound]:
            if at in self.kept[each.id] or (each.id in ids and at in dearer):
                taken += each.size
            elif each.id not in ids and self._standing(each) < own:
                taken += each.size
                ahead.append(self._standing(each))
        last = max(ahead, default=None)
        return taken > 0 and (said.short, said.last, said.own) == (taken, last, own)

    def _standing(self, who: Applicant) -> Standing:
        return min(
            Standing(0, each.priority, each.served, lottery(self.problem, each.id))
            for each in self.units[who.id]
        )
