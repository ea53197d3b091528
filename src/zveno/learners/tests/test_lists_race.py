"""Two lists of one school with the same child are entered at once: the child is entered once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from zveno.kernel.tests.races import ended, seeing_all, wait_until_waited_for
from zveno.learners.actions import bring_children, enter_list, entering
from zveno.learners.models import Learner, against_register
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


@pytest.mark.parametrize(
    ("locked", "children"),
    [(True, 1), (False, 2)],
    ids=["one after the other", "control: neither sees the other"],
)
def test_a_child_of_two_lists_is_entered_once(
    monkeypatch: pytest.MonkeyPatch, locked: object, children: object
) -> None:
    with seeing_all():
        school = organisations.school()
        actor, other = people.actor(school), people.actor(school)
    text = "Фамилия\tИмя\tКласс\nКим\tАя\t6Б\n"
    one = bring_children(actor, school.public_id, source={"text": text})
    two = bring_children(actor, school.public_id, source={"text": text}, label="6Б")
    looked, other_done = Event(), Event()
    held = _held_open(looked, wait_until_waited_for if locked else other_done.wait)
    monkeypatch.setattr(entering, "against_register", held)
    if not locked:
        monkeypatch.setattr(entering, "_in_turn", lambda key: Organisation.objects.get(pk=key))

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(ended, lambda: enter_list(actor, one.public_id))
        assert looked.wait(60)
        second = ended(lambda: enter_list(other, two.public_id))
        other_done.set()
        assert (first.result(), second) == ("done", "done")

    with seeing_all():
        assert Learner.objects.filter(owner=school).count() == children


def _held_open(looked: Event, wait: Callable[[], object]) -> Callable[..., object]:
    """Let the first who has looked into the register wait before anybody is entered."""
    look = against_register

    def held(*of: object) -> object:
        found = look(*of)  # type: ignore[arg-type]
        if not looked.is_set():
            looked.set()
            wait()
        return found

    return held
