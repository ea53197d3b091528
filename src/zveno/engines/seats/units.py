"""A problem of whole groups as numbers: who moves together, where to, and what counts where.

A unit is a group or companions who go together. Sessions, bounds, units and options are told by
their places in lists, so that a search touches nothing but small integers.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from zveno.engines import Refusal
from zveno.engines.seats.lottery import number
from zveno.engines.seats.model import Applicant, Mode, Problem, Session, Standing

POINTS = (10, 8, 6, 4, 2)
"""What one seat is worth by the rank of its wish, in points a person."""


def points(rank: int) -> int:
    """Return the points of one person for a wish of this rank, counted from nought."""
    return POINTS[rank] if rank < len(POINTS) else 1


class Overlaps:
    """Tells which sessions nobody can attend both, counting the way between their places."""

    def __init__(self, problem: Problem) -> None:
        self._sessions = {each.id: each for each in problem.sessions}
        self._known: dict[tuple[str, str], bool] = {}
        self._other = problem.travel_min
        self._minutes: dict[tuple[str, str], int] = {}
        for one, two, minutes in problem.travel:
            for pair in ((one, two), (two, one)):
                self._minutes[pair] = max(minutes, self._minutes.get(pair, 0))

    def __call__(self, one: str, two: str) -> bool:
        """Tell whether two sessions overlap."""
        if (one, two) not in self._known:
            self._known[one, two] = self._overlap(self._sessions[one], self._sessions[two])
        return self._known[one, two]

    def _overlap(self, one: Session, two: Session) -> bool:
        if one.start is None or one.end is None or two.start is None or two.end is None:
            return False
        way = 0
        if one.place != two.place and one.place and two.place:
            way = self._minutes.get((one.place, two.place), self._other)
        return one.start < two.end + way and two.start < one.end + way


@dataclass(frozen=True, slots=True)
class Option:
    """A session a unit may go to: by which wish, and how many seats that takes of each bound."""

    session: int
    rank: int
    loads: tuple[tuple[int, int], ...]


class Units:
    """Everything a search reads; shapes: ``options[unit][choice]``, ``clashes[unit][choice]``."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.overlap = problem, Overlaps(problem)
        self.bounds = problem.bounds()
        self.places = {each.id: n for n, each in enumerate(problem.sessions)}
        self.lottery = {each.id: number(problem.seed, each.id) for each in problem.applicants}
        self.members = companions(problem)
        self.size = [sum(each.size for each in members) for members in self.members]
        self.most = [members[0].most for members in self.members]
        self._by_session: list[list[int]] = [[] for _ in problem.sessions]
        for n, bound in enumerate(self.bounds):
            for place in map(self.places.get, bound.sessions or self.places):
                self._by_session[place or 0].append(n)
        self._covering: dict[tuple[str, str], list[int]] = {}
        self.options = [self._options(members) for members in self.members]
        self.clashes = [self._clashes(options) for options in self.options]
        self.kept = self._kept()
        self.ceilings = [each.ceiling for each in self.bounds]
        self.floors = [each.floor for each in self.bounds]
        confirmed = {at for _, at in problem.kept}
        self.minimums = [0 if each.id in confirmed else each.minimum for each in problem.sessions]

    @cached_property
    def wishing(self) -> list[list[tuple[int, int]]]:
        """Return who may go to each session: units and their choices."""
        wishing: list[list[tuple[int, int]]] = [[] for _ in self.problem.sessions]
        for unit, options in enumerate(self.options):
            for choice, option in enumerate(options):
                wishing[option.session].append((unit, choice))
        return wishing

    @cached_property
    def classes(self) -> list[tuple[int, int]]:
        """Return the classes of priority and seats of the season, the first first."""
        return sorted({(each.priority, each.served) for each in self.problem.applicants})

    @cached_property
    def line(self) -> list[int]:
        """Return the units in the order of the line."""
        return sorted(range(len(self.members)), key=self.standing)

    def standing(self, unit: int) -> Standing:
        """Return where a unit stands in the line: where the first of its members does."""
        return min(
            Standing(0, each.priority, each.served, self.lottery[each.id])
            for each in self.members[unit]
        )

    def name(self, unit: int, choice: int) -> str:
        """Return the session of a choice."""
        return self.problem.sessions[self.options[unit][choice].session].id

    def choice(self, unit: int, wish: str) -> int | None:
        """Return the choice that is this wish, if the unit may go there."""
        place = self.places[wish]
        choices = enumerate(self.options[unit])
        return next((n for n, each in choices if each.session == place), None)

    def _options(self, members: tuple[Applicant, ...]) -> list[Option]:
        options = []
        for rank, wish in enumerate(members[0].wishes):
            session = self.problem.sessions[self.places[wish]]
            if all(session.admits(each) for each in members):
                loads: Counter[int] = Counter()
                for each in members:
                    for bound in self._around(wish, each.organisation):
                        loads[bound] += each.size
                options.append(Option(self.places[wish], rank, tuple(sorted(loads.items()))))
        return options

    def _around(self, session: str, organisation: str) -> list[int]:
        key = session, organisation
        if key not in self._covering:
            near = self._by_session[self.places[session]]
            self._covering[key] = [n for n in near if self.bounds[n].covers(*key)]
        return self._covering[key]

    def _clashes(self, options: list[Option]) -> list[frozenset[int]]:
        """Return, for every choice, the other choices at the same time."""
        names = [self.problem.sessions[each.session].id for each in options]
        return [
            frozenset(m for m, two in enumerate(names) if n != m and self.overlap(one, two))
            for n, one in enumerate(names)
        ]

    def _kept(self) -> list[frozenset[int]]:
        """Return, for every unit, the choices that were confirmed."""
        held: dict[str, set[int]] = {}
        for who, at in self.problem.kept:
            held.setdefault(who, set()).add(self.places[at])
        return [
            frozenset(
                n for n, each in enumerate(options) if each.session in held.get(members[0].id, ())
            )
            for members, options in zip(self.members, self.options, strict=True)
        ]


