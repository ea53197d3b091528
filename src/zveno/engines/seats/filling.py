"""As many seated as can be, by an order of rules: one cheapest flow, exact at every rule.

The order: reserved seats; people, by priority and seats of the season; served shares of
organisations, the smallest first, then the next; first wishes, second wishes and so on; lottery.
Each rule is a digit of one whole number, wide enough that on no chain of moves a later rule
outweighs an earlier one. A chain passes the pools of the unseated once, so that one organisation
gains and one loses at most: shares need only the order of their steps (decreasingly minimal
flows: Frank and Murota, 2022).
"""

from collections import Counter
from fractions import Fraction

from zveno.engines.seats.deferring import Bounds
from zveno.engines.seats.lottery import number
from zveno.engines.seats.model import Because, Plan, Problem, Quota, Reason, Stage
from zveno.engines.seats.moving import END, Network, Node, Options, Step, way


class _Weights:
    """What each rule costs."""

    def __init__(self, problem: Problem) -> None:
        people = problem.applicants
        self._longest = max((len(each.wishes) for each in people), default=0)
        self._classes = sorted({(each.priority, each.served) for each in people})
        self._width = (4 * (len(people) + len(problem.bounds()) + 4)).bit_length()
        self.share = self._digit(self._longest)
        self.reserved = self._digit(self._longest + len(self._classes) + 1)

    def rank(self, rank: int) -> int:
        """Return the cost of a seat by this wish, below zero."""
        return -self._digit(self._longest - 1 - rank)

    def unseated(self, priority: int, served: int) -> int:
        """Return what it costs to leave one of this class without a seat."""
        return self._digit(
            self._longest + len(self._classes) - self._classes.index((priority, served))
        )

    def broken(self, cost: int) -> Stage:
        """Name the first rule by which a chain of moves of this cost is worse."""
        place = ((2 * cost).bit_length() - 1) // self._width
        if place < self._longest:
            return Stage.LOTTERY if place < 0 else Stage.RANKS
        if place == self._longest:
            return Stage.SHARES
        return Stage.PEOPLE if place <= self._longest + len(self._classes) else Stage.RESERVED

    def _digit(self, place: int) -> int:
        return 1 << self._width * place


def _steps(problem: Problem) -> dict[str, list[int]]:
    """Price the seats of every organisation, the last first, by how its share needs each.

    A seat counts more the smaller the share it is added to; of equal ones, the higher it lifts.
    """
    sizes = Counter(each.organisation for each in problem.applicants)
    keys = {
        size: [(-Fraction(n, size), Fraction(n + 1, size)) for n in reversed(range(size))]
        for size in set(sizes.values())
    }
    order = {
        key: n for n, key in enumerate(sorted({key for each in keys.values() for key in each}))
    }
    return {school: [order[key] for key in keys[size]] for school, size in sorted(sizes.items())}


