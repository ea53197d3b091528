"""See to the oldest PostgreSQL that Zveno runs on; as root, install it where there is none.

The tests of the group ``database`` run on it too; without it they are passed over there.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql/15/bin/postgres")
PACKAGE = "postgresql-15"
OURS = Path("/etc/postgresql-common/createcluster.d/zveno.conf")
MISSING = (
    "No PostgreSQL 15 found: its tests are passed over. Install the system's package "
    f"(Debian 12: apt-get install {PACKAGE})."
)


def main() -> None:
    """Install it, or leave a note on standard error."""
    if not PROGRAMS.exists() and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
    if not PROGRAMS.exists():
        sys.stderr.write(f"{MISSING}\n")


def _install() -> None:
    sys.stderr.write("Installing PostgreSQL 15 for the database tests\n")
    OURS.parent.mkdir(parents=True, exist_ok=True)
    OURS.write_text("create_main_cluster = false\n")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["install", "-y", "-qq", "--no-install-recommends", PACKAGE]
    for command in (["update", "-qq"], install):
        subprocess.run(
            ["apt-get", "-o", "DPkg::Lock::Timeout=300", *command],
            check=False,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
        )


if __name__ == "__main__":
    main()
