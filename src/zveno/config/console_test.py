"""A throw-away database for tests and measurements."""

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack

from zveno.config.console_database import ConsoleError, use, use_given_database
from zveno.localdb import temporary
from zveno.ui.catalogues import compile_all


def run_with_test_database(command: Sequence[str]) -> int:
    """Run ``command`` with a new database, or the given one, and return its exit code."""
    if not command:
        raise ConsoleError("Name a command, for example: zveno test-database pytest")
    os.environ.setdefault("ZVENO_ENV", "test")
    compile_all()
    with ExitStack() as stack:
        if not use_given_database():
            use(stack.enter_context(temporary()))
        return _wait_for(command)


def _wait_for(command: Sequence[str]) -> int:
    """Ctrl C reaches the command too: it ends in its own time, and we after it."""
    with subprocess.Popen(command) as child:  # noqa: S603 - the developer's own command
        signal.signal(signal.SIGINT, lambda _number, _frame: None)
        signal.signal(signal.SIGTERM, lambda _number, _frame: child.terminate())
        code = child.wait()
    return code if code >= 0 else 128 - code