class _Filling:
    """A problem as a network, and what its nodes and choices mean."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.weights = problem, _Weights(problem)
        self.sessions = {each.id: each for each in problem.sessions}
        self.bounds = Bounds(problem)
        self.kept = dict(problem.kept)
        self.taken: Counter[str] = Counter()
        for who in problem.applicants:
            if who.id in self.kept:
                chain = self.bounds.chain(self.kept[who.id], who.organisation)
                self.taken.update(quota.id for quota in chain)
        self.nodes = [Node(END, 0, [])]
        self.numbers: dict[str, int] = {}
        self.quotas: list[Quota | None] = [None]
        self.pools = {
            school: self._node(END, len(steps), [step * self.weights.share for step in steps])
            for school, steps in _steps(problem).items()
        }
        self.choices: list[list[str]] = []
        options = [self._options(place) for place in range(len(problem.applicants))]
        self.network = Network(self.nodes, options)

    def _node(self, around: int, ceiling: int, costs: list[int]) -> int:
        self.nodes.append(Node(around, ceiling, costs))
        return len(self.nodes) - 1

    def _quota(self, chain: list[Quota]) -> int:
        """Return the node of the innermost quota of a chain."""
        around = END
        for quota in reversed(chain):
            if quota.id not in self.numbers:
                costs = [-self.weights.reserved] * quota.floor
                self.numbers[quota.id] = self._node(around, quota.ceiling, costs)
            around = self.numbers[quota.id]
        return around

    def _options(self, place: int) -> Options:
        who = self.problem.applicants[place]
        options, choices = [], []
        for rank, session in enumerate(who.wishes):
            kept = self.kept.get(who.id, session) == session
            if kept and self.sessions[session].admits(who):
                choices.append(session)
                chain = self.bounds.chain(session, who.organisation)
                options.append((self._quota(chain), self.weights.rank(rank)))
        self.choices.append(choices)
        if who.id in self.kept:
            return options
        choices.append("")
        cost = self.weights.unseated(who.priority, who.served)
        return [*options, (self.pools[who.organisation], cost)]

    def solve(self, line: list[int]) -> None:
        """Place everybody in the order of a line, then let each in it choose among equals."""
        settled: set[int] = set()
        for place in line:
            self.network.place(place)
        for place in line:
            self.network.improve(place, lambda who: who not in settled)
            settled.add(place)

    def seat(self, place: int) -> str:
        """Return the session somebody got, or nothing."""
        choice = self.network.chosen[place]
        assert choice is not None  # noqa: S101 - everybody was placed
        return self.choices[place][choice]

    def reasons(self) -> dict[tuple[str, str], Reason]:
        """Say of every wish dearer than the seat what granting it would cost."""
        refused: dict[int, list[tuple[int, int]]] = {}
        reasons: dict[tuple[str, str], Reason] = {}
        for place, who in enumerate(self.problem.applicants):
            seat = self.seat(place)
            for session in who.wishes[: who.wishes.index(seat)] if seat else who.wishes:
                because = Because.KEPT if who.id in self.kept else Because.AGE
                reasons[who.id, session] = Reason(because)
                if session in self.choices[place]:
                    choice = self.choices[place].index(session)
                    node = self.network.options[place][choice][0]
                    refused.setdefault(node, []).append((place, choice))
        for node, wishes in refused.items():
            came, costs = self.network.ways(node)
            for place, choice in wishes:
                who, session = self.problem.applicants[place], self.choices[place][choice]
                reasons[who.id, session] = self._reason(place, choice, came, costs)
        return reasons

    def _reason(
        self, place: int, choice: int, came: dict[int, Step], costs: dict[int, int]
    ) -> Reason:
        options = self.network.options[place]
        here, mine = options[self.network.chosen[place] or 0]
        who, session = self.problem.applicants[place], self.choices[place][choice]
        if here not in costs:
            chain = self.bounds.chain(session, who.organisation)
            closed = next(each.id for each in chain if self.taken[each.id] >= each.ceiling)
            return Reason(Because.FULL if closed == session else Because.QUOTA, closed)
        moves = [(who.id, session)]
        for _, _, person, step in way(came, here):
            if person is not None:
                moves.append((self.problem.applicants[person].id, self.choices[person][step]))
        stage = self.weights.broken(costs[here] + options[choice][1] - mine)
        return Reason(Because.TRADED, stage=stage, moves=tuple(moves))


def fill(problem: Problem) -> Plan:
    """Divide the seats, one a pupil, so that no other plan is better by the order of rules."""
    lottery = {each.id: number(problem.seed, each.id) for each in problem.applicants}
    filling = _Filling(problem)
    people = problem.applicants
    filling.solve(
        sorted(
            range(len(people)),
            key=lambda n: (people[n].priority, people[n].served, lottery[people[n].id]),
        )
    )
    profile = [0] * max((len(each.wishes) for each in people), default=0)
    seats = {who.id: seat for n, who in enumerate(people) if (seat := filling.seat(n))}
    for who in people:
        if who.id in seats:
            profile[who.wishes.index(seats[who.id])] += 1
    return Plan(seats, dict(sorted(filling.reasons().items())), tuple(profile), lottery)
