"""No plan is worth more than this: seats are sold at prices of people, each session by itself.

Every unit gets a price for one of its seats. A session then fills its seats with the units that
pay best beyond their prices (a knapsack, exact), a unit is worth its prices; the sum bounds every
plan, whatever the prices (Lagrange; Fisher, 1981). The prices are moved towards one seat each,
whole numbers only, so that every machine gets the same. Times, quotas and reserved seats are left
out, which can only raise a bound.
"""

from dataclasses import dataclass
from itertools import pairwise

from zveno.engines.seats.scales import Scale
from zveno.engines.seats.units import Units

FINE = 64
"""Prices are told in parts of a point."""

WHOLE = 64
"""Steps are told in parts of a whole one; they get smaller when the bound does not."""


@dataclass(frozen=True, slots=True)
class Bounding:
    """The bound, the price of every unit, and whom every session would take at these prices."""

    bound: int
    prices: list[int]
    picks: list[tuple[int, int]]


class _Sale:
    def __init__(self, units: Units, scale: Scale) -> None:
        self.units, self.scale = units, scale
        wished: list[list[tuple[int, int, int]]] = [[] for _ in units.problem.sessions]
        for unit, options in enumerate(units.options):
            for choice, option in enumerate(options):
                if units.size[unit] <= units.ceilings[option.session]:
                    wished[option.session].append((unit, choice, units.size[unit]))
        self.sessions = [
            (units.ceilings[place], wishes)
            for place, wishes in enumerate(wished)
            if sum(size for *_, size in wishes) >= max(units.minimums[place], 1)
        ]
        self.further = [
            [(after - before) * FINE for before, after in pairwise(levels)]
            for levels in scale.levels
        ]

    def at(self, prices: list[int]) -> tuple[int, list[tuple[int, int]], list[int]]:
        """Return the bound at these prices, who is taken, and how many seats too few or many."""
        bound, excess = 0, []
        for price, further in zip(prices, self.further, strict=True):
            wanted = [each + price for each in further if each + price > 0]
            bound += sum(wanted)
            excess.append(-len(wanted))
        picks = []
        for room, wishes in self.sessions:
            offers = [
                (size, pays, unit, choice)
                for unit, choice, size in wishes
                if (pays := self.scale.seats[unit][choice] * FINE - prices[unit]) > 0
            ]
            if offers:
                value, taken = _best(offers, room)
                bound += value
                for offer in taken:
                    excess[offer[2]] += 1
                    picks.append((offer[2], offer[3]))
        return bound, picks, excess


def _best(
    offers: list[tuple[int, int, int, int]], room: int
) -> tuple[int, list[tuple[int, int, int, int]]]:
    """Return the most the offers (size, worth, ...) in this room are worth, and which they are."""
    if sum([each[0] for each in offers]) <= room:
        return sum([each[1] for each in offers]), offers
    row, rows = [0] * (room + 1), []
    for size, worth, *_ in offers:
        rows.append(row)
        # Comparing here takes a third of the time of max().
        row = (
            row[:size]
            + [
                without if without >= less + worth else less + worth  # noqa: FURB136
                for without, less in zip(row[size:], row, strict=False)
            ]
        )
    best, taken = row[room], []
    for offer, before in zip(reversed(offers), reversed(rows), strict=True):
        if row[room] != before[room]:
            taken.append(offer)
            room -= offer[0]
        row = before
    return best, taken


def bound(units: Units, scale: Scale, target: int, rounds: int) -> Bounding:
    """Lower the bound in so many rounds, or until it meets a plan worth ``target``."""
    sale = _Sale(units, scale)
    lowest = [-max(further, default=0) for further in sale.further]
    prices = [
        max(least, (max(seats, default=0) * FINE + least) // 2)
        for seats, least in zip(scale.seats, lowest, strict=True)
    ]
    best: Bounding | None = None
    step = WHOLE
    for _ in range(rounds):
        value, picks, excess = sale.at(prices)
        if best is None or value < best.bound:
            best = Bounding(value, prices, picks)
        else:
            step = max(1, step * 2 // 3)
        squares = sum([each * each for each in excess])
        if not squares or best.bound // FINE <= target:
            break
        # The best plan lies somewhere between the bound and a plan that was found quickly.
        aim = (target * FINE + best.bound) // 2
        move = max(1, step * (value - aim) // (WHOLE * squares))
        prices = [
            max(least, price + move * each)
            for least, price, each in zip(lowest, prices, excess, strict=True)
        ]
    assert best is not None  # noqa: S101 - there is one round at least
    return Bounding(best.bound // FINE, best.prices, best.picks)
