"""Engines at work in this process, as their child processes would be."""

import json
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from zveno.engines import Refusal
from zveno.kernel.engines import EngineRefused


def solved(engine: str, problem: Mapping[str, Any], **_limits: int) -> dict[str, Any]:
    """Let an engine solve a problem here: a child process takes a second to load its libraries."""
    solver = import_module(f"zveno.engines.{engine}")
    try:
        answer: dict[str, Any] = json.loads(
            json.dumps(solver.solve(json.loads(json.dumps(problem))))
        )
    except Refusal as refusal:
        raise EngineRefused(reason=refusal.code, **refusal.facts) from refusal
    return answer
