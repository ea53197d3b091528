"""Engines run in a child: refused input has a code, a runaway is stopped."""

import subprocess

import pytest

from zveno.kernel import engines

pytestmark = pytest.mark.slow


def test_child_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        engines.run("names", {"items": []}, seconds=0)


def test_child_that_takes_too_much_memory_is_stopped() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        engines.run("names", {"items": ["x" * 40_000_000]}, megabytes=40)


def test_unknown_engine_fails_loudly() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        engines.run("nothing", {})
