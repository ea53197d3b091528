"""The worker, made to go on: a lost connection or a clock set anew must not stop it for good."""

import asyncio
import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import psycopg
from procrastinate import App, RetryDecision, RetryStrategy
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.periodic import PeriodicDeferrer, TaskAtTime
from procrastinate.worker import Worker

log = logging.getLogger(__name__)
AGAIN = 1.0
AT_ONCE = datetime.fromtimestamp(0, tz=UTC)
"""Before whatever a clock says: "from now on" by a wrong clock could be weeks from now."""


class Again(RetryStrategy):
    """Try again at once, so many times, whatever becomes of the clock."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Decide as procrastinate does, but set no moment to wait for."""
        decision = super().get_retry_decision(exception=exception, job=job)
        return decision and RetryDecision(retry_at=AT_ONCE)


async def give_out_again(manager: JobManager, job: Job) -> None:
    """Give a stalled job to whoever is free; one that waits a second time already is forgotten."""
    try:
        await manager.retry_job(job, retry_at=AT_ONCE)
    except UniqueViolation:
        await manager.finish_job(job, status=Status.ABORTED, delete_job=True)


class Turns(PeriodicDeferrer):
    """The timetable under a clock that may be set.

    A last turn in the future (the clock was set back) would silence a job until then; one long
    past (the clock was set forward, the machine slept) would let it do every turn missed since.
    Such turns are forgotten: the newest turn counts, and the database takes each only once.
    """

    def get_previous_tasks(self, at: float) -> Iterable[TaskAtTime]:
        """Return the turns that are due at the moment ``at``."""
        oldest = at - self.max_delay
        self.last_defers = {
            key: turn for key, turn in self.last_defers.items() if oldest <= turn <= at
        }
        return super().get_previous_tasks(at)


class Steady(Worker):
    """A worker that knows whether it ended because it was told to or because it was ``lost``.

    Work whose end could not be noted would count as being done for as long as this worker lives.
    So the worker ends, and the work is given out again (``tasks.retry_stalled``). Work that was
    given out again meanwhile (the clock was set forward) is noted by whoever ends first.
    """

    lost = False

    async def _periodic_deferrer(self) -> None:
        registry, known = self.app.periodic_registry, self.app.periodic_defaults
        await Turns(registry=registry, **known).worker()

    async def _monitor_side_tasks(self, side_tasks: list[asyncio.Task[Any]]) -> None:
        await super()._monitor_side_tasks(side_tasks)
        self.lost = True

    async def _persist_job_status(self, *args: Any, **details: Any) -> None:
        try:
            await super()._persist_job_status(*args, **details)
        except ConnectorException as error:
            if isinstance(error.__cause__, psycopg.errors.RaiseException):
                return
            self.lost = True
            self.stop()  # type: ignore[no-untyped-call]
            raise


def work(app: App, **options: Any) -> None:
    """Do queued work and keep the timetable until told to stop, whatever the database does."""
    asyncio.run(_work(app, options))


async def _work(app: App, options: dict[str, Any]) -> None:
    while await _was_lost(app, options):
        log.warning("the worker begins anew")
        await asyncio.sleep(AGAIN)


async def _was_lost(app: App, options: dict[str, Any]) -> bool:
    """Work until the end; return whether it came by itself."""
    app.perform_import_paths()  # type: ignore[no-untyped-call]
    worker = Steady(app=app, **app.worker_defaults, **options)
    try:
        async with app.open_async():
            await worker.run()  # type: ignore[no-untyped-call]
    except (ConnectorException, psycopg.Error) as error:
        log.warning("the worker has no database: %s", type(error).__name__)
        return True
    return worker.lost
