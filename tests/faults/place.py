"""A disk so small that it can be filled: really full, for whoever writes there."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

MEGABYTES = 224


class NoSmallDisk(Exception):
    """Neither root nor an ordinary user gets a file system of their own on this system."""


def alone(command: Sequence[str]) -> list[str]:
    """Return ``command`` as it runs where it may mount a disk that nobody else sees.

    Everything mounted is gone with its last process, however that ends.
    """
    user = [] if os.geteuid() == 0 else ["--user", "--map-current-user", "--keep-caps"]
    return ["unshare", "--mount", *user, *command]


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Mount a small disk on ``folder`` until the end of the block. Raises ``NoSmallDisk``."""
    folder.mkdir()
    options = f"size={MEGABYTES}m,mode=0711"
    command = ["mount", "-t", "tmpfs", "-o", options, "zveno-faults", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoSmallDisk from error
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def common_disk(folder: Path) -> Iterator[Path]:
    """Make ``folder`` on the disk everything is on: for faults that need no full one."""
    folder.mkdir(mode=0o711)
    yield folder


def is_possible() -> bool:
    """Whether this process can start another one that mounts a disk."""
    probe = ["mount", "-t", "tmpfs", "zveno-faults", "/mnt"]
    try:
        done = subprocess.run(alone(probe), check=False, capture_output=True)
    except OSError:
        return False
    return done.returncode == 0


class Ballast:
    """A file that takes whatever the disk of ``folder`` has left."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "ballast"

    def fill(self) -> None:
        """Leave nothing."""
        with self.file.open("ab") as file:
            taken = 0
            for size in (1 << 24, 1 << 20, 1 << 12):
                with suppress(OSError):
                    while True:
                        os.posix_fallocate(file.fileno(), taken, size)
                        taken += size

    def free(self) -> None:
        """Give everything back."""
        self.file.unlink(missing_ok=True)
