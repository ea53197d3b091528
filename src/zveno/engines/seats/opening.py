"""Sessions with a minimum, opened and closed: many have to move at once for that."""

from collections.abc import Iterable

from zveno.engines.seats.board import Board, Touched


def leave(board: Board, sessions: Iterable[int], touched: Touched) -> None:
    """Let everybody leave these sessions but who was confirmed there."""
    for session in sessions:
        for code in list(board.inside[session]):
            unit, choice = divmod(code, board.width)
            if choice not in board.units.kept[unit]:
                touched.setdefault(unit, board.at[unit])
                board.take(unit, choice)


def emptied(board: Board, session: int) -> Touched:
    """Close a session; who was there takes what is free."""
    touched: Touched = {}
    leave(board, [session], touched)
    for unit in touched:
        board.settle(unit)
    return touched


def filled(board: Board, session: int, first: tuple[int, int] | None = None) -> Touched | None:
    """Call those into a session who win most by it, one of them certainly; None if too few come.

    What they leave closes where too few remain.
    """
    touched: Touched = {}
    for unit, choice in [first] if first else []:
        if not _called(board, unit, choice, touched):
            board.restore(touched)
            return None
    for _, unit, choice in sorted(_callers(board, session), reverse=True):
        enough = board.load[session] >= board.minimums[session]
        if not enough or _wins(board, unit, choice) > 0:
            _called(board, unit, choice, touched)
    return mended(board, session, touched)


def granted(board: Board, unit: int, choice: int) -> Touched | None:
    """Give one unit a seat at any price that keeps every bound, minimums by closing sessions."""
    touched = board.shift(unit, choice)
    if touched is not None:
        return touched
    session = board.options[unit][choice].session
    touched = {}
    drop = board.dropped(unit, choice)
    if drop is None:
        return None
    touched[unit] = board.at[unit]
    for each in drop:
        board.take(unit, each)
    if not board.clear(unit, choice, touched):
        board.restore(touched)
        return None
    board.put(unit, choice)
    touched = mended(board, session, touched) or {}
    return touched or filled(board, session, (unit, choice))


def mended(board: Board, session: int, touched: Touched) -> Touched | None:
    """Close what has too few people after a change; None, and nothing changed, if this one has."""
    while starved := board.starved(touched):
        if session in starved:
            board.restore(touched)
            return None
        leave(board, starved, touched)
    for unit in list(touched):
        board.settle(unit)
    return touched


def _callers(board: Board, session: int) -> list[tuple[int, int, int]]:
    """Return who may be called into a session, and what each wins by that."""
    return [
        (_wins(board, unit, choice), unit, choice)
        for unit, choice in board.units.wishing[session]
        if choice not in board.at[unit]
    ]


def _wins(board: Board, unit: int, choice: int) -> int:
    drop = board.dropped(unit, choice)
    if drop is None:
        return 0
    at = (*(each for each in board.at[unit] if each not in drop), choice)
    return board.scale.of(unit, at) - board.scale.of(unit, board.at[unit])


def _called(board: Board, unit: int, choice: int, touched: Touched) -> bool:
    """Move one unit if there is room, whatever it leaves."""
    drop = board.dropped(unit, choice)
    if drop is None:
        return False
    before = board.at[unit]
    for each in drop:
        board.take(unit, each)
    loads = board.options[unit][choice].loads
    if any(board.load[bound] + count > board.ceilings[bound] for bound, count in loads):
        board.restore({unit: before})
        return False
    touched.setdefault(unit, before)
    board.put(unit, choice)
    return True
