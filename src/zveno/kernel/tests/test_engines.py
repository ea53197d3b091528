"""Engines run in a child: refused input has a code, a runaway is stopped."""

import subprocess
from typing import Any

import pytest

from tests.solving import solved
from zveno.kernel import engines
from zveno.kernel.engines import EngineRefused

pytestmark = [pytest.mark.slow, pytest.mark.child]
PROBLEMS: dict[str, dict[str, Any]] = {
    "names": {"items": [{"kind": "post", "text": "директор"}]},
    "tables": {"profile": "members", "source": {"text": "Наименование\nШкола № 5 (пример)"}},
}


def test_child_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        engines.run("names", {"items": []}, seconds=0)


def test_child_that_takes_too_much_memory_is_stopped() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        engines.run("names", {"items": ["x" * 40_000_000]}, megabytes=40)


def test_unknown_engine_fails_loudly() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        engines.run("nothing", {})


@pytest.mark.parametrize("engine", ["names", "tables"])
def test_child_answers_as_other_tests_are_answered(engine: str) -> None:
    assert engines.run(engine, PROBLEMS[engine]) == solved(engine, PROBLEMS[engine])


def test_child_refuses_as_other_tests_are_refused() -> None:
    reasons = []
    for run in (engines.run, solved):
        with pytest.raises(EngineRefused) as refused:
            run("tables", {"profile": "members", "source": {"bytes": "", "encoding": ""}})
        reasons.append(refused.value.facts)

    assert reasons[0] == reasons[1]
