"""People moved along chains between nested quotas, each chain the cheapest there is.

The nodes are the quotas, one pool of unseated for each organisation, and 0, where all seats and
pools end. A step is a person who changes the node, or one seat more or less counted in a quota.
``potential`` proves that no chain of steps makes a plan cheaper: no step costs less than the
difference of the potentials of its ends (successive shortest paths).
"""

import heapq
import math
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field

END = 0

Step = tuple[int, int, int | None, int]
"""From node to node: a person by number and the choice, or nobody and the change of a count."""


@dataclass(slots=True, eq=False)
class Node:
    """A quota or a pool; ``costs`` of its first, second and so on, ``rest`` of all others."""

    around: int
    ceiling: int
    costs: list[int]
    rest: int = 0
    held: int = 0
    inside: list[int] = field(default_factory=list)
    people: dict[int, None] = field(default_factory=dict)
    leaving: dict[int, list[tuple[int, int, int, int]]] = field(default_factory=dict)
    """By the node gone to: what that costs, who goes, to which choice, from which choice."""

    def cost(self, place: int) -> int:
        """Return what this one more costs, counted from nought."""
        return self.costs[place] if place < len(self.costs) else self.rest


Options = list[tuple[int, int]]
"""Nodes one may stand in and what it costs, the dearest first."""


