"""Why whole groups were refused a wish; what could be granted for nothing is granted first.

Every refused wish is tried: whoever must moves, and what that would cost is the reason. If it
costs nothing by the whole order of rules, the plan is better so, and all are asked anew.
"""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

from zveno.engines.seats.board import Board, Touched
from zveno.engines.seats.model import Applicant, Because, Mode, Reason, Stage
from zveno.engines.seats.opening import granted
from zveno.engines.seats.scales import strict, width
from zveno.engines.seats.units import Units

Reasons = dict[tuple[str, str], Reason]

FOR_ITSELF = (Because.AGE, Because.KEPT, Because.OVERLAP)
"""Reasons that lie with who asked: these would not come if the session were opened."""


def refused(units: Units, unit: int, at: tuple[int, ...]) -> list[str]:
    """Return the wishes a unit was refused, the dearest first."""
    had = [units.name(unit, choice) for choice in at]
    wishes = units.members[unit][0].wishes
    if len(had) == units.most[unit]:
        wishes = wishes[: wishes.index(had[-1])]
    return [each for each in wishes if each not in had]


def own_reason(units: Units, unit: int, at: tuple[int, ...], wish: str) -> Reason | None:
    """Return the reason that lies with who asked, if there is one."""
    choice = units.choice(unit, wish)
    if len(units.kept[unit]) == units.most[unit]:
        return Reason(Because.KEPT)
    if choice is None:
        return Reason(Because.AGE)
    for each in at:
        if each in units.clashes[unit][choice] and (each < choice or each in units.kept[unit]):
            return Reason(Because.OVERLAP, session=units.name(unit, each))
    return None


def counted(units: Units, reasons: Reasons) -> Reasons:
    """Tell of sessions that were not opened how many would have come."""
    size = {each.id: each.size for each in units.problem.applicants}
    had = Counter[str]()
    for (who, session), reason in reasons.items():
        if reason.because not in FOR_ITSELF:
            had[session] += size[who]
    return {
        (who, session): replace(reason, had=had[session])
        if reason.because is Because.NOT_OPENED
        else reason
        for (who, session), reason in sorted(reasons.items())
    }


