"""One seat more for who has least, by a chain: each leaves a session for who comes before.

The chain ends at a session with room, or at a unit that has two more seats than the first and
gives one up. Where everybody is one person and no time is twice taken, a plan without such a chain
has the smallest counts at their largest (Yankee Swap: Viswanathan and Zick, 2023).
"""

from collections import deque

from zveno.engines.seats.board import Board, Touched

REACH = 2_000
"""Choices looked at for one chain, at the most."""

Link = tuple[int, int, int]
"""Who goes to which choice, and the choice given up for it (or -1)."""


def chained(board: Board, unit: int) -> Touched | None:
    """Give one unit a seat more by the shortest chain; None, and nothing changed, without one."""
    came: dict[int, tuple[int, Link]] = {}
    waiting: deque[int] = deque()

    def reach(before: int, links: list[Link]) -> None:
        for link in links:
            session = board.options[link[0]][link[1]].session
            if link[1] >= 0 and session not in came:
                came[session] = before, link
                waiting.append(session)

    own = range(len(board.options[unit]))
    reach(-1, [(unit, choice, -1) for choice in own if _may(board, unit, choice, -1)])
    looked = 0
    while waiting and looked < REACH:
        session = waiting.popleft()
        entering = board.units.size[came[session][1][0]]
        leaving: list[Link] = []
        if board.load[session] + entering > board.ceilings[session]:
            leaving = _leaving(board, session, entering, unit)
            looked += len(leaving)
            reach(session, leaving)
        for end in _ends(board, unit, leaving):
            if touched := _moved(board, [*_links(came, session), *end]):
                return touched
    return None


def _ends(board: Board, unit: int, leaving: list[Link]) -> list[list[Link]]:
    """Return how a chain may end here: with room, or with one who has two seats more."""
    poor = len(board.at[unit]) + 1
    rich = [[link] for link in leaving if link[1] < 0 and len(board.at[link[0]]) > poor]
    return rich if leaving else [[]]


def _leaving(board: Board, session: int, entering: int, unit: int) -> list[Link]:
    """Return who may leave a session for one that needs as much room, and where to."""
    links = []
    for code in list(board.inside[session]):
        holder, held = divmod(code, board.width)
        kept = held in board.units.kept[holder]
        if holder != unit and not kept and board.units.size[holder] >= entering:
            links.append((holder, -1, held))
            links += [
                (holder, choice, held)
                for choice in range(len(board.options[holder]))
                if _may(board, holder, choice, held)
            ]
    return links


def _may(board: Board, unit: int, choice: int, given: int) -> bool:
    """Tell whether a unit could hold a choice, another given up for it."""
    had = [each for each in board.at[unit] if each != given]
    if choice in board.at[unit] or len(had) >= board.units.most[unit]:
        return False
    return board.units.clashes[unit][choice].isdisjoint(had)


def _links(came: dict[int, tuple[int, Link]], session: int) -> list[Link]:
    links = []
    while session != -1:
        session, link = came[session]
        links.append(link)
    return links[::-1]


def _moved(board: Board, links: list[Link]) -> Touched | None:
    """Let everybody of a chain move, the last first, if that breaks no bound."""
    touched: Touched = {}
    for unit, choice, given in reversed(links):
        touched.setdefault(unit, board.at[unit])
        if given >= 0 and given in board.at[unit]:
            board.take(unit, given)
        if choice >= 0:
            if not board.fits(unit, choice):
                board.restore(touched)
                return None
            board.put(unit, choice)
    if board.starved(touched):
        board.restore(touched)
        return None
    return touched
