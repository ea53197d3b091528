"""Whole groups seated by a search of our own, its work counted in steps: same problem, same plan.

It begins with the best of several orders, one of them by the prices of the bound; then seats are
given to those who want them, whoever must goes elsewhere, and a little is lost at times for more
to be won (threshold accepting: Dueck and Scheuer, 1990). The best plan ever seen, by the strict
order of rules, is what is returned.
"""

import random
from collections.abc import Iterable, Iterator

from zveno.engines.seats.board import Board, Touched
from zveno.engines.seats.bounding import Bounding, bound
from zveno.engines.seats.chaining import chained
from zveno.engines.seats.model import Mode
from zveno.engines.seats.opening import emptied, filled, leave
from zveno.engines.seats.scales import rough, strict
from zveno.engines.seats.units import Units

ROUNDS, MOST, OFFERS = 30, 150, 400_000
"""Rounds of the bound whose prices begin the search: OFFERS for every choice, within limits."""

STEPS, LEAST = 60_000, 150
"""Steps of the search: LEAST for every choice, but so many at the most."""


def rounds(units: Units) -> int:
    """Return for how many rounds prices are moved."""
    choices = sum(map(len, units.options))
    return max(ROUNDS, min(MOST, OFFERS // max(1, choices))) * units.problem.effort


def search(units: Units) -> tuple[Board, Bounding]:
    """Return the best plan found, and the bound by the rough scale."""
    searching = _Searching(units)
    guide = searching.begin()
    choices = sum(map(len, units.options))
    steps = min(LEAST * choices, STEPS) * units.problem.effort
    searching.anneal(steps)
    searching.descend(steps // 8)
    return searching.board, guide


class _Searching:
    def __init__(self, units: Units) -> None:
        self.units, self.rough, self.strict = units, rough(units), strict(units)
        self.board = Board(units, self.rough)
        self.chance = random.Random(f"{units.problem.seed}\n{len(units.members)}")  # noqa: S311 - must be drawn again
        self.worth, self.best = -1, self.board.at[:]

    def begin(self) -> Bounding:
        """Begin with the best of several orders; return the bound whose prices gave two of them."""
        units = self.units
        count = range(len(units.members))
        self._start(units.line, [])
        self._start(sorted(count, key=lambda unit: (-units.size[unit], unit)), [])
        self._return_to(self.best)
        found = self.board.total(self.rough)
        guide = bound(units, self.rough, found, rounds(units))
        prices = guide.prices
        dear = sorted(count, key=lambda unit: (-prices[unit], unit))
        self._start(dear, [])
        self._start(dear, sorted(guide.picks, key=lambda pick: (pick[1], -prices[pick[0]], pick)))
        return guide

    def _start(self, order: Iterable[int], picks: Iterable[tuple[int, int]]) -> None:
        """Seat all in this order, first by these picks; close what has too few people."""
        board = self.board
        self._return_to([tuple(sorted(kept)) for kept in self.units.kept])
        minimums, board.minimums = board.minimums, [0] * len(board.minimums)
        order, picks = list(order), list(picks)
        closed: set[int] = set()
        while True:
            for unit, choice in picks:
                if board.options[unit][choice].session not in closed and board.fits(unit, choice):
                    board.put(unit, choice)
            for unit in order:
                board.settle(unit)
            short = [n for n, least in enumerate(minimums) if 0 < board.load[n] < least]
            if not short:
                break
            # Nobody goes where more people would be needed than there is room for.
            worst = min(short, key=lambda n: (board.load[n] / minimums[n], n))
            closed.add(worst)
            board.minimums[worst] = minimums[worst] + board.ceilings[worst]
            leave(board, [worst], {})
        board.minimums = minimums
        self._remember()

    def _return_to(self, plan: list[tuple[int, ...]]) -> None:
        before: Touched = {unit: at for unit, at in enumerate(plan) if at != self.board.at[unit]}
        self.board.restore(before)

    def _remember(self) -> None:
        worth = self.board.total(self.strict)
        if worth > self.worth:
            self.worth, self.best = worth, self.board.at[:]

    def anneal(self, steps: int) -> None:
        """Search by the rough scale, losing less and less; then return to the best plan seen."""
        self._return_to(self.best)
        self._open()
        worth = self.board.total(self.strict)
        heat = sum(self.units.size) / max(1, len(self.units.size))
        for n, (unit, choice) in enumerate(self._tries(steps)):
            left = 1 - n / steps
            most = heat * left * left * self.chance.random()
            reserved = self.board.reserved
            touched = self._shift(unit, choice, most)
            if touched is None:
                continue
            if self.board.gain(self.rough, touched, reserved) < -most:
                self.board.restore(touched)
                continue
            worth += self.board.gain(self.strict, touched, reserved)
            if worth > self.worth:
                self.worth, self.best = worth, self.board.at[:]
        self._return_to(self.best)

    def descend(self, steps: int) -> None:
        """Take what is better by the strict order of rules, and nothing else."""
        self.board.scale = self.strict
        self._open()
        for unit, choice in self._tries(steps):
            reserved = self.board.reserved
            touched = self.board.shift(unit, choice)
            if touched and self.board.gain(self.strict, touched, reserved) <= 0:
                self.board.restore(touched)
        self._open()
        if self.units.problem.mode is Mode.FULLEST:
            self._chain()
        self._return_to(self.best)

    def _tries(self, steps: int) -> Iterator[tuple[int, int]]:
        """Draw units that may move, and a choice they do not hold."""
        options, at, chance = self.units.options, self.board.at, self.chance.random
        movable = [unit for unit, each in enumerate(options) if each]
        for _ in range(steps if movable else 0):
            unit = movable[int(chance() * len(movable))]
            choice = int(chance() * len(options[unit]))
            if choice not in at[unit]:
                yield unit, choice

    def _shift(self, unit: int, choice: int, most: float) -> Touched | None:
        """Shift, unless what the unit itself loses is too much already."""
        drop = self.board.dropped(unit, choice)
        if drop is None:
            return None
        if drop and not self.rough.reserved:
            seats = self.rough.seats[unit]
            levels, held = self.rough.levels[unit], len(self.board.at[unit])
            further = levels[held + 1 - len(drop)] - levels[held]
            if seats[choice] - sum([seats[each] for each in drop]) + further < -most:
                return None
        return self.board.shift(unit, choice)

    def _open(self) -> None:
        """Open sessions closed for want of people, close those that cost more than they give."""
        better = any(self.units.minimums)
        while better:
            better = False
            for session, minimum in enumerate(self.units.minimums):
                if minimum and not self.board.load[session]:
                    reserved = self.board.reserved
                    better |= self._better(filled(self.board, session), reserved)
                elif minimum:
                    reserved = self.board.reserved
                    better |= self._better(emptied(self.board, session), reserved)
        self._remember()

    def _chain(self) -> None:
        """Give those with the fewest seats one more, as long as anybody can be given one."""
        better = True
        while better:
            better = False
            for unit in sorted(self.units.line, key=lambda unit: len(self.board.at[unit])):
                while len(self.board.at[unit]) < self.units.most[unit]:
                    reserved = self.board.reserved
                    if not self._better(chained(self.board, unit), reserved):
                        break
                    better = True
        self._remember()

    def _better(self, touched: Touched | None, reserved: int) -> bool:
        if touched is None:
            return False
        if self.board.gain(self.strict, touched, reserved) > 0:
            return True
        self.board.restore(touched)
        return False
