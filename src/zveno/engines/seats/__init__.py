"""Seats of sessions divided among pupils and groups by ranked wishes, under nested quotas.

In the mode ``open`` a published line decides: reserved seats, priority, served least, lottery. In
the mode ``fullest`` as many are seated as can be, by a published order of rules, in the mode
``dearest`` the wishes granted are worth most points. With one seat a pupil the plan is the best
there is; with whole groups, companions, several sessions each and minimums it is the best that was
found, beside a bound that no plan passes. Same problem, same bytes: rows may come in any order.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from zveno.engines.seats.checking import check
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
    Violation,
    Whole,
)
from zveno.engines.seats.reading import keeping, read_problem
from zveno.engines.seats.whole import divide

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
    "Whole",
    "check",
    "defer",
    "divide",
    "fill",
    "read_problem",
    "solve",
]

VERSION = "seats 3"


def solve(problem: Mapping[str, Any]) -> dict[str, Any]:
    """Answer in plain data, with what is needed to divide again a year later.

    ``repair``, if told, are the seats of an earlier answer: they are kept but where a session
    has no seats any more, or who held one does not come or may not.
    """
    if "repair" in problem:
        problem = keeping(problem)
    read = read_problem(problem)
    plan = _divided(read)
    return {
        "version": VERSION,
        "mode": read.mode,
        "seed": read.seed,
        "input": digest(read),
        "seats": _seats(read, plan),
        "reasons": [
            {"applicant": who, "session": session, **asdict(reason)}
            for (who, session), reason in plan.reasons.items()
        ],
        "profile": plan.profile,
        "lottery": dict(sorted(plan.lottery.items())),
        **(_worth(plan) if isinstance(plan, Whole) else {}),
    }


def _divided(problem: Problem) -> Plan | Whole:
    if problem.whole:
        return divide(problem)
    return fill(problem) if problem.mode is Mode.FULLEST else defer(problem)


def _seats(problem: Problem, plan: Plan | Whole) -> dict[str, Any]:
    """Name the session of each, or a list of them if anybody may have several."""
    if isinstance(plan, Plan) or any(each.most > 1 for each in problem.applicants):
        return {who: at if isinstance(at, str) else list(at) for who, at in plan.seats.items()}
    return {who: at for who, (at,) in plan.seats.items()}


def _worth(plan: Whole) -> dict[str, Any]:
    """Tell what a plan is worth, the bound, and how far at the most it lies below the best."""
    if plan.bound is None:
        return {"worth": plan.worth, "bound": None, "gap": None}
    gap = round(1 - plan.worth / plan.bound, 6) if plan.bound else 0.0
    return {"worth": plan.worth, "bound": plan.bound, "gap": gap}


def digest(problem: Problem) -> str:
    """Return SHA-256 of a problem, the same for any order of its rows."""
    text = json.dumps(asdict(problem), default=sorted, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
