"""The registry of periodic work: when each job ran, whether it failed, whether it is late.

The worker notes every task of the timetable here, whoever wrote it: nothing is silent.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from inspect import iscoroutinefunction
from typing import Any, ClassVar, Self
from uuid import uuid4

from asgiref.sync import sync_to_async
from django.db import models
from django.db.models import F
from procrastinate.contrib.django import app

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record

OPERATOR = "operator"
"""The role of whoever looks after the installation."""
GRACE = timedelta(minutes=10)
OFTEN = 60.0
"""Jobs that run more often are noted once in so many seconds, unless they fail."""
_noted: dict[str, float] = {}


def operates(actor: Actor) -> bool:
    """Tell whether ``actor`` looks after the installation."""
    return actor.is_system() or any(role == OPERATOR for _, role in actor.roles)


class JobQuerySet(Questions["Job"]):
    """Questions about periodic work."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all for the operator."""
        return self.all() if operates(actor) else self.none()


class Job(Record):
    """A job of the timetable: ``failures`` in a row, ``fault`` the kind of the last error."""

    DATA: ClassVar[dict[str, Data]] = {}

    name = models.CharField(max_length=100, unique=True)
    known_at = models.DateTimeField(default=clock.now)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    runs = models.PositiveBigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=100, blank=True)
    objects = JobQuerySet.as_manager()

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def is_late(self) -> bool:
        """Whether a turn of it has passed without it; ``GRACE`` is given to a busy worker."""
        turn = last_turn(self.name, clock.now() - GRACE)
        done = max(filter(None, [self.known_at, self.ended_at]))
        return turn is not None and done < turn


def timetable() -> dict[str, Any]:
    """Return the periodic tasks by name."""
    return {key[0]: task for key, task in app.periodic_registry.periodic_tasks.items()}


def last_turn(name: str, moment: datetime) -> datetime | None:
    """Return when a job should have run last before ``moment``; nothing for an unknown one."""
    task = timetable().get(name)
    if task is None:
        return None
    return datetime.fromtimestamp(
        task.croniter.get_prev(float, start_time=moment.timestamp()), tz=UTC
    )


def enlist() -> None:
    """Know every job of the timetable, before it has run for the first time."""
    Job.objects.bulk_create([Job(name=name) for name in timetable()], ignore_conflicts=True)
    Job.objects.exclude(name__in=timetable()).delete()


def watch() -> None:
    """Note every run of every job from now on. The worker calls this once."""
    enlist()
    for name, periodic in timetable().items():
        periodic.task.func = noted(name, periodic.task.func)


def noted(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``work`` that notes its runs under ``name``."""

    def run(*args: Any, **details: Any) -> Any:
        with noting(name):
            return work(*args, **details)

    async def run_async(*args: Any, **details: Any) -> Any:
        await sync_to_async(_begin)(name)
        try:
            result = await work(*args, **details)
        except Exception as error:
            await sync_to_async(_fail)(name, error)
            raise
        await sync_to_async(_end)(name)
        return result

    return run_async if iscoroutinefunction(work) else run


@contextmanager
def noting(name: str) -> Iterator[None]:
    """Note a run: what goes through here fails aloud and is remembered."""
    _begin(name)
    try:
        yield
    except Exception as error:
        _fail(name, error)
        raise
    _end(name)


def start(name: str) -> None:
    """Let the worker do a job now, once this transaction is committed."""
    task = app.configure_task(name, queueing_lock=f"again:{uuid4()}")
    task.defer(timestamp=int(clock.now().timestamp()))


def _fresh(name: str) -> bool:
    return time.monotonic() - _noted.get(name, -OFTEN) < OFTEN


def _begin(name: str) -> None:
    if not _fresh(name):
        Job.objects.bulk_create(
            [Job(name=name, began_at=clock.now())],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["began_at"],
        )


def _end(name: str) -> None:
    if not _fresh(name):
        changed = {"ended_at": clock.now(), "runs": F("runs") + 1, "failures": 0, "fault": ""}
        Job.objects.filter(name=name).update(**changed)
        _noted[name] = time.monotonic()


def _fail(name: str, error: Exception) -> None:
    """Remember the kind of the error only: its message may hold personal data."""
    _noted.pop(name, None)
    Job.objects.filter(name=name).update(
        failed_at=clock.now(), failures=F("failures") + 1, fault=type(error).__name__[:100]
    )
