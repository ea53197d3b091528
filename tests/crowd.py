"""Many who work at once in a running Zveno; afterwards, whether the books are right.

``python -m tests.crowd make`` fills the running one and prints where each may knock;
``python -m tests.crowd check`` prints what is wrong (nothing, if all is well).
"""

import json
import sys
from pathlib import Path
from typing import Any

import django

from zveno.config.console_database import environment_of_one_command

SCHOOLS, SEATS, EVENTS, CAME = 40, 30, 6, 12


def make() -> dict[str, Any]:
    """Make schools with sessions, an agreement out for signature, events held, one to come."""
    from tests.crowd_rows import rows  # noqa: PLC0415 - Django must be set up first

    return rows(SCHOOLS, SEATS, EVENTS, CAME)


def check(ledger: dict[str, list[str]]) -> list[str]:
    """Compare what was acknowledged with what is stored; return the differences."""
    from tests.crowd_rows import faults  # noqa: PLC0415 - as above

    return list(faults(ledger))


if __name__ == "__main__":
    with environment_of_one_command():
        django.setup()
        if sys.argv[1] == "make":
            answer: Any = make()
        else:
            answer = check(json.loads(Path(sys.argv[2]).read_text()))
    sys.stdout.write(json.dumps(answer))
