"""Child processes that do not outlive the one who started them."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any

_PARENT_DEATH_SIGNAL = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def spawn(
    command: Sequence[str], *, farewell: signal.Signals = signal.SIGTERM, **how: Any
) -> subprocess.Popen[bytes]:
    """Start ``command`` in a process group of its own, so that Ctrl C reaches only us.

    On Linux the system sends it ``farewell`` should the calling thread die, however it dies.
    """
    return subprocess.Popen(  # noqa: S603 - our own command lines
        command,
        stdin=subprocess.DEVNULL,
        process_group=0,
        preexec_fn=partial(_leash, farewell),  # noqa: PLW1509 - after the change of user, before exec
        **how,
    )


def end(process: subprocess.Popen[bytes], *signals: signal.Signals, patience: float = 10.0) -> None:
    """Send ``signals`` in turn, each with ``patience`` seconds; then kill what is left.

    A child that is dead already may have left others in its group: they are killed too.
    """
    for each in signals or (signal.SIGTERM,):
        if process.poll() is None:
            process.send_signal(each)
            with suppress(subprocess.TimeoutExpired):
                process.wait(patience)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _leash(farewell: signal.Signals) -> None:
    if _LIBC is not None:
        _LIBC.prctl(_PARENT_DEATH_SIGNAL, farewell)
