"""The worker is killed in the middle of an import: no row is lost, none is entered twice."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from subprocess import Popen
from typing import Any, TypeVar

import pytest
from django.db import connections, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.killing import kill_all
from tests.live import ROOT, environment
from zveno.engines.tables.inn import check_digits
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.http import reading
from zveno.kernel.jobs import TASK
from zveno.localdb.children import end, spawn
from zveno.organisations import actions
from zveno.organisations.models import Import, ImportRow, Organisation, Territory
from zveno.organisations.tests import make
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.crash,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
ROWS, MIDDLE, PATIENCE = 2000, 1000, 180.0
Fate, State = ImportRow.Fate, Import.State
Found = TypeVar("Found")
Story = tuple[str, dict[str, int], int]
HEADS = [f"00{number:07}" for number in range(1, ROWS + 1)]
INNS = [head + check_digits(f"{head}0") for head in HEADS]
TABLE = "Наименование\tИНН\n" + "\n".join(
    f"ГБОУ школа № {number} (пример)\t{inn}" for number, inn in enumerate(INNS, 1)
)


@pytest.fixture(autouse=True)
def _no_other_jobs(transactional_db: None) -> Iterator[None]:
    forget = "DELETE FROM procrastinate_jobs; DELETE FROM procrastinate_workers"
    ask(forget)
    yield
    ask(forget)


def test_a_table_whose_worker_is_killed_at_every_step_is_entered_once(tmp_path: Path) -> None:
    actor, table = brought()
    with killed_in_the_way(worker(tmp_path)):
        read_the_middle(table)
    assert story(table) == (State.READING, {}, 0)

    with worker(tmp_path) as process:
        reaches(table, State.SHOWN)
        assert story(table) == (State.SHOWN, {Fate.READY: ROWS}, 0)
        with killed_in_the_way(nullcontext(process)):
            enter_the_middle(table)
            actions.enter_organisations(actor, table.public_id)
    assert story(table) == (State.ENTERING, {Fate.READY: ROWS}, 0)

    with killed_in_the_way(worker(tmp_path)):
        hold_the_district(table)
    assert story(table) == (State.ENTERING, {Fate.ENTERED: ROWS}, ROWS)
    assert jobs("doing") == 1

    with worker(tmp_path):
        reaches(table, State.SHOWN)
        assert story(table) == (State.SHOWN, {Fate.ENTERED: ROWS}, ROWS)
        assert entered_as(table) == dict(enumerate(INNS, 1))

        assert actions.undo_import(actor, table.public_id) == ROWS
        reaches(table, State.UNDONE)
    assert story(table) == (State.UNDONE, {Fate.UNDONE: ROWS}, 0)


def brought() -> tuple[Actor, Import]:
    """Let a coordinator bring the table; nobody reads it yet."""
    with reading(SYSTEM):
        owner = make.college()
        actor = people.coordinator(owner)
    return actor, actions.bring_organisations(actor, owner.public_id, source={"text": TABLE})


def read_the_middle(table: Import) -> None:
    """Write the row of the middle: who writes all waits for us, half of them written."""
    ImportRow.objects.using("owner").create(
        of_id=table.pk, number=MIDDLE, fate=Fate.READY, verdict={}
    )


def enter_the_middle(table: Import) -> None:
    """Enter the school of the middle: who enters all waits for us, half of them entered."""
    Organisation.objects.using("owner").create(
        kind="school", name="Школа", name_key="школа", inn=INNS[MIDDLE - 1],
        territory_id=table.territory_id,
    )  # fmt: skip


def hold_the_district(table: Import) -> None:
    """Take the district: who has entered all and commits waits for us, to see that it stays."""
    Territory.objects.using("owner").select_for_update().get(pk=table.territory_id or 0)


@contextmanager
def killed_in_the_way(works: AbstractContextManager[Popen[bytes]]) -> Iterator[None]:
    """Let a worker run into what is done here, and not committed; kill it; let minutes pass.

    What it had asked of the database comes to its end without it: that is awaited.
    """
    waiting = (
        "SELECT pid FROM pg_locks"
        " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    )
    with transaction.atomic(using="owner"):
        yield
        with works as process:
            ((orphan,),) = until(lambda: ask(waiting))
            kill_all([process])
            process.wait()
        transaction.set_rollback(True, using="owner")
    until(lambda: (orphan,) not in ask("SELECT pid FROM pg_stat_activity"))
    ask("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 day'")


@contextmanager
def worker(folder: Path) -> Iterator[Popen[bytes]]:
    """Run a worker as the service manager does, its timetable in a hurry."""
    hurried = {"DJANGO_SETTINGS_MODULE": "tests.faults.settings", "ZVENO_VAR": str(folder)}
    command = [sys.executable, "-m", "zveno", "worker"]
    process = spawn(command, env=environment() | hurried, cwd=ROOT)
    try:
        yield process
    finally:
        end(process)


def reaches(table: Import, state: str) -> None:
    """Wait until the import is there and nothing is left to do for it."""
    rows = Import.objects.using("owner").filter(pk=table.pk, state=state)
    until(lambda: rows.exists() and not jobs("todo", "doing"))


def story(table: Import) -> Story:
    """Tell how far an import is, how many rows have which fate, how many schools are entered."""
    found = Import.objects.using("owner").get(pk=table.pk)
    entered = Organisation.objects.using("owner").filter(steward=table.owner_id)
    return found.state, dict(found.counts()), entered.count()


def entered_as(table: Import) -> dict[int, str]:
    """Tell which school, known by its INN, each row became."""
    rows = ImportRow.objects.using("owner").filter(of=table.pk)
    return dict(rows.values_list("number", "organisation__inn"))


def jobs(*states: str) -> int:
    """Count the verbs left for later that are in one of these states."""
    verbs = ProcrastinateJob.objects.using("owner").filter(task_name=TASK)
    return verbs.filter(status__in=states).count()


def ask(question: str) -> list[tuple[Any, ...]]:
    """Ask the database as the owner, or change it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall() if cursor.description else []


def until(answer: Callable[[], Found]) -> Found:
    """Ask again and again until the answer is one. Raises ``TimeoutError``."""
    deadline = time.monotonic() + PATIENCE
    while not (found := answer()):
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.05)
    return found
