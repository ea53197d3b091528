"""Plans of whole groups, companions, several sessions each and sessions with a minimum."""

from zveno.engines.seats.bounding import bound
from zveno.engines.seats.lining import line_up
from zveno.engines.seats.model import Mode, Problem, Whole
from zveno.engines.seats.scales import measure, rough
from zveno.engines.seats.searching import rounds, search
from zveno.engines.seats.telling import Telling
from zveno.engines.seats.units import Units


def divide(problem: Problem) -> Whole:
    """Divide by the line in the mode OPEN, else by a search, with the bound it leaves open."""
    units = Units(problem)
    scale = measure(units)
    highest: int | None = None
    if problem.mode is Mode.OPEN:
        board, reasons = line_up(units)
        worth = board.total(scale)
    else:
        board, guide = search(units)
        reasons = Telling(units, board).reasons()
        worth, highest = board.total(scale), guide.bound
        if rough(units) != scale:
            highest = bound(units, scale, worth, rounds(units)).bound
    seats = {
        each.id: tuple(units.name(unit, choice) for choice in at)
        for unit, at in enumerate(board.at)
        if at
        for each in units.members[unit]
    }
    profile = [0] * max((len(each.wishes) for each in problem.applicants), default=0)
    for unit, at in enumerate(board.at):
        for choice in at:
            profile[units.options[unit][choice].rank] += units.size[unit]
    return Whole(
        dict(sorted(seats.items())), reasons, tuple(profile), units.lottery, worth, highest
    )
