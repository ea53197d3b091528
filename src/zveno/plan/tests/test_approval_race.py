"""Both sides approve at the same moment: the plan gets its number, and one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from zveno.kernel.tests.races import ended, seeing_all, wait_until_waited_for
from zveno.people.models import Post
from zveno.people.tests import make as people
from zveno.plan.actions import approve_plan, approving
from zveno.plan.models import Plan, present_digest, sides_of
from zveno.plan.tests import make, tables

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


@pytest.mark.parametrize(
    ("locked", "numbered"),
    [(True, True), (False, False)],
    ids=["one after the other", "control: neither sees the other"],
)
def test_the_last_of_two_approvals_takes_the_number(
    monkeypatch: pytest.MonkeyPatch, locked: object, numbered: object
) -> None:
    with seeing_all():
        plan = make.item(tables.cluster()).plan
        base = people.coordinator(plan.cluster.base)
        operator = people.actor(sides_of(plan.cluster)["operator"], Post.Role.METHODIST)
        digest = present_digest(plan)
    monkeypatch.setattr(approve_plan, "lock", locked)
    looked, other_done = Event(), Event()
    held = _held_open(looked, wait_until_waited_for if locked else other_done.wait)
    monkeypatch.setattr(approving, "_number_when_agreed", held)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(ended, lambda: approve_plan(base, plan.public_id, digest=digest))
        assert looked.wait(60)
        second = ended(lambda: approve_plan(operator, plan.public_id, digest=digest))
        other_done.set()
        assert (first.result(), second) == ("done", "done")

    with seeing_all():
        assert (Plan.objects.get(pk=plan.pk).number is not None) is numbered


def _held_open(looked: Event, wait: Callable[[], object]) -> Callable[..., None]:
    """Let the first who has looked for the other's approval wait before it is stored."""
    look = approving._number_when_agreed

    def held(*of: object) -> None:
        look(*of)  # type: ignore[arg-type]
        if not looked.is_set():
            looked.set()
            wait()

    return held