def companions(problem: Problem) -> list[tuple[Applicant, ...]]:
    """Return who moves together, in the order of the first of each."""
    units: dict[tuple[str, str], list[Applicant]] = {}
    for each in problem.applicants:
        key = ("", each.together) if each.together else (each.id, "")
        units.setdefault(key, []).append(each)
    return [tuple(members) for members in units.values()]


def refuse_impossible(problem: Problem) -> None:
    """Refuse companions who differ, minimums over a capacity, confirmed seats at one time."""
    if beyond := [each.id for each in problem.sessions if each.minimum > each.capacity > 0]:
        raise Refusal("minimum_beyond", ids=beyond)
    kept: dict[str, list[str]] = {}
    for who, at in problem.kept:
        kept.setdefault(who, []).append(at)
    for members in companions(problem):
        if len({(each.wishes, each.most) for each in members}) > 1:
            raise Refusal("companions_differ", ids=[each.id for each in members])
        if len({tuple(kept.get(each.id, ())) for each in members}) > 1:
            raise Refusal("kept_apart", ids=[each.id for each in members])
    for who, held in kept.items():
        _refuse_beyond(problem, who, held)
    if problem.mode is Mode.OPEN and (floors := [each for each in problem.quotas if each.floor]):
        raise Refusal("reserved_in_line", ids=[each.id for each in floors])


def _refuse_beyond(problem: Problem, who: str, held: list[str]) -> None:
    """Refuse more confirmed seats than one may have, or two at one time."""
    overlap, most = Overlaps(problem), {each.id: each.most for each in problem.applicants}
    together = any(overlap(one, two) for one in held for two in held if one < two)
    if together or len(held) > most[who]:
        raise Refusal("kept_beyond", ids=[who])
