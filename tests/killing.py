"""Sudden death for trials."""

import time
from collections.abc import Iterable
from contextlib import suppress

import psutil


def kill_all(processes: "Iterable[psutil.Process | psutil.Popen]") -> None:
    """Kill what still lives of these: the death of one may end another in the same moment."""
    for each in processes:
        with suppress(psutil.NoSuchProcess):
            each.kill()


def runs(process: psutil.Process, words: str) -> bool:
    """Whether a process lives and these words stand in its command line."""
    with suppress(psutil.NoSuchProcess):
        return words in " ".join(process.cmdline())
    return False


def survivors(processes: "Iterable[psutil.Process]", seconds: float) -> list[psutil.Process]:
    """Wait until these have ended, at most so long; return those that have not.

    One that has ended may stay in the list of the system until somebody asks for its end: where
    nobody does that for orphans, they stay for good.
    """
    deadline = time.monotonic() + seconds
    while alive := [each for each in processes if _lives(each)]:
        if time.monotonic() > deadline:
            break
        time.sleep(0.05)
    return alive


def _lives(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    return False
