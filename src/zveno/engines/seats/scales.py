"""What a seat of a unit counts in a search: by the rules in their order, or roughly in one number.

A scale prices every seat and, apart from that, the first, second and further seat of a unit. The
``strict`` scale keeps the order of rules exactly, a digit a rule (RESERVED, then PEOPLE with one
seat, two seats and so on, then VALUE, each by classes). The ``rough`` one weighs rules against
each other, so that a search may lose a little by one to gain more by another; the ``measure`` is
what a plan is worth to whoever reads it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from zveno.engines.seats.model import Applicant, Mode
from zveno.engines.seats.units import Units, points

Price = Callable[[Applicant, int], int]
"""What counts for one applicant: a wish of this rank, or one seat more than so many."""

FIRST_SEAT = 30
"""Points the first seat of a person weighs in the rough scale; the second half of that."""

CLASSES = 4
"""Classes the rough scale tells apart, each weighing four times the next."""


@dataclass(frozen=True, slots=True)
class Scale:
    """``seats[unit][choice]`` and ``levels[unit][seats held]``, whole numbers; the more the better.

    ``reserved`` is what one reserved seat counts that its organisations fill.
    """

    seats: list[list[int]]
    levels: list[list[int]]
    reserved: int = 0

    def of(self, unit: int, at: tuple[int, ...]) -> int:
        """Return what the seats of one unit count."""
        seats = self.seats[unit]
        return sum([seats[choice] for choice in at]) + self.levels[unit][len(at)]


def strict(units: Units) -> Scale:
    """Return the scale that keeps the order of rules."""
    classes, wide = units.classes, width(units)

    def digit(level: int, who: Applicant) -> int:
        place = classes.index((who.priority, who.served))
        return 1 << wide * ((level + 1) * len(classes) - 1 - place)

    levels = max(units.most, default=0) if units.problem.mode is Mode.FULLEST else 0
    return _scale(
        units,
        lambda who, rank: who.size * points(rank) * digit(0, who),
        lambda who, level: who.size * digit(levels - level, who) if level < levels else 0,
        1 << wide * (levels + 1) * len(classes),
    )


def width(units: Units) -> int:
    """Return the bits of one digit of the strict scale: twice what any rule can be worth."""
    most = points(0) * sum(units.size) * max(units.most, default=1) + len(units.bounds)
    return 1 + max(most, *units.ceilings, 1).bit_length()


def rough(units: Units) -> Scale:
    """Return the scale a search goes by."""
    classes = units.classes
    highest = max(0, min(len(classes), CLASSES) - 1)

    def weight(who: Applicant) -> int:
        place = classes.index((who.priority, who.served))
        return who.size << 2 * (highest - min(place, highest))

    first = FIRST_SEAT if units.problem.mode is Mode.FULLEST else 0
    return _scale(
        units,
        lambda who, rank: weight(who) * points(rank),
        lambda who, level: weight(who) * first * (16 - min(level, 8)) // 16,
        (FIRST_SEAT + points(0) << 2 * highest) if any(units.floors) else 0,
    )


def measure(units: Units) -> Scale:
    """Return the scale a plan is told by: people with a seat in the mode FULLEST, else points."""
    if units.problem.mode is Mode.FULLEST:
        return _scale(units, lambda _who, _rank: 0, lambda who, level: 0 if level else who.size)
    return _scale(units, lambda who, rank: who.size * points(rank), lambda _who, _level: 0)


def _scale(units: Units, seat: Price, level: Price, reserved: int = 0) -> Scale:
    """Price every choice and every further seat of every unit, member by member."""
    seats = [
        [sum(seat(who, option.rank) for who in members) for option in options]
        for members, options in zip(units.members, units.options, strict=True)
    ]
    levels = [
        list(accumulate((sum(level(who, n) for who in members) for n in range(most)), initial=0))
        for members, most in zip(units.members, units.most, strict=True)
    ]
    return Scale(seats, levels, reserved)
