"""Periodic work happens when the timetable means it to."""

import time

import pytest
from procrastinate.contrib.django import app

from zveno.kernel import tasks


@pytest.mark.parametrize(
    ("task", "seconds"), [("send_letters", 5), ("seal_journal", 5), ("retry_stalled", 60)]
)
def test_periodic_work_is_never_farther_than_its_interval(task: str, seconds: int) -> None:
    name = getattr(tasks, task).name
    registered = app.periodic_registry.periodic_tasks
    (periodic,) = [one for key, one in registered.items() if key[0] == name]
    midnight = time.time() // 86400 * 86400

    moments = [midnight + 7 * step for step in range(600)]

    waits = [periodic.croniter.get_next(float, start_time=now) - now for now in moments]
    assert max(waits) <= seconds
