"""What happens between reading a child's place and marking it: nothing of it is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections

from zveno.events.actions import NoConsent, check_in, door, hold_event, withdraw_consent
from zveno.events.models import Event, Place, marks
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.tests.races import seeing_all
from zveno.network.models import Obligation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people
from zveno.plan.tests import make as plan

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
HOUR = timedelta(hours=1)


def expected() -> tuple[Event, Place]:
    """Make an event that goes on, its obligation, and one child who is expected."""
    with seeing_all():
        obligation = plan.obligation(unit="children")
        item = plan.item(obligation.agreement.cluster, obligation=obligation)
        now = clock.now()
        times = {"starts_at": now - HOUR, "ends_at": now + HOUR}
        event = make.event(cluster=item.plan.cluster, plan_item=item, **times)
        place = make.coming(event, organisations.school(), 1).places.select_related("group").get()
        return event, place


def elsewhere(work: Callable[[], object]) -> None:
    """Do it in a connection of its own, to the end."""

    def alone() -> None:
        try:
            work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(alone).result()


def test_a_mark_made_while_the_event_is_closed_is_counted_by_the_obligation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    event, place = expected()
    with seeing_all():
        teacher = people.actor(event.host, Post.Role.TEACHER)
        coordinator = people.coordinator(event.host)
    note = marks.note

    def closed_before(*told: Any) -> bool:
        monkeypatch.undo()
        elsewhere(lambda: hold_event(coordinator, event.public_id))
        return note(*told)

    monkeypatch.setattr(marks, "note", closed_before)

    check_in(teacher, place.public_id)

    with seeing_all():
        assert Event.objects.get().came == Obligation.objects.get().done == 1


def test_a_child_whose_consent_was_withdrawn_meanwhile_is_not_said_to_be_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    event, place = expected()
    with seeing_all():
        teacher = people.actor(event.host, Post.Role.TEACHER)
        deputy = people.actor(place.group.sender)
    moment = clock.now()

    def withdrawn_before() -> Any:
        monkeypatch.undo()
        elsewhere(lambda: withdraw_consent(deputy, place.public_id))
        return moment

    monkeypatch.setattr(door, "clock", SimpleNamespace(now=withdrawn_before))

    with pytest.raises(NoConsent):
        check_in(teacher, place.public_id)
