"""Two workers give one school its rows at once: the school gets them as one list."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from zveno.kernel.tests.races import ended, seeing_all, wait_until_waited_for
from zveno.learners.actions import bring_table, districts, give_table, give_table_part
from zveno.learners.actions.lists import _read
from zveno.learners.models import ChildList, DistrictShare
from zveno.network.tests import make as network
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


@pytest.mark.parametrize(
    ("locked", "lists"),
    [(True, 1), (False, 2)],
    ids=["one after the other", "control: both read the rows"],
)
def test_a_school_gets_its_rows_once(
    monkeypatch: pytest.MonkeyPatch, locked: object, lists: object
) -> None:
    with seeing_all():
        college, school = organisations.college(), organisations.school(inn="0010005551")
        network.member(network.cluster(college), school)
        actor = people.actor(college, Post.Role.COORDINATOR)
    text = "ИНН школы\tФамилия\tИмя\tКласс\n0010005551\tКим\tАя\t6Б\n"
    table = bring_table(actor, college.public_id, source={"text": text})
    give_table(actor, table.public_id)
    looked, other_done = Event(), Event()
    held = _held_open(looked, wait_until_waited_for if locked else other_done.wait)
    monkeypatch.setattr(districts, "_read", held)
    monkeypatch.setattr(give_table_part, "lock", locked)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(ended, lambda: give_table_part(actor, table.public_id))
        assert looked.wait(60)
        second = ended(lambda: give_table_part(actor, table.public_id))
        other_done.set()
        assert (first.result(), second) == ("done", "done")

    with seeing_all():
        assert ChildList.objects.filter(owner=school).count() == lists
        assert DistrictShare.objects.filter(of=table.pk).count() == lists


def _held_open(looked: Event, wait: Callable[[], object]) -> Callable[[ChildList], None]:
    """Let the first who made a list wait before its rows go from the table."""

    def held(brought: ChildList) -> None:
        _read(brought)
        if not looked.is_set():
            looked.set()
            wait()

    return held
