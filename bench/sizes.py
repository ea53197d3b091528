"""What Zveno takes: memory while it runs, disk once it is installed."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.live import Site

Figure = tuple[str, float, float]


class AtLeast(float):
    """A goal that is missed below it; any other is missed above."""


ROOT = Path(__file__).resolve().parents[1]


def memory(site: Site) -> Iterator[Figure]:
    """Yield the megabytes of a running Zveno, its database included."""
    yield "run.memory_mb", site.memory(), 500


def install() -> Iterator[Figure]:
    """Yield the megabytes of a fresh environment with everything a running Zveno needs."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        # Errors are shown; what pip thinks of the machine's own settings is no figure.
        pip = [f"{folder}/bin/python", "-m", "pip", "install", "-qq", "--require-hashes"]
        subprocess.run([*pip, "-r", str(ROOT / "requirements.txt")], check=True)
        size = sum(each.lstat().st_blocks * 512 for each in Path(folder).rglob("*"))
    yield "install.mb", size / 2**20, 600
