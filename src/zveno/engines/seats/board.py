"""Units on seats: every change keeps ceilings, times and confirmed seats, and can be taken back."""

from zveno.engines.seats.scales import Scale
from zveno.engines.seats.units import Units

Touched = dict[int, tuple[int, ...]]
"""Units that were moved, and the choices each held before."""


class Board:
    """``at[unit]`` are the choices held, ``load[bound]`` the seats taken, ``inside`` by whom."""

    def __init__(self, units: Units, scale: Scale) -> None:
        self.units, self.scale = units, scale
        self.options = units.options
        self.ceilings, self.floors, self.minimums = units.ceilings, units.floors, units.minimums
        self.at: list[tuple[int, ...]] = [()] * len(units.members)
        self.load = [0] * len(units.bounds)
        self.reserved = 0
        self.width = max(map(len, units.options), default=0) + 1
        self.inside: list[dict[int, int]] = [{} for _ in units.bounds]
        self._starving = any(self.minimums)
        for unit, kept in enumerate(units.kept):
            for choice in sorted(kept):
                self.put(unit, choice)

    def put(self, unit: int, choice: int) -> None:
        """Give a seat, whatever that breaks."""
        self.at[unit] = tuple(sorted((*self.at[unit], choice)))
        code = unit * self.width + choice
        for bound, count in self.options[unit][choice].loads:
            self._count(bound, count)
            self.inside[bound][code] = count

    def take(self, unit: int, choice: int) -> None:
        """Take a seat away."""
        self.at[unit] = tuple(each for each in self.at[unit] if each != choice)
        code = unit * self.width + choice
        for bound, count in self.options[unit][choice].loads:
            self._count(bound, -count)
            del self.inside[bound][code]

    def _count(self, bound: int, change: int) -> None:
        before = self.load[bound]
        self.load[bound] = before + change
        if floor := self.floors[bound]:
            self.reserved += min(before + change, floor) - min(before, floor)

    def restore(self, touched: Touched) -> None:
        """Take a change back."""
        for unit in touched:
            for choice in self.at[unit]:
                self.take(unit, choice)
        for unit, at in touched.items():
            for choice in at:
                self.put(unit, choice)

    def fits(self, unit: int, choice: int) -> bool:
        """Tell whether one seat more breaks nothing."""
        at = self.at[unit]
        if len(at) >= self.units.most[unit] or choice in at:
            return False
        if at and not self.units.clashes[unit][choice].isdisjoint(at):
            return False
        option = self.options[unit][choice]
        if any(self.load[bound] + count > self.ceilings[bound] for bound, count in option.loads):
            return False
        minimum = self.minimums[option.session]
        return not minimum or self.load[option.session] + self.units.size[unit] >= minimum

    def settle(self, unit: int) -> None:
        """Give one unit the dearest seats that are free, beside those it has."""
        for choice in range(len(self.options[unit])):
            if self.fits(unit, choice):
                self.put(unit, choice)

    def dropped(self, unit: int, choice: int) -> list[int] | None:
        """Return the own seats that must go for another, None if a confirmed one is among them."""
        at, kept = self.at[unit], self.units.kept[unit]
        drop = [each for each in at if each in self.units.clashes[unit][choice]]
        if len(at) - len(drop) >= self.units.most[unit]:
            own = [each for each in at if each not in drop and each not in kept]
            drop += own[-1:] or [-1]
        return None if -1 in drop or not kept.isdisjoint(drop) else drop

    def shift(self, unit: int, choice: int) -> Touched | None:
        """Give a seat and let go whoever must; these take what is free.

        None, and nothing has changed, if confirmed seats or a minimum stand against it.
        """
        drop = self.dropped(unit, choice)
        if drop is None:
            return None
        touched: Touched = {unit: self.at[unit]}
        for each in drop:
            self.take(unit, each)
        if not self.clear(unit, choice, touched):
            self.restore(touched)
            return None
        self.put(unit, choice)
        for other in touched:
            if other != unit or drop:
                self.settle(other)
        if self._starving and self.starved(touched):
            self.restore(touched)
            return None
        return touched

    def clear(self, unit: int, choice: int, touched: Touched) -> bool:
        """Let go as many as must go for one seat; False if those left are confirmed."""
        for bound, count in self.options[unit][choice].loads:
            need = self.load[bound] + count - self.ceilings[bound]
            if need > 0:
                victims = self._victims(unit, bound, need)
                if not victims:
                    return False
                for code in victims:
                    other, held = divmod(code, self.width)
                    touched.setdefault(other, self.at[other])
                    self.take(other, held)
        return True

    def _victims(self, unit: int, bound: int, need: int) -> list[int]:
        """Choose seats under a bound to be given up: one alone if one is enough, else the least."""
        width, seats, kept = self.width, self.scale.seats, self.units.kept
        single, least, lines = -1, 0, []
        for code, count in self.inside[bound].items():
            other, held = divmod(code, width)
            if other == unit or held in kept[other]:
                continue
            levels, number = self.scale.levels[other], len(self.at[other])
            loss = seats[other][held] + levels[number] - levels[number - 1]
            if count >= need and (single < 0 or (loss, code) < (least, single)):
                single, least = code, loss
            lines.append((loss / count, code, count))
        if single >= 0:
            return [single]
        chosen = []
        for _, code, count in sorted(lines):
            chosen.append(code)
            need -= count
            if need <= 0:
                return chosen
        return []

    def starved(self, touched: Touched) -> list[int]:
        """Return the sessions that run with fewer people than they need."""
        sessions = {
            self.options[unit][choice].session
            for unit, before in touched.items()
            for choice in (*before, *self.at[unit])
        }
        return sorted(each for each in sessions if 0 < self.load[each] < self.minimums[each])

    def gain(self, scale: Scale, touched: Touched, reserved: int) -> int:
        """Return what a change is worth; before it ``reserved`` seats were filled as reserved."""
        filled = (self.reserved - reserved) * scale.reserved
        return filled + sum(
            [scale.of(unit, self.at[unit]) - scale.of(unit, at) for unit, at in touched.items()]
        )

    def total(self, scale: Scale) -> int:
        """Return what all seats are worth."""
        return self.reserved * scale.reserved + sum(map(scale.of, range(len(self.at)), self.at))
