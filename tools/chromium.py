"""Print the path of a Chromium for the browser tests; as root, install one where there is none."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "No Chromium found: the browser tests will fail. Install the system's package "
    "(Debian: apt-get install chromium) or set ZVENO_CHROMIUM to its program."
)


def main() -> None:
    """Print the path, or nothing and a note on standard error."""
    found = _find()
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
        found = _find()
    if not found:
        sys.stderr.write(f"{MISSING}\n")
    print(found)


def _find() -> str:
    wanted = os.environ.get("ZVENO_CHROMIUM")
    if wanted:
        return shutil.which(wanted) or ""
    return next(filter(None, map(shutil.which, NAMES)), "")


def _install() -> None:
    sys.stderr.write("Installing Chromium for the browser tests\n")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["install", "-y", "-qq", "--no-install-recommends", "chromium"]
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
