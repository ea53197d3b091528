"""What the tests take, by group, beside what each group may take: told at the end of a full run.

A group that takes longer fails nothing, for the machine may have had other work; but it tells.
"""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

WHOLE = 800  # by the clock, with two workers on two cores; promised are fifteen minutes


@dataclass(frozen=True)
class Group:
    """Tests of one kind: the seconds they may take together, of all workers, and where they lie."""

    name: str
    budget: int
    places: tuple[str, ...]


# A test belongs to the first group that names the beginning of its path. Those with the longest
# tests run first: at the end no worker waits for one long test of the other.
GROUPS = (
    Group("browser", 500, ("tests/browser/",)),
    Group("on PostgreSQL 15", 60, ("tests/localdb/test_oldest",)),
    Group(
        "killed, started again",
        205,
        (
            *("tests/test_crash", "tests/test_run", "tests/test_import_killed"),
            *("tests/localdb/", "tests/faults/"),
        ),
    ),
    Group("operation", 90, ("tests/test_restore", "tests/test_upgrade", "tests/test_console")),
    Group("whole product", 360, ("tests/test_",)),
    Group("programs", 105, ("tests/api/",)),
    Group("rooms", 190, ("src/",)),
    Group("engines", 30, ("tests/engines/",)),
    Group("others", 0, ("",)),
)


def group_of(path: str) -> Group:
    """Find the group of a test by its path."""
    return next(each for each in GROUPS if path.startswith(each.places))


@dataclass(eq=False)
class Ledger:
    """A plugin that runs the groups in their order and adds up what the tests of each take."""

    began: float = field(default_factory=time.monotonic)
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(names(), 0.0))
    tests: Counter[str] = field(default_factory=Counter)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Put the groups in their order; within a group nothing changes places."""
        items.sort(key=lambda item: GROUPS.index(group_of(item.nodeid)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a part of a test: what was made ready before it, itself, what was removed."""
        name = group_of(report.nodeid).name
        self.seconds[name] += report.duration
        self.tests[name] += report.when == "call"

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, config: pytest.Config
    ) -> None:
        """Tell what the groups took, if all tests were asked for."""
        if config.args_source is pytest.Config.ArgsSource.TESTPATHS:
            terminalreporter.section("seconds by group")
            for line in self.lines(time.monotonic() - self.began):
                terminalreporter.line(line)

    def lines(self, clock: float) -> Iterator[str]:
        """Write the table and, below it, what took longer than it may."""
        budgets = {each.name: each.budget for each in GROUPS if self.tests[each.name]}
        rows = [(name, self.tests[name], self.seconds[name], budgets[name]) for name in budgets]
        rows.append(("all", self.tests.total(), sum(self.seconds.values()), sum(budgets.values())))
        yield f"{'':24}{'tests':>8}{'seconds':>9}{'budget':>8}"
        for name, tests, took, budget in rows:
            yield f"{name:24}{tests:8}{took:9.0f}{budget:8}"
        yield f"{'by the clock':32}{clock:9.0f}{WHOLE:8}"
        over = [(name, took, budget) for name, _tests, took, budget in rows if took > budget]
        if clock > WHOLE:
            over.append(("the clock", clock, WHOLE))
        for name, took, budget in over:
            yield f"Warning: {name} took {took:.0f} s, more than its {budget} s (tests/budget.py)."


def names() -> list[str]:
    """Name the groups."""
    return [each.name for each in GROUPS]
