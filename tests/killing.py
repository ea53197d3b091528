"""Sudden death for trials."""

from collections.abc import Iterable
from contextlib import suppress

import psutil


def kill_all(processes: "Iterable[psutil.Process | psutil.Popen]") -> None:
    """Kill what still lives of these: the death of one may end another in the same moment."""
    for each in processes:
        with suppress(psutil.NoSuchProcess):
            each.kill()
