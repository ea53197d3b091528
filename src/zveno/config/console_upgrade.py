"""``zveno upgrade-database``: the embedded database moves to another major version."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from zveno.config.console_database import VAR, ConsoleError
from zveno.localdb.account import account_for
from zveno.localdb.binaries import find_binaries

_SYSTEM = "/usr/lib/postgresql/{}/bin"


def upgrade_database(arguments: Sequence[str]) -> int:
    """Save by the old programs, restore by the new ones; the old data stays beside until removed.

    ``arguments`` may name the folder of the old programs. Raises ``ConsoleError`` where it stops;
    the database then is what it was.
    """
    data = (VAR / "postgres").resolve() / "data"
    if not (data / "PG_VERSION").exists():
        raise ConsoleError("There is no embedded database to upgrade.")
    written_by = int((data / "PG_VERSION").read_text())
    ours = find_binaries(account_for(data)).major
    if written_by == ours:
        _say(f"The database is of PostgreSQL {ours} already.")
        return 0
    old = Path(arguments[0] if arguments else _SYSTEM.format(written_by))
    if not (old / "postgres").exists():
        raise ConsoleError(
            f"The programs of PostgreSQL {written_by} are not in {old}. Install them and name "
            "their folder: zveno upgrade-database FOLDER."
        )
    saved = _save(VAR / f"upgrade-from-{written_by}", old)
    kept = data.with_name(f"data.{written_by}")
    data.rename(kept)
    if _zveno("restore", str(saved)):
        _put_back(kept, data)
        raise ConsoleError("The upgrade failed, see above. The database is what it was.")
    saved.unlink()
    _say(f"Upgraded from PostgreSQL {written_by} to {ours}. When all is well, remove {kept}.")
    return 0


def _save(folder: Path, old: Path) -> Path:
    """Bring the tables up to date and save them, both by the old programs."""
    programs = {"ZVENO_POSTGRES_BIN": str(old), "ZVENO_BACKUP_KEY": ""}
    if _zveno("migrate", **programs) or _zveno("backup", "--to", str(folder), **programs):
        raise ConsoleError("The database could not be saved, see above. It is what it was.")
    return max(folder.glob("*.zveno"))


def _put_back(kept: Path, data: Path) -> None:
    if data.exists():
        data.rename(data.with_name("data.failed"))
    kept.rename(data)


def _zveno(*words: str, **more: str) -> int:
    command = [sys.executable, "-m", "zveno", *words]
    return subprocess.run(command, env=os.environ | more, check=False).returncode  # noqa: S603 - ours


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
