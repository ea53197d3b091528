"""``make bench``: one JSON line a figure, with its goal, from a Zveno started as users start it.

CPU figures are of all processes together (web server, worker, database) less what they use when
idle: wall time is noise on a busy machine. Those of a request are the least of several rounds,
because other work on the machine can only add to them. The home page is judged with one visitor
at a time; with four at once its figure is told without a goal. Exit code 1 if a goal is missed.
"""

import json
import math
import os
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import django

from bench import seats, seats_groups, seats_umass, sizes
from tests import live


def figures() -> Iterator[sizes.Figure]:
    """Divide seats, start Zveno with the demonstration, measure it, stop it, install another."""
    # Before anything else is loaded: its memory is that of this process.
    yield from seats.measure()
    yield from seats_groups.measure()
    yield from seats_umass.measure()
    with tempfile.TemporaryDirectory(prefix="zveno-") as folder:
        Path(folder).chmod(0o711)
        site = live.start(Path(folder), ZVENO_ENV="development")
        os.environ |= {"ZVENO_VAR": folder, "ZVENO_ENV": "development"}
        try:
            # Importable only once the environment names the running Zveno.
            with import_module("zveno.config.console_database").environment_of_one_command():
                django.setup()
                yield from import_module("bench.flows").measure(site)
                yield from import_module("bench.rush").measure(site)
                yield from import_module("bench.listing").measure(site)
                yield from import_module("bench.papers").measure()
                yield from import_module("bench.imports").measure(site)
                yield from import_module("bench.journal").measure()
                yield from import_module("bench.tree").measure()
                yield from import_module("bench.children").measure()
                # What the database holds for us, the measurers, is not Zveno's.
                import_module("django.db").connections.close_all()
            yield from sizes.memory(site)
            with import_module("zveno.config.console_database").environment_of_one_command():
                yield from import_module("bench.finding").measure()
                import_module("django.db").connections.close_all()
        finally:
            site.stop()
    yield from import_module("bench.restore").measure()
    yield from sizes.install()


def main() -> int:
    """Print every figure as it comes."""
    missed = False
    for name, value, goal in figures():
        least = isinstance(goal, sizes.AtLeast)
        bar = "none" if goal == math.inf else f"{'>=' if least else '<='} {float(goal):g}"
        line = {"figure": name, "value": round(value, 2), "goal": bar}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
        missed |= value < goal if least else value > goal
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
