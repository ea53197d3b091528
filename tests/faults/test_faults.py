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
    pytest.mark.skipif(not place.is_possible(), reason="no small disk can be mounted here"),
    pytest.mark.skipif(not Clockwork.is_possible(), reason="no C compiler to set a clock by"),
]


# Starting again what was killed takes seconds: all 20 rounds of that are in ``make faults``.
ROUNDS = ["kill_9=12", "full_disk", "dropped", "clock"]


def test_rounds_of_each_kind_lose_nothing_and_a_sabotaged_house_is_seen() -> None:
    known = {name: value for name, value in without_database().items() if "ZVENO" not in name}

    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", "--seed=2026", *ROUNDS],
        env=known, cwd=ROOT, check=False, capture_output=True, text=True,
    )  # fmt: skip

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    missed = [line for line in lines if not is_met(line["value"], line["goal"])]
    assert (done.returncode, missed) == (0, []), done.stderr[-5000:]
    assert sum(line["figure"].endswith(".rounds") for line in lines) == 4
