"""Seats of sessions divided among pupils by ranked wishes, one a pupil, under nested quotas.

In the mode ``open`` a published line decides: reserved seats, priority, served least, lottery. In
the mode ``fullest`` as many are seated as can be, by a published order of rules. Same problem,
same bytes: rows may come in any order.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from zveno.engines.seats.checking import Violation, check
from zveno.engines.seats.deferring import defer
from zveno.engines.seats.filling import fill
from zveno.engines.seats.model import (
    Applicant,
    Because,
    Mode,
    Plan,
    Problem,
    Quota,
    Reason,
    Session,
    Stage,
)
from zveno.engines.seats.reading import keeping, read_problem

__all__ = [
    "VERSION",
    "Applicant",
    "Because",
    "Mode",
    "Plan",
    "Problem",
    "Quota",
    "Reason",
    "Session",
    "Stage",
    "Violation",
    "check",
    "defer",
    "fill",
    "read_problem",
    "solve",
]

VERSION = "seats 2"


def solve(problem: Mapping[str, Any]) -> dict[str, Any]:
    """Answer in plain data, with what is needed to divide again a year later.

    ``repair``, if told, are the seats of an earlier answer: they are kept but where a session
    has no seats any more, or who held one does not come or may not.
    """
    if "repair" in problem:
        problem = keeping(problem)
    read = read_problem(problem)
    plan = fill(read) if read.mode is Mode.FULLEST else defer(read)
    return {
        "version": VERSION,
        "mode": read.mode,
        "seed": read.seed,
        "input": digest(read),
        "seats": dict(plan.seats),
        "reasons": [
            {"applicant": who, "session": session, **asdict(reason)}
            for (who, session), reason in plan.reasons.items()
        ],
        "profile": plan.profile,
        "lottery": dict(sorted(plan.lottery.items())),
    }


def digest(problem: Problem) -> str:
    """Return SHA-256 of a problem, the same for any order of its rows."""
    text = json.dumps(asdict(problem), default=sorted, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
