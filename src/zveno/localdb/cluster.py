"""The files of a database: made once, never read by another major version."""

import shutil
import subprocess
from pathlib import Path

from zveno.localdb.account import Account
from zveno.localdb.binaries import Binaries
from zveno.localdb.errors import LocalDatabaseError

SUPERUSER = "postgres"
_BUILTIN_LOCALES_SINCE = 17


def ensure_data(data: Path, binaries: Binaries, account: Account) -> None:
    """Make ``data`` with initdb unless it is there.

    A half-made one never bears the name: it is made beside and renamed when complete.
    Raises ``LocalDatabaseError`` if another major version wrote it, or initdb fails.
    """
    if data.exists():
        _refuse_other_version(data, binaries)
        return
    new = data.with_name("data.new")
    shutil.rmtree(new, ignore_errors=True)
    account.own(new)
    command = [binaries["initdb"], "-D", str(new), "-U", SUPERUSER, *_choices(binaries.major)]
    made = subprocess.run(  # noqa: S603 - our own command line
        command, check=False, capture_output=True, text=True, cwd="/", **account.child
    )
    if made.returncode:
        raise LocalDatabaseError(f"initdb could not make {new}: {made.stderr.strip()}")
    new.rename(data)


def _choices(major: int) -> list[str]:
    """With any other LC_CTYPE, Cyrillic has no trigrams, and search minds the case of letters."""
    choices = ["--encoding=UTF8", "--locale=C", "--lc-ctype=C.UTF-8"]
    if major >= _BUILTIN_LOCALES_SINCE:
        choices += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return [*choices, "--data-checksums", "--auth=trust", "--no-instructions"]


def _refuse_other_version(data: Path, binaries: Binaries) -> None:
    written_by = int((data / "PG_VERSION").read_text())
    if written_by == binaries.major:
        return
    raise LocalDatabaseError(
        f"The database in {data} was written by PostgreSQL {written_by}; "
        f"{binaries.folder} is PostgreSQL {binaries.major}, which cannot read it.\n"
        f"To go on as before, set ZVENO_POSTGRES_BIN to the programs of PostgreSQL {written_by}.\n"
        f"To move to {binaries.major} with all data: zveno upgrade-database."
    )