class Telling:
    """A plan on a board, moved on while a refused wish can be granted for nothing."""

    def __init__(self, units: Units, board: Board) -> None:
        self.units, self.board = units, board
        self.strict = board.scale = strict(units)
        self.width = width(units)
        self.levels = max(units.most, default=0) if units.problem.mode is Mode.FULLEST else 0
        self.people, self.served = Counter[str](), Counter[str]()
        for unit in range(len(units.members)):
            self._serve(unit, self.people, 1)
            self._serve(unit, self.served, 1 if board.at[unit] else 0)

    def _serve(self, unit: int, counts: Counter[str], times: int) -> None:
        for each in self.units.members[unit]:
            counts[each.organisation] += each.size * times

    def reasons(self) -> Reasons:
        """Return the reason of every refused wish."""
        reasons: Reasons | None = None
        while reasons is None:
            reasons = self._asked()
        return counted(self.units, reasons)

    def _asked(self) -> Reasons | None:
        """Ask about every wish; None if the plan became better."""
        reasons: Reasons = {}
        better = False
        for unit, members in enumerate(self.units.members):
            at = self.board.at[unit]
            for wish in refused(self.units, unit, at):
                # What was granted just now may have brought this one, too.
                now = self.board.at[unit]
                if now != at and wish not in refused(self.units, unit, now):
                    continue
                told = own_reason(self.units, unit, self.board.at[unit], wish)
                if told is None:
                    told = self._tried(unit, self.units.choice(unit, wish) or 0)
                if told is None:
                    better = True
                else:
                    reasons |= {(each.id, wish): told for each in members}
        return None if better else reasons

    def _tried(self, unit: int, choice: int) -> Reason | None:
        """Say what granting a wish would cost; grant it and say nothing if the plan is better."""
        board, reserved = self.board, self.board.reserved
        short = self._short(unit, choice)
        touched = granted(board, unit, choice)
        if touched is None:
            return self._impossible(unit, choice, short)
        stage = self._loses_by(touched, reserved)
        if stage is None:
            for other, at in touched.items():
                self._serve(other, self.served, bool(board.at[other]) - bool(at))
            return None
        moves = tuple(
            (each.id, name)
            for other, at in touched.items()
            if at != board.at[other]
            for each in self.units.members[other]
            for name in [self.units.name(other, n) for n in board.at[other]] or [""]
        )
        board.restore(touched)
        return Reason(Because.TRADED, short[0], stage=stage, moves=moves, short=short[1])

    def _short(self, unit: int, choice: int) -> tuple[str, int]:
        """Return the bound that lacks seats for a unit, and how many."""
        board = self.board
        for bound, count in self.units.options[unit][choice].loads:
            if (short := board.load[bound] + count - board.ceilings[bound]) > 0:
                return self.units.bounds[bound].id, short
        return "", 0

    def _impossible(self, unit: int, choice: int, short: tuple[str, int]) -> Reason:
        board, option = self.board, self.units.options[unit][choice]
        drop = board.dropped(unit, choice) or []
        for bound, count in option.loads:
            fixed = sum(
                seats
                for code, seats in board.inside[bound].items()
                if self._fixed(*divmod(code, board.width), unit, drop)
            )
            if fixed + count > board.ceilings[bound]:
                because = Because.FULL if bound == option.session else Because.QUOTA
                over = board.load[bound] + count - board.ceilings[bound]
                return Reason(because, self.units.bounds[bound].id, short=over)
        session = self.units.name(unit, choice)
        if not board.load[option.session]:
            minimum = self.units.minimums[option.session]
            return Reason(Because.NOT_OPENED, session=session, minimum=minimum)
        because = Because.FULL if short[0] == session else Because.QUOTA
        return Reason(because, short[0], short=short[1])

    def _fixed(self, other: int, held: int, unit: int, drop: list[int]) -> bool:
        return held in self.units.kept[other] or (other == unit and held not in drop)

    def _loses_by(self, touched: Touched, reserved: int) -> Stage | None:
        """Name the first rule by which the plan is worse than before."""
        if gain := self.board.gain(self.strict, touched, reserved):
            return None if gain > 0 else self._digit(-gain)
        units, at = self.units, self.board.at
        served = Counter[str]()
        for unit, before in touched.items():
            self._serve(unit, served, bool(at[unit]) - bool(before))
        schools = sorted(each for each, change in served.items() if change)
        shares = [
            sorted(Fraction(self.served[each] + more[each], self.people[each]) for each in schools)
            for more in (Counter[str](), served)
        ]
        if shares[0] != shares[1]:
            return Stage.SHARES if shares[1] < shares[0] else None
        ranks = Counter[int]()
        for unit, before in touched.items():
            for times, choices in ((-1, before), (1, at[unit])):
                for choice in choices:
                    ranks[units.options[unit][choice].rank] += times * units.size[unit]
        differ = next((ranks[rank] for rank in sorted(ranks) if ranks[rank]), 0)
        if differ:
            return Stage.RANKS if differ < 0 else None
        return None if self._luckier(touched) else Stage.LOTTERY

    def _luckier(self, touched: Touched) -> bool:
        """Tell whether the first in line of those who moved are better off."""
        line = sorted(
            (self._place(each), unit) for unit in touched for each in self.units.members[unit]
        )
        for _, unit in line:
            now, before = (self._ranks(unit, at) for at in (self.board.at[unit], touched[unit]))
            if now != before:
                return now < before
        return False

    def _place(self, who: Applicant) -> tuple[int, int, str]:
        return who.priority, who.served, self.units.lottery[who.id]

    def _ranks(self, unit: int, at: tuple[int, ...]) -> list[int]:
        """Return the ranks held, and for want of a seat the rank after the last."""
        ranks = [self.units.options[unit][choice].rank for choice in at]
        missing = self.units.most[unit] - len(ranks)
        return ranks + [len(self.units.members[unit][0].wishes)] * missing

    def _digit(self, loss: int) -> Stage:
        """Name the rule a strict loss is counted by."""
        place = ((2 * loss).bit_length() - 1) // self.width
        classes = len(self.units.classes)
        if place < classes:
            return Stage.VALUE
        return Stage.PEOPLE if place < classes * (self.levels + 1) else Stage.RESERVED
