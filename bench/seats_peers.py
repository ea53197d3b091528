"""Two ways of dividing that others use, for several seats each: as simple as they are told."""

import random
from collections import deque

from zveno.engines.seats import Problem
from zveno.engines.seats.units import Overlaps

Seats = dict[str, list[str]]


def dictatorship(problem: Problem, seed: int = 1) -> Seats:
    """Let each in a random order take all that still has room, the dearest first."""
    order = list(problem.applicants)
    random.Random(seed).shuffle(order)  # noqa: S311 - not a secret
    room, overlap = {each.id: each.capacity for each in problem.sessions}, Overlaps(problem)
    seats: Seats = {}
    for who in order:
        had = seats.setdefault(who.id, [])
        for wish in who.wishes:
            if len(had) == who.most:
                break
            if room[wish] and not any(overlap(wish, each) for each in had):
                had.append(wish)
                room[wish] -= 1
    return seats


def yankee_swap(problem: Problem) -> Seats:
    """Let who has least take a seat, from another if that one can be made good (Viswanathan, 2023).

    A way is a chain: one takes a session and gives another up for it that the next one takes, until
    a session with room. Who finds no way is out.
    """
    swap = _Swap(problem)
    playing = [(0, n) for n in range(len(problem.applicants))]
    while playing:
        least = min(playing)
        playing.remove(least)
        held, place = least
        if swap.grow(problem.applicants[place].id):
            playing.append((held + 1, place))
    return swap.seats


class _Swap:
    def __init__(self, problem: Problem) -> None:
        self.people = {each.id: each for each in problem.applicants}
        self.room = {each.id: each.capacity for each in problem.sessions}
        self.seats: Seats = {each: [] for each in self.people}
        self.holders: dict[str, dict[str, None]] = {each: {} for each in self.room}
        self.overlap = Overlaps(problem)

    def _may(self, who: str, wish: str, without: str = "") -> bool:
        """Tell whether somebody could hold a session, one of the own given up for it."""
        had = [each for each in self.seats[who] if each != without]
        if wish in self.seats[who] or len(had) >= self.people[who].most:
            return False
        return not any(self.overlap(wish, each) for each in had)

    def grow(self, who: str) -> bool:
        """Give one seat more by the shortest chain there is."""
        came: dict[str, tuple[str, str]] = {}
        waiting: deque[str] = deque()
        for wish in self.people[who].wishes:
            if self._may(who, wish):
                came[wish] = (who, "")
                waiting.append(wish)
        while waiting:
            session = waiting.popleft()
            if self.room[session]:
                self._apply(session, came)
                return True
            for holder, wish in self._leaving(session, who):
                if wish not in came:
                    came[wish] = (holder, session)
                    waiting.append(wish)
        return False

    def _leaving(self, session: str, who: str) -> list[tuple[str, str]]:
        """Return who may leave a session, and for which."""
        return [
            (holder, wish)
            for holder in self.holders[session]
            if holder != who
            for wish in self.people[holder].wishes
            if self._may(holder, wish, session)
        ]

    def _apply(self, session: str, came: dict[str, tuple[str, str]]) -> None:
        self.room[session] -= 1
        while session:
            holder, given = came[session]
            if given:
                self.seats[holder].remove(given)
                del self.holders[given][holder]
            self.seats[holder].append(session)
            self.holders[session][holder] = None
            session = given
