"""Make or refresh .venv from the pinned requirements; do nothing if it is as they say."""

import fcntl
import hashlib
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
PIP = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input"]
REQUIREMENTS = {"install": "requirements.txt", "install-test": "requirements-test.txt"}


def main(goal: str) -> None:
    """Install what ``goal`` needs; the tests' requirements contain those of a running Zveno."""
    with (ROOT / "requirements.txt").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            _ensure(goal)
        except PermissionError as error:
            sys.exit(
                f"{error.filename} belongs to another account. Use a copy of Zveno of your own."
            )


def _ensure(goal: str) -> None:
    if not _works():
        _make_environment()
    if not _is_current(goal):
        _install(goal)


def _works() -> bool:
    """Whether the environment runs; it does not once its Python was removed or it was moved."""
    pip = [*PIP, "--version"]
    return (
        Path(PYTHON).exists()
        and not subprocess.run(pip, check=False, capture_output=True).returncode
    )


def _make_environment() -> None:
    print(f"Making .venv with Python {sysconfig.get_python_version()}", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", VENV], check=False, capture_output=True)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            f"{sys.executable} cannot make a virtual environment "
            "(on Debian and Ubuntu: apt-get install python3-venv):\n"
            + made.stdout.decode(errors="replace")
        )


def _install(goal: str) -> None:
    print(f"Installing {REQUIREMENTS[goal]}", flush=True)
    command = [*PIP, "install", "-qq", "--require-hashes", "-r"]
    command += [str(ROOT / REQUIREMENTS[goal])]
    if subprocess.run(command, check=False).returncode:
        sys.exit("Installation failed: see what pip says above, then try again.")
    for each in ("install", "install-test") if goal == "install-test" else ("install",):
        _stamp(each).write_text(_hash(each))


def _is_current(goal: str) -> bool:
    return _stamp(goal).exists() and _stamp(goal).read_text() == _hash(goal)


def _stamp(goal: str) -> Path:
    return VENV / f".{goal}"


def _hash(goal: str) -> str:
    return hashlib.sha256((ROOT / REQUIREMENTS[goal]).read_bytes()).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1])
