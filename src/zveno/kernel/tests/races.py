"""What the race tests of all rooms share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

import pytest
from django.db import OperationalError, connections, transaction

from zveno.kernel import actions
from zveno.kernel.actor import SYSTEM
from zveno.kernel.errors import DomainError
from zveno.kernel.walls import scoped

WAITED_FOR = """
    SELECT EXISTS (SELECT FROM pg_locks
        WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))
"""


@contextmanager
def seeing_all() -> Iterator[None]:
    """Prepare a race and look at what it left."""
    with transaction.atomic(), scoped(SYSTEM):
        yield


def ended(work: Callable[[], object]) -> str:
    """Do ``work`` as a server of its own would; tell the code it ended with, or "done"."""
    try:
        work()
    except DomainError as refusal:
        return refusal.code
    except OperationalError:
        return "clash"
    finally:
        connections.close_all()
    return "done"


def without_second_try(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a deadlock end a verb: two rows that exclude each other may wait for each other.

    Begun anew, the verb would see the other's row, and a control would depend on who was first.
    """
    monkeypatch.setattr(actions, "TRIES", 1)


def wait_until_waited_for() -> None:
    """Go on when another connection waits for what this one holds."""
    until = monotonic() + 60
    with connections["default"].cursor() as cursor:
        while monotonic() < until:
            cursor.execute(WAITED_FOR)
            if cursor.fetchone()[0]:
                return
    pytest.fail("Nobody waits.")
