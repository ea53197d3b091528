"""``make bench``: one JSON line a figure, with its goal, from a Zveno started as users start it.

CPU figures are of all processes together (web server, worker, database): wall time is noise.
"""

import json
import sys
import tempfile
from pathlib import Path

from bench import flows, sizes
from tests import live


def main() -> int:
    """Print every figure; return 1 if a goal is missed."""
    missed = 0
    with tempfile.TemporaryDirectory(dir=Path("var") if Path("var").is_dir() else None) as folder:
        site = live.start(Path(folder), ZVENO_ENV="development")
        try:
            figures = [*sizes.memory(site), *flows.measure(site)]
        finally:
            site.stop()
    for name, value, goal in [*figures, *sizes.install()]:
        sys.stdout.write(
            json.dumps({"figure": name, "value": round(value, 2), "goal": f"<= {goal}"}) + "\n"
        )
        missed += value > goal
    return 1 if missed else 0


sys.exit(main())
