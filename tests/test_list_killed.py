"""The worker is killed in the middle of a list of children: none is lost, none is entered twice."""

from pathlib import Path

import pytest

from tests import test_import_killed as killing
from tests.test_import_killed import jobs, killed_in_the_way, until, worker
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.http import reading
from zveno.learners.actions import bring_children, enter_list
from zveno.learners.actions.entering import PART
from zveno.learners.models import ChildList, ChildListRow, Learner
from zveno.organisations.tests import make
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.crash,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
ROWS = PART + 400
Fate, State = ChildListRow.Fate, ChildList.State
LETTERS = "абвгдежзиклмно"
NAMES = [f"Ива{LETTERS[n // 196]}{LETTERS[n // 14 % 14]}{LETTERS[n % 14]}ов" for n in range(ROWS)]
LIST = "Фамилия\tИмя\tКласс\n" + "\n".join(f"{name}\tЛев\t6Б" for name in NAMES)
_no_other_jobs = killing._no_other_jobs


def test_a_list_whose_worker_is_killed_in_each_part_is_entered_once(tmp_path: Path) -> None:
    actor, brought = a_list()
    assert story(brought) == (State.SHOWN, {Fate.READY: ROWS}, 0)
    assert enter_list(actor, brought.public_id) == ROWS

    with killed_in_the_way(worker(tmp_path)):
        hold_the_row(brought, PART // 2)
    assert story(brought) == (State.ENTERING, {Fate.READY: ROWS}, 0)

    with killed_in_the_way(worker(tmp_path)):
        hold_the_row(brought, PART + 200)
    waiting = {Fate.ENTERED: PART, Fate.READY: ROWS - PART}
    assert story(brought) == (State.ENTERING, waiting, PART)

    with worker(tmp_path):
        rows = ChildList.objects.using("owner").filter(pk=brought.pk, state=State.SHOWN)
        until(lambda: rows.exists() and not jobs("todo", "doing"))
    assert story(brought) == (State.SHOWN, {Fate.ENTERED: ROWS}, ROWS)
    entered = Learner.objects.using("owner").filter(owner=brought.owner_id)
    assert sorted(entered.values_list("family_name", flat=True)) == sorted(NAMES)


def a_list() -> tuple[Actor, ChildList]:
    """Let a school bring a list, read at once."""
    with reading(SYSTEM):
        school = make.school()
        actor = people.actor(school)
    return actor, bring_children(actor, school.public_id, source={"text": LIST})


def hold_the_row(brought: ChildList, number: int) -> None:
    """Take a row: who has made children of a part and notes it waits for us, half of it noted."""
    rows = ChildListRow.objects.using("owner").select_for_update()
    rows.get(of=brought.pk, number=number)


def story(brought: ChildList) -> tuple[str, dict[str, int], int]:
    """Tell how far a list is, how many rows have which fate, how many children are entered."""
    found = ChildList.objects.using("owner").get(pk=brought.pk)
    entered = Learner.objects.using("owner").filter(owner=brought.owner_id)
    return found.state, dict(found.counts()), entered.count()
