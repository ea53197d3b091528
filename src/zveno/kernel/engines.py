"""Engines run in a child process: plain data in, plain data out, no heavy library in ours."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from zveno.kernel.errors import DomainError


class EngineRefused(DomainError):
    """An engine cannot use what it was given: ``facts['reason']`` is its code for why."""

    code = "engine_refused"
    status = 422


def run(
    engine: str, problem: Mapping[str, Any], *, seconds: int = 60, megabytes: int = 2048
) -> dict[str, Any]:
    """Let ``zveno.engines.<engine>`` solve ``problem``.

    ``seconds`` and ``megabytes`` (of address space) only stop a runaway child. Raises
    ``EngineRefused`` for input the engine names as unusable, and
    ``subprocess.SubprocessError`` if the child fails or is stopped.
    """
    command = [sys.executable, "-m", "zveno.engines", engine, str(megabytes)]
    answer = subprocess.run(  # noqa: S603 - our own module, named by our own code
        command,
        input=json.dumps(problem),
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        check=True,
        text=True,
        timeout=seconds,
    )
    result: dict[str, Any] = json.loads(answer.stdout)
    if "refused" in result:
        refused = result["refused"]
        raise EngineRefused(reason=refused["code"], **refused.get("facts", {}))
    return result
