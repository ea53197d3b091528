"""PostgreSQL refuses to run as root: then the server runs under an account without rights."""

import os
import pwd
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zveno.localdb.errors import LocalDatabaseError

_UNPRIVILEGED = ("postgres", "nobody", "daemon")


@dataclass(frozen=True)
class Account:
    """Who runs the server: ourselves, or (as root) an account without rights."""

    user: int
    group: int
    ours: bool

    @property
    def child(self) -> dict[str, Any]:
        """Arguments of ``subprocess`` that start a child as this account."""
        if self.ours:
            return {}
        return {"user": self.user, "group": self.group, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Make ``path`` a folder that only this account can open."""
        path.mkdir(mode=0o700, exist_ok=True)
        path.chmod(0o700)
        if not self.ours:
            os.chown(path, self.user, self.group)

    def reaches(self, folder: Path) -> bool:
        """Whether this account can enter ``folder``; tried, for modes alone do not tell."""
        enter = ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]
        return (
            self.ours
            or not subprocess.run(  # noqa: S603 - a fixed command
                enter, check=False, capture_output=True, cwd="/", **self.child
            ).returncode
        )


def account_for(data: Path) -> Account:
    """Choose who runs the server: as root, the owner of existing ``data`` or a known account.

    Raises ``LocalDatabaseError`` if no account without rights exists.
    """
    if os.geteuid():
        return Account(os.geteuid(), os.getegid(), ours=True)
    if data.exists() and data.stat().st_uid:
        return Account(data.stat().st_uid, data.stat().st_gid, ours=False)
    for name in _UNPRIVILEGED:
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid, ours=False)
    raise LocalDatabaseError(
        "PostgreSQL does not run as root, and this system has none of the accounts "
        f"{', '.join(_UNPRIVILEGED)}. Create one, or start Zveno as an ordinary user."
    )
