"""The table of seconds by group, told at the end of a full run."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.budget import GROUPS, WHOLE, Ledger, group_of

ROOT = Path(__file__).resolve().parents[1]


def said(seconds: float, clock: float = 1.0) -> list[str]:
    """Return what is told after one test of the rooms that took so long."""
    ledger = Ledger()
    for when in ("setup", "call", "teardown"):
        report: Any = SimpleNamespace(
            nodeid="src/zveno/plan/tests/test_plan.py::test", when=when, duration=seconds / 3
        )
        ledger.pytest_runtest_logreport(report)
    return list(ledger.lines(clock))


def test_every_file_of_tests_has_a_group_with_a_budget() -> None:
    files = [
        path.relative_to(ROOT)
        for path in (*ROOT.glob("src/**/test_*.py"), *ROOT.glob("tests/**/test_*.py"))
    ]

    assert len(files) > 100
    assert all(group_of(str(path)).budget for path in files)


def test_a_test_counts_once_with_all_its_seconds() -> None:
    (line,) = (line for line in said(6) if line.startswith("rooms"))

    assert line.split()[:3] == ["rooms", "1", "6"]


@pytest.mark.parametrize(
    ("seconds", "clock", "warned"),
    [(1, 1, []), (10_000, 1, ["rooms", "all"]), (1, WHOLE + 1, ["the clock"])],
)
def test_only_what_took_longer_than_it_may_is_warned_of(
    seconds: int, clock: int, warned: list[str]
) -> None:
    warnings = [line for line in said(seconds, clock) if line.startswith("Warning")]

    assert [line.partition(" took")[0].removeprefix("Warning: ") for line in warnings] == warned


def test_groups_with_the_longest_tests_run_first() -> None:
    items: Any = [
        SimpleNamespace(nodeid=name) for name in ("src/a::b", "tests/browser/c", "src/a::d")
    ]

    Ledger().pytest_collection_modifyitems(items)

    assert [item.nodeid for item in items] == ["tests/browser/c", "src/a::b", "src/a::d"]
    assert GROUPS[0].name == "browser"