class Network:
    """Everybody stands in a node; nothing moves but along chains that keep every ceiling."""

    def __init__(self, nodes: list[Node], options: list[Options]) -> None:
        self.nodes, self.options = nodes, options
        self.chosen: list[int | None] = [None] * len(options)
        self.potential = [0] * len(nodes)
        for place, node in enumerate(nodes[1:], 1):
            nodes[node.around].inside.append(place)
        for place in self._downwards():
            node = nodes[place]
            self.potential[place] = self.potential[node.around] - min(0, node.cost(0))

    def _downwards(self) -> Iterator[int]:
        waiting = list(self.nodes[END].inside)
        while waiting:
            place = waiting.pop()
            yield place
            waiting += self.nodes[place].inside

    def place(self, person: int) -> None:
        """Let one more in, and move others as far as that is cheapest."""
        starts = [(cost - self.potential[to], to) for to, cost in self.options[person]]
        least = min(starts)[0]
        came, far = self._search({to: cost - least for cost, to in starts}, END)
        for node, distance in far.items():
            self.potential[node] += min(0, distance - far[END])
        chain = list(_back(came, END))
        first = chain[-1][0] if chain else END
        self.apply(chain)
        self._stand(
            person, next(n for n, (to, _) in enumerate(self.options[person]) if to == first)
        )

    def _stand(self, person: int, choice: int) -> None:
        if (old := self.chosen[person]) is not None:
            del self.nodes[self.options[person][old][0]].people[person]
        self.chosen[person] = choice
        here, mine = self.options[person][choice]
        node = self.nodes[here]
        node.people[person] = None
        for other, (to, cost) in enumerate(self.options[person]):
            if other != choice:
                leaving = node.leaving.setdefault(to, [])
                heapq.heappush(leaving, (cost - mine, person, other, choice))

    def apply(self, chain: list[Step]) -> None:
        """Take every step of a chain."""
        for start, end, person, change in chain:
            if person is not None:
                self._stand(person, change)
            else:
                self.nodes[start if change > 0 else end].held += change

    def _counts(self, start: int) -> Iterator[tuple[Step, int]]:
        """Return the changes of counts from a node and what each costs beyond the potentials."""
        node, here = self.nodes[start], self.potential[start]
        if start != END and node.held < node.ceiling:
            cost = node.cost(node.held) + here - self.potential[node.around]
            yield (start, node.around, None, 1), cost
        for end in node.inside:
            inner = self.nodes[end]
            if inner.held:
                yield (
                    (start, end, None, -1),
                    here - inner.cost(inner.held - 1) - self.potential[end],
                )

    def _nearer(
        self, start: int, reached: dict[int, int], near: Container[int], goal: int | None
    ) -> Iterator[tuple[Step, int]]:
        """Return the steps by which a node is reached cheaper, of people only the cheapest.

        What is no nearer than the goal is of no use.
        """
        distance = reached[start]
        for step, cost in self._counts(start):
            if distance + cost < reached.get(step[1], math.inf):
                yield step, distance + cost
        limit = math.inf if goal is None else reached.get(goal, math.inf)
        chosen, potential = self.chosen, self.potential
        here = distance + potential[start]
        for end, leaving in self.nodes[start].leaving.items():
            if end in near:
                continue
            while leaving and chosen[leaving[0][1]] != leaving[0][3]:
                heapq.heappop(leaving)
            if leaving:
                cost, person, choice, _ = leaving[0]
                total = cost + here - potential[end]
                if total < reached.get(end, limit):
                    yield (start, end, person, choice), total

    def _free(self, start: int, allowed: Callable[[int], bool]) -> Iterator[Step]:
        """Return the steps from a node that cost nothing."""
        yield from (step for step, cost in self._counts(start) if cost == 0)
        for person in self.nodes[start].people:
            if allowed(person):
                now = self.chosen[person] or 0
                level = self.options[person][now][1] - self.potential[start]
                for choice, (end, cost) in enumerate(self.options[person]):
                    if choice != now and cost - self.potential[end] == level:
                        yield start, end, person, choice

    def _search(
        self, starts: dict[int, int], goal: int | None
    ) -> tuple[dict[int, Step], dict[int, int]]:
        """Go the cheapest way from the starts to a goal, or everywhere; nearest nodes first."""
        reached, came, done = dict(starts), dict[int, Step](), dict[int, int]()
        near: set[int] = set()
        queue = [(cost, node) for node, cost in starts.items()]
        heapq.heapify(queue)
        while queue:
            distance, node = heapq.heappop(queue)
            if node in done:
                continue
            done[node] = distance
            if node == goal:
                break
            near.add(node)
            for step, total in self._nearer(node, reached, near, goal):
                reached[step[1]] = total
                came[step[1]] = step
                if total == distance:
                    near.add(step[1])
                heapq.heappush(queue, (total, step[1]))
        return came, done

    def ways(self, start: int) -> tuple[dict[int, Step], dict[int, int]]:
        """Return the last step of the cheapest way to every node, and its true cost."""
        came, far = self._search({start: 0}, None)
        here = self.potential[start]
        return came, {node: cost + self.potential[node] - here for node, cost in far.items()}

    def free_chain(self, start: int, end: int, allowed: Callable[[int], bool]) -> list[Step] | None:
        """Find a chain that costs nothing and moves only those allowed."""
        came: dict[int, Step] = {}
        seen, waiting = {start}, [start]
        while waiting and end not in seen:
            for step in self._free(waiting.pop(), allowed):
                to = step[1]
                if to not in seen:
                    seen.add(to)
                    came[to] = step
                    waiting.append(to)
        return list(_back(came, end)) if end in seen else None

    def improve(self, person: int, allowed: Callable[[int], bool]) -> None:
        """Give one the dearest choice that costs the others nothing that counts."""
        now = self.chosen[person]
        assert now is not None  # noqa: S101 - everybody was placed
        options = self.options[person]
        here, mine = options[now]
        for choice, (node, cost) in enumerate(options[:now]):
            if cost - self.potential[node] == mine - self.potential[here]:
                chain = self.free_chain(node, here, lambda who: who != person and allowed(who))
                if chain is not None:
                    self.apply([*chain, (here, node, person, choice)])
                    return


def _back(came: dict[int, Step], end: int) -> Iterator[Step]:
    while end in came:
        yield came[end]
        end = came[end][0]


def way(came: dict[int, Step], end: int) -> list[Step]:
    """Return the steps to a node, the first first."""
    return list(_back(came, end))[::-1]
