import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from zveno.localdb.errors import AlreadyRunning


class Lock:
    """A file lock held for the life of the process; its text tells others who holds it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._details: dict[str, str] = {}

    @classmethod
    def acquire(cls, path: Path) -> Self:
        """Take the lock, or raise ``AlreadyRunning`` with what its holder told."""
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            details = _read(descriptor)
            os.close(descriptor)
            raise AlreadyRunning(path.parent, details) from None
        lock = cls(descriptor)
        lock.tell(pid=str(os.getpid()))
        return lock

    def tell(self, **details: str) -> None:
        """Add ``details`` to what others read while the lock is held."""
        self._details |= details
        text = json.dumps(self._details).encode()
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, text, 0)

    def release(self) -> None:
        """Let others take the lock; a second call does nothing."""
        with suppress(OSError):
            os.close(self._descriptor)
        self._descriptor = -1


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other process works in ``folder`` under this guard, then work there."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _read(descriptor: int) -> dict[str, str]:
    try:
        details: dict[str, str] = json.loads(os.pread(descriptor, 10_000, 0))
    except ValueError:  # the holder is writing at this moment
        return {}
    return details
