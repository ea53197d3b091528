"""One house, its load, rounds of each kind and their negative controls."""

import random
import sys
import time
from collections.abc import Iterator
from typing import Any

from django.core.management import call_command

from tests.faults import laws
from tests.faults.acts import Load
from tests.faults.controls import Controls
from tests.faults.house import PATIENCE, House
from tests.faults.rounds import Rounds
from tests.faults.rows import rows

Figure = tuple[str, float, str]


class Trial:
    """All rounds."""

    def __init__(self, house: House, chance: random.Random) -> None:
        self.house, self.chance = house, chance
        self.found: list[str] = []
        call_command("migrate", database="owner", verbosity=0)
        self.rows = rows()
        house.start()

    def figures(self, rounds: dict[str, int]) -> Iterator[Figure]:
        """Do so many ``rounds`` of each kind; tell what came of them."""
        load = Load(self.rows, self.house.port, self.chance)
        hurt = Rounds(self.house, self.rows, load, self.chance)
        with load:
            for kind, number in rounds.items():
                yield from self._kind(hurt, kind, number)
        controls = Controls(hurt)
        for kind in rounds:
            yield f"{kind}.control_seen", int(controls.sees(kind)), ">= 1"
        left = self._drain()
        _tell(left)
        yield "left_over", len(left), "<= 0"
        codes = self.house.stop()
        yield "ended_badly", sum(map(bool, codes)), "<= 0"

    def _kind(self, hurt: Rounds, kind: str, number: int) -> Iterator[Figure]:
        ledger = hurt.load.ledger
        before, begun = len(ledger.acknowledged), time.monotonic()
        known = len(self.found)
        for turn in range(number):
            new = [each for each in hurt.run(kind, turn) if each not in self.found]
            self.found += new
            _tell([f"{kind}, round {turn + 1}: {each}" for each in new])
        self.house.clock.shift = 0
        yield f"{kind}.lost", len(self.found) - known, "<= 0"
        yield f"{kind}.rounds", number, "none"
        yield f"{kind}.acknowledged", len(ledger.acknowledged) - before, "none"
        yield f"{kind}.seconds", round(time.monotonic() - begun, 1), "none"

    def _drain(self) -> list[str]:
        """Let the minutes pass after which letters and work of the killed are given out again.

        Return what is left over then.
        """
        self.house.ask("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 day'")
        self.house.ask("UPDATE kernel_letter SET held_until = NULL, not_before = written_at")
        deadline = time.monotonic() + PATIENCE
        while (left := laws.stuck()) and time.monotonic() < deadline:
            time.sleep(0.2)
        return left


def _tell(what: list[Any]) -> None:
    for each in what:
        sys.stderr.write(f"{str(each)[:600]}\n")
