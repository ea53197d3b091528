"""Negative controls: a house sabotaged once in each way; a harness that sees nothing fails."""

from tests.faults import acts, laws
from tests.faults.acts import Act, Ledger
from tests.faults.rounds import DAY, Rounds
from tests.faults.wire import Order, Where
from tests.live import Answer, Visitor


class Sabotaged(Visitor):
    """A client whose requests are done wrong in the ``way`` it names."""

    def __init__(self, port: int, way: str) -> None:
        super().__init__(port)
        self.way = way

    def ask(
        self, method: str, path: str, body: str | bytes | None, headers: dict[str, str]
    ) -> Answer:
        """Name the way."""
        return super().ask(method, path, body, headers | {"X-Sabotage": self.way})


class Controls:
    """One control for each kind of rounds; nobody else is at work meanwhile."""

    def __init__(self, rounds: Rounds) -> None:
        self.rounds, self.house, self.rows = rounds, rounds.house, rounds.rows

    def sees(self, kind: str) -> bool:
        """Whether the laws tell of a sabotage in rounds of ``kind``."""
        ledger: Ledger = getattr(self, kind)()
        self.house.start()
        return bool(laws.broken(ledger, self.house.mail.letters))

    def kill_9(self) -> Ledger:
        """Acknowledge before it is stored, and be killed in between."""
        ledger = self._told(acts.plan(self.rows), "early")
        self.house.kill("web server", self.rounds.chance)
        return ledger

    def full_disk(self) -> Ledger:
        """Acknowledge what the disk had no room for."""
        self.house.ballast.fill()
        try:
            return self._told(self.rounds.large(), "deaf")
        finally:
            self.house.ballast.free()

    def dropped(self) -> Ledger:
        """Do again what was committed when its answer was lost."""
        act = acts.plan(self.rows)
        self.house.wire.cut(Order(Where.AFTER, 1, act.name.encode(), b"COMMIT"))
        return self._told(act, "twice")

    def clock(self) -> Ledger:
        """Forget a key when a day has passed."""
        act = acts.plan(self.rows)
        self._told(act, "")
        self.house.clock.shift += DAY
        ledger = self._told(act, "forgetful")
        self.house.clock.shift -= DAY
        return ledger

    def _told(self, act: Act, way: str) -> Ledger:
        ledger = Ledger()
        ledger.note(act, act.send(Sabotaged(self.house.port, way)))
        return ledger
