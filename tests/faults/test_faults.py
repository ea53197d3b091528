"""Rounds of each kind lose nothing that was acknowledged, and the harness would see it."""

import json
import subprocess
import sys

import pytest

from tests.faults import place
from tests.faults.__main__ import is_met
from tests.faults.clockwork import Clockwork
from tests.live import ROOT, without_database

pytestmark = [
    pytest.mark.slow,
    pytest.mark.crash,
]


# Starting again what was killed takes seconds: all 20 rounds of that are in ``make faults``.
ANYWHERE = ["kill_9=12", "dropped"]
WHERE_POSSIBLE = {"full_disk": place.is_possible, "clock": Clockwork.is_possible}


def test_rounds_of_each_kind_lose_nothing_and_a_sabotaged_house_is_seen() -> None:
    known = {name: value for name, value in without_database().items() if "ZVENO" not in name}
    tried = [*ANYWHERE, *(kind for kind, is_possible in WHERE_POSSIBLE.items() if is_possible())]

    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", "--seed=2026", *tried],
        env=known, cwd=ROOT, check=False, capture_output=True, text=True,
    )  # fmt: skip

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    missed = [line for line in lines if not is_met(line["value"], line["goal"])]
    assert (done.returncode, missed) == (0, []), done.stderr[:3000] + done.stderr[-3000:]
    assert sum(line["figure"].endswith(".rounds") for line in lines) == len(tried)
    if len(tried) < len(ANYWHERE) + len(WHERE_POSSIBLE):
        pytest.skip(f"no small disk or no C compiler here; passed: {', '.join(tried)}")
