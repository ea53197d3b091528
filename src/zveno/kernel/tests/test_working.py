"""The worker goes on after a lost connection and under a clock that is set."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from procrastinate import App, PsycopgConnector, utils
from procrastinate.contrib.django import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.testing import InMemoryConnector
from procrastinate.worker import Worker

from zveno.kernel import working

HOUR = 3600
NOON = 1_800_000_000 - 1_800_000_000 % HOUR


@pytest.fixture
def app() -> App:
    """Give a queue of its own with a job that has its turn every five seconds."""
    app = App(connector=InMemoryConnector())

    @app.periodic(cron="* * * * * */5")
    @app.task(name="often")
    def often(timestamp: int) -> None:
        """Do nothing."""

    return app


def turns(app: App, *moments: float) -> list[list[int]]:
    """Return the turns due a second after each moment, one after another."""
    timetable = working.Turns(registry=app.periodic_registry)
    return [[turn for _, turn in timetable.get_previous_tasks(at + 1)] for at in moments]


def test_a_clock_set_back_a_day_silences_no_job(app: App) -> None:
    assert turns(app, NOON, NOON - 24 * HOUR) == [[NOON], [NOON - 24 * HOUR]]


def test_a_clock_set_forward_a_day_does_not_make_up_for_every_turn(app: App) -> None:
    assert turns(app, NOON, NOON + 24 * HOUR) == [[NOON], [NOON + 24 * HOUR]]


def test_turns_missed_for_a_moment_are_made_up_for(app: App) -> None:
    assert turns(app, NOON, NOON + 11) == [[NOON], [NOON + 5, NOON + 10]]


def ends_badly(error: Exception) -> Callable[..., Awaitable[None]]:
    """Return an end of work that cannot be noted."""

    async def persist(*_: Any, **__: Any) -> None:
        raise ConnectorException from error

    return persist


@pytest.mark.parametrize(
    ("error", "lost"),
    [(psycopg.OperationalError(), True), (psycopg.errors.RaiseException(), False)],
)
def test_work_whose_end_cannot_be_noted_ends_the_worker_unless_others_have_it(
    app: App, monkeypatch: pytest.MonkeyPatch, error: Exception, *, lost: bool
) -> None:
    monkeypatch.setattr(Worker, "_persist_job_status", ends_badly(error))
    worker = working.Steady(app=app)

    asyncio.run(_noted(worker))

    assert worker.lost is lost


async def _noted(worker: working.Steady) -> None:
    try:
        await worker._persist_job_status()
    except ConnectorException:
        return


def test_it_begins_anew_until_it_is_told_to_stop(
    app: App, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    lost = iter([ConnectorException(), psycopg.OperationalError(), None])

    async def run(_worker: Worker) -> None:
        if error := next(lost):
            raise error

    monkeypatch.setattr(Worker, "run", run)
    monkeypatch.setattr(working, "AGAIN", 0)

    working.work(app)

    assert caplog.messages.count("the worker begins anew") == 2


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_work_given_out_again_by_a_clock_ahead_does_not_wait_for_that_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert asyncio.run(_fetched_again(monkeypatch, queued_anew=False)) == ["seal"]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_stalled_work_that_waits_a_second_time_is_done_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert asyncio.run(_fetched_again(monkeypatch, queued_anew=True)) == ["seal"]


async def _fetched_again(monkeypatch: pytest.MonkeyPatch, *, queued_anew: bool) -> list[str]:
    """Give a job out again while the clock is 40 days ahead; return what is found afterwards."""
    app = App(connector=PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=1))

    @app.task(name="seal", queueing_lock="seal")
    def seal() -> None:
        """Do nothing."""

    async with app.open_async():
        manager = app.job_manager
        await seal.defer_async()
        worker = await manager.register_worker()
        job = await manager.fetch_job(None, worker)
        assert job
        if queued_anew:
            await seal.defer_async()
        ahead = utils.utcnow() + timedelta(days=40)
        with monkeypatch.context() as moved:
            moved.setattr(utils, "utcnow", lambda: ahead)
            await working.give_out_again(manager, job)
        found: list[Job] = []
        while again := await manager.fetch_job(None, worker):
            found.append(again)
        return [each.task_name for each in found]


def test_work_that_failed_under_a_clock_ahead_is_tried_again_at_once() -> None:
    job = Job(id=1, queue="", lock=None, queueing_lock=None, task_name="", attempts=1)
    again = working.Again(max_attempts=3)

    decision = again.get_retry_decision(exception=OSError(), job=job)

    assert decision
    assert decision.retry_at == working.AT_ONCE
    assert again.get_retry_decision(exception=OSError(), job=job.evolve(attempts=3)) is None
