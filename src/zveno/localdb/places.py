"""Where a database keeps its files, and how its server gets to them."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from zveno.localdb.account import Account
from zveno.localdb.errors import LocalDatabaseError

SHARED = Path("/var/lib/zveno")
"""As root: what the server's account must reach and cannot reach in the checkout."""

_SOCKET = ".s.PGSQL.5432"
_SOCKET_PATH_LIMIT = 103
"""Bytes a socket's path may have everywhere (Linux takes 107, macOS 103)."""


@dataclass(frozen=True)
class Places:
    """The files of one database. ``base`` is ours, ``data`` and ``sockets`` the server's."""

    base: Path
    sockets: Path

    @property
    def data(self) -> Path:
        """What PostgreSQL keeps."""
        return self.base / "data"

    @property
    def log(self) -> Path:
        """What the server says of itself."""
        return self.base / "server.log"

    @property
    def socket(self) -> Path:
        """Where the server listens."""
        return self.sockets / _SOCKET


def base_for(directory: Path, account: Account) -> Path:
    """Make ``directory``; as a link to a folder in reach if ``account`` could not reach it."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    if directory.is_symlink() and not directory.exists():
        directory.unlink()
    if not directory.exists() and not account.reaches(directory.parent):
        SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
        directory.symlink_to(tempfile.mkdtemp(prefix="database-", dir=SHARED))
    base = directory.resolve()
    base.mkdir(exist_ok=True)
    base.chmod(0o700 if account.ours else 0o711)
    return base


def sockets_for(base: Path, account: Account) -> Path:
    """Make the private folder of the socket: in ``base``, or a short one if its path is too long.

    Raises ``LocalDatabaseError`` if the short one is too long as well, or somebody else's.
    """
    sockets = base / "sockets"
    if not _fits(sockets):
        name = hashlib.sha256(os.fsencode(base)).hexdigest()[:12]
        sockets = Path(tempfile.gettempdir()) / f"zveno-{name}"
    if not _fits(sockets):
        raise LocalDatabaseError(
            f"The path of a socket in {sockets} is too long. Set TMPDIR to a shorter folder."
        )
    if sockets.exists() and not _is_private(sockets):
        raise LocalDatabaseError(
            f"{sockets} is not a private folder of this account. Remove it, or set TMPDIR."
        )
    account.own(sockets)
    return sockets


def _fits(sockets: Path) -> bool:
    path = os.fsencode(sockets / _SOCKET)
    return len(path) <= _SOCKET_PATH_LIMIT and b"," not in path


def _is_private(folder: Path) -> bool:
    found = folder.lstat()
    trusted = os.geteuid() == 0 or found.st_uid == os.geteuid()
    return trusted and stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
