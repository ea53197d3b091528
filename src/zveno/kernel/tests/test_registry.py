"""Periodic work is noted: what ran, what failed, what is late; the sweep finds what is stuck."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from zveno.kernel import clock, journal, outbox, registry, sweep, tasks
from zveno.kernel.jobs import later
from zveno.kernel.models import TRIES, Entry, Letter
from zveno.kernel.registry import Job
from zveno.kernel.sweep import Trouble
from zveno.kernel.tests import make
from zveno.kernel.tests.test_jobs import draw

pytestmark = pytest.mark.django_db
NIGHTLY = "zveno.kernel.check_chain"
Kind = Trouble.Kind


@pytest.fixture(autouse=True)
def _fresh(settings: Any) -> Iterator[None]:
    settings.OPERATOR_MAIL = "operator@example.org"
    registry._noted.clear()
    registry.enlist()
    Job.objects.update(ended_at=clock.now())
    yield
    registry._noted.clear()


def open_troubles() -> set[tuple[str, str]]:
    return set(Trouble.objects.unsolved().values_list("kind", "key"))


def test_every_job_of_the_timetable_is_listed() -> None:
    names = set(Job.objects.values_list("name", flat=True))

    assert names == set(registry.timetable())
    assert {tasks.send_letters.name, tasks.seal_journal.name, NIGHTLY} <= names


def test_a_run_is_noted() -> None:
    registry.noted(NIGHTLY, lambda: None)()

    job = Job.objects.get(name=NIGHTLY)
    assert (job.runs, job.failures) == (1, 0)
    assert job.began_at
    assert job.ended_at
    assert job.began_at <= job.ended_at


def test_a_failure_is_noted_without_its_words() -> None:
    def fails(timestamp: int) -> None:
        raise ValueError("Иванова Арина")

    for _ in range(2):
        with pytest.raises(ValueError, match="Иванова"):
            registry.noted(NIGHTLY, fails)(timestamp=0)

    job = Job.objects.get(name=NIGHTLY)
    assert (job.failures, job.fault) == (2, "ValueError")


def test_a_run_that_succeeds_ends_the_failures() -> None:
    Job.objects.filter(name=NIGHTLY).update(failures=5, fault="OSError")

    registry.noted(NIGHTLY, lambda: None)()

    job = Job.objects.get(name=NIGHTLY)
    assert (job.failures, job.fault) == (0, "")


def test_frequent_work_is_noted_once_a_minute() -> None:
    for _ in range(5):
        registry.noted("zveno.kernel.send_letters", lambda: None)()

    assert Job.objects.get(name="zveno.kernel.send_letters").runs == 1


def test_work_that_waits_is_noted_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    for step in ("_begin", "_end"):
        monkeypatch.setattr(registry, step, lambda _name, step=step: said.append(step))

    async def waits() -> None:
        said.append("works")

    asyncio.run(registry.noted(NIGHTLY, waits)())

    assert said == ["_begin", "works", "_end"]


def test_a_job_is_late_when_its_turn_has_passed() -> None:
    job = Job.objects.get(name=NIGHTLY)
    job.known_at = job.ended_at = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)

    with clock.travel(datetime(2026, 11, 21, 3, 45, tzinfo=UTC)):
        assert not job.is_late
    with clock.travel(datetime(2026, 11, 21, 4, 0, tzinfo=UTC)):
        assert job.is_late


def test_a_job_that_missed_its_turn_is_begun_and_told_once() -> None:
    before = clock.now() - timedelta(days=2)
    Job.objects.filter(name=NIGHTLY).update(known_at=before, ended_at=before)

    sweep.sweep()
    sweep.sweep()

    assert open_troubles() == {(Kind.LATE, NIGHTLY)}
    assert ProcrastinateJob.objects.filter(task_name=NIGHTLY).count() == 1
    assert Letter.objects.get().to == "operator@example.org"


def test_what_is_no_trouble_any_more_is_over() -> None:
    Job.objects.filter(name=NIGHTLY).update(failures=3, fault="OSError")
    sweep.sweep()
    Job.objects.filter(name=NIGHTLY).update(failures=0)

    sweep.sweep()

    assert not open_troubles()
    assert Trouble.objects.get().over_at


def test_a_letter_that_was_given_up_is_found_and_tried_anew() -> None:
    outbox.post("somebody@example.org", "Тема", "Текст")
    Letter.objects.update(tries=TRIES)
    sweep.sweep()
    (trouble,) = Trouble.objects.filter(kind=Kind.LETTER)
    assert "somebody" not in f"{trouble.key}{trouble.what}"

    sweep.try_again(trouble)

    assert Letter.objects.get(pk=trouble.key).tries == 0


def test_work_that_failed_is_found_and_done_anew() -> None:
    later(draw, make.actor(), make.target().public_id, words="готово")
    job = ProcrastinateJob.objects.get()
    fail(job.pk)
    sweep.sweep()
    (trouble,) = Trouble.objects.filter(kind=Kind.WORK)
    assert trouble.what == "kernel.draw"

    sweep.try_again(trouble)

    assert ProcrastinateJob.objects.get(pk=job.pk).status == "todo"


def fail(key: int) -> None:
    """Let a job fail as the worker would."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [key])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [key])


def test_work_nobody_does_is_found() -> None:
    later(draw, make.actor(), make.target().public_id, words="готово")
    sweep.sweep()
    assert not Trouble.objects.filter(kind=Kind.WAITING)

    with clock.travel(clock.now() + timedelta(hours=2)):
        Job.objects.update(ended_at=clock.now())
        sweep.sweep()

    assert Trouble.objects.filter(kind=Kind.WAITING).count() == 1


def test_failed_turns_do_not_pile_up_in_the_queue() -> None:
    registry.start(NIGHTLY)
    fail(ProcrastinateJob.objects.get().pk)

    sweep.sweep()

    assert not ProcrastinateJob.objects.exists()


def test_sweep_seals_what_came_late_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = make.target()
    Entry.objects.create(verb="x", means="account", target_kind="k", target_key="1")

    sweep.sweep()

    assert not Entry.objects.unsealed().exists()
    assert not Trouble.objects.filter(kind=Kind.UNSEALED)
    assert entry


def test_entries_nobody_seals_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "seal", lambda **_: 0)
    make.target()

    with clock.travel(clock.now() + timedelta(minutes=11)):
        Job.objects.update(ended_at=clock.now())
        sweep.sweep()

    assert (Kind.UNSEALED, "journal") in open_troubles()


def test_a_broken_chain_is_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "faults", lambda: iter(["the entry of seal 2 was changed"]))

    sweep.check_chain()

    assert Trouble.objects.get().what == "the entry of seal 2 was changed"


def test_the_mark_of_the_journal_is_mailed_to_the_operator() -> None:
    make.target()
    journal.seal()

    sweep.mail_root()

    assert str(journal.root()) in Letter.objects.get().text


def test_without_an_operator_nothing_is_mailed(settings: Any) -> None:
    settings.OPERATOR_MAIL = ""
    Job.objects.filter(name=NIGHTLY).update(failures=3)

    sweep.sweep()

    assert open_troubles()
    assert not Letter.objects.exists()
