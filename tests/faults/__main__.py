"""``make faults``: rounds of each kind in one house, one JSON line a figure; see ``--help``.

Exit code 1 if anything acknowledged was lost or done twice, a law did not hold, or a negative
control was not seen.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

import django

from tests.faults.house import House
from tests.faults.place import alone, common_disk, small_disk

KINDS = ["kill_9", "full_disk", "dropped", "clock"]
ROUNDS = 20
ALONE = "FAULTS_ALONE"


def main() -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    known = f"of {', '.join(KINDS)}; all of them, 20 rounds each, if none is named"
    parser.add_argument("kinds", nargs="*", metavar="KIND[=ROUNDS]", help=known, default=KINDS)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args()
    kinds = {each.partition("=")[0] for each in options.kinds}
    if "full_disk" in kinds and ALONE not in os.environ:
        command = alone([sys.executable, "-m", "tests.faults", *sys.argv[1:]])
        os.execvpe(command[0], command, os.environ | {ALONE: "1"})  # noqa: S606 - ourselves
    with tempfile.TemporaryDirectory(prefix="zveno-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        disk = small_disk if "full_disk" in kinds else common_disk
        with (
            disk(folder / "disk") as place,
            House(folder, place, has_clock="clock" in kinds) as house,
        ):
            try:
                missed = _run(house, options)
            except BaseException:
                missed = True
                raise
            finally:
                sys.stderr.write(house.said() if missed else "")
            return int(missed)


def _run(house: House, options: argparse.Namespace) -> bool:
    house.use_here()
    django.setup()
    trial = import_module("tests.faults.trial").Trial(house, random.Random(options.seed))  # noqa: S311 - seeded on purpose
    missed, begun = False, time.monotonic()
    rounds = {
        kind: int(number or ROUNDS)
        for kind, _, number in (each.partition("=") for each in options.kinds)
    }
    for name, value, goal in trial.figures(rounds):
        line = {"figure": f"faults.{name}", "value": value, "goal": goal}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
        missed |= not is_met(value, goal)
    sys.stderr.write(f"seed {options.seed}, {time.monotonic() - begun:.1f} seconds\n")
    return missed


def is_met(value: float, goal: str) -> bool:
    """Whether a figure is as good as its goal wants it."""
    sign, _, bar = goal.partition(" ")
    return {"<=": value <= float(bar or 0), ">=": value >= float(bar or 0)}.get(sign, True)


if __name__ == "__main__":
    sys.exit(main())
