"""Work that is done later: a verb's name, its actor and its details, in the same transaction."""

import ctypes
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from zveno.kernel.actions import VERBS, Action
from zveno.kernel.actor import Actor

TASK = "zveno.kernel.run_verb"


def later(
    verb: Action[Any, Any, Any], actor: Actor, public_id: UUID, /, **details: str | int | bool
) -> None:
    """Let the worker call ``verb`` once this transaction is committed.

    The job keeps who asked, not what they might do: the worker makes the actor anew and the door
    judges again. It is tried again after a crash, so the verb must bear being called twice.
    """
    app.configure_task(TASK, lock=str(public_id)).defer(
        verb=verb.name,
        actor={"means": str(actor.means), "credential": actor.credential},
        target=str(public_id),
        details={**details},
    )


def run(*, verb: str, actor: dict[str, Any], target: str, details: dict[str, Any]) -> None:
    """Call the verb named ``verb`` as the worker finds it: actor made anew, judged again."""
    actor_of: Callable[[object], Actor] = import_string(settings.ZVENO_ACTOR)
    try:
        VERBS[verb](actor_of(actor), UUID(target), **details)
    finally:
        _give_memory_back()


def _give_memory_back() -> None:
    """Let the system have what a large job needed: the allocator (glibc's) would keep it.

    So would the process of the database behind our connection: a new one takes little.
    """
    if not connection.in_atomic_block:
        connection.close()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
