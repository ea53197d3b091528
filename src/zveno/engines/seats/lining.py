"""Whole groups in the published line: each in turn takes the dearest that still has room.

Nobody's list of wishes moves anybody before them, so that with one seat each it pays nobody to
hide what they wish (serial dictatorship). Sessions with too few people close, the emptiest first,
and the line goes anew; one that was closed opens again if at the end enough were refused it.
"""

from collections import Counter

from zveno.engines.seats.board import Board
from zveno.engines.seats.model import Because, Reason, Standing
from zveno.engines.seats.scales import measure
from zveno.engines.seats.telling import Reasons, counted, own_reason, refused
from zveno.engines.seats.units import Units


def line_up(units: Units) -> tuple[Board, Reasons]:
    """Divide by the line and say why wishes were refused."""
    closed: set[int] = set()
    board = _gone(units, closed)
    while short := _short(units, board):
        closed.add(min(short, key=lambda n: (board.load[n] / units.minimums[n], n)))
        board = _gone(units, closed)
    for session in sorted(closed):
        other = _gone(units, closed - {session})
        if not _short(units, other):
            closed, board = closed - {session}, other
    return board, _reasons(units, board, closed)


def _gone(units: Units, closed: set[int]) -> Board:
    """Let the line go by while these sessions are closed."""
    board = Board(units, measure(units))
    board.minimums = [0] * len(units.minimums)
    for session in closed:
        board.minimums[session] = sum(units.size) + 1
    for unit in units.line:
        board.settle(unit)
    return board


def _short(units: Units, board: Board) -> list[int]:
    return [n for n, least in enumerate(units.minimums) if 0 < board.load[n] < least]


def _reasons(units: Units, board: Board, closed: set[int]) -> Reasons:
    """Say of every refused wish who had taken the room before."""
    reasons: Reasons = {}
    taken: list[list[tuple[Standing, int]]] = [[] for _ in units.bounds]
    for bound, inside in enumerate(board.inside):
        for code, count in inside.items():
            other, held = divmod(code, board.width)
            if held in units.kept[other]:
                taken[bound].append((Standing(-1, 0, 0, ""), count))
    for unit in units.line:
        own = units.standing(unit)
        for wish in refused(units, unit, board.at[unit]):
            told = own_reason(units, unit, board.at[unit], wish)
            told = told or _full(units, (unit, wish), board.at[unit], taken, closed)
            reasons |= {(each.id, wish): told for each in units.members[unit]}
        for choice in set(board.at[unit]) - units.kept[unit]:
            for bound, count in units.options[unit][choice].loads:
                taken[bound].append((own, count))
    return counted(units, reasons)


def _full(
    units: Units,
    asked: tuple[int, str],
    at: tuple[int, ...],
    taken: list[list[tuple[Standing, int]]],
    closed: set[int],
) -> Reason:
    unit, wish = asked
    option = units.options[unit][units.choice(unit, wish) or 0]
    own = Counter[int]()
    for choice in set(at) - units.kept[unit]:
        if units.options[unit][choice].rank < option.rank:
            own.update(dict(units.options[unit][choice].loads))
    if option.session in closed:
        minimum = units.minimums[option.session]
        return Reason(Because.NOT_OPENED, session=wish, minimum=minimum)
    for bound, count in option.loads:
        short = sum(seats for _, seats in taken[bound]) + own[bound] + count - units.ceilings[bound]
        if short > 0:
            return Reason(
                Because.FULL if bound == option.session else Because.QUOTA,
                units.bounds[bound].id,
                max((each for each, _ in taken[bound] if not each.reserved), default=None),
                units.standing(unit),
                short=short,
            )
    raise AssertionError("a wish with room is granted")
