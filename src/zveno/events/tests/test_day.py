"""The day itself: marks at the door, and what the plan and the obligation learn of it."""

import pytest
from pytest_django import DjangoAssertNumQueries

from zveno.events.actions import (
    AlreadyHeld,
    NoConsent,
    NotAnnounced,
    NotBegun,
    check_in,
    hold_event,
    undo_check_in,
)
from zveno.events.models import Event, Place
from zveno.events.tests import make
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry
from zveno.network.models import Obligation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people
from zveno.plan.models import PlanItem
from zveno.plan.tests import make as plan

pytestmark = pytest.mark.django_db


def expected(event: Event, children: int = 2) -> list[Place]:
    """Make children whom the host of ``event`` expects."""
    return list(make.coming(event, organisations.school(), children).places.order_by("pk"))


def planned(unit: str = "children") -> Event:
    """Make an event that an obligation leads to."""
    obligation = plan.obligation(unit=unit)
    item = plan.item(obligation.agreement.cluster, obligation=obligation)
    return make.event(cluster=item.plan.cluster, plan_item=item)


def teacher(event: Event) -> Actor:
    return people.actor(event.host, Post.Role.TEACHER)


def test_a_mark_is_counted_once_whatever_is_pressed_twice() -> None:
    event = make.event()
    place, _ = expected(event)

    for _ in range(3):
        check_in(teacher(event), place.public_id)

    place.refresh_from_db()
    place.group.refresh_from_db()
    event.refresh_from_db()
    assert place.came_at is not None
    assert (place.group.came, event.came) == (1, 1)


def test_a_second_tap_takes_the_mark_back_once() -> None:
    event = make.event()
    place, other = expected(event)
    for one in (place, other):
        check_in(teacher(event), one.public_id)

    for _ in range(2):
        undo_check_in(teacher(event), place.public_id)

    place.refresh_from_db()
    event.refresh_from_db()
    assert place.came_at is None
    assert event.came == 1


def test_a_child_without_a_consent_is_not_found_by_the_host() -> None:
    event = make.event()
    place = make.coming(event, organisations.school(), 1, consented=0).places.get()

    with pytest.raises(NotFound):
        check_in(teacher(event), place.public_id)


def test_a_host_that_sends_children_of_its_own_needs_their_consents_too() -> None:
    event = make.event()
    place = make.coming(event, event.host, 1, consented=0).places.get()

    with pytest.raises(NoConsent):
        check_in(teacher(event), place.public_id)


def test_the_school_itself_marks_nobody() -> None:
    event = make.event()
    place, _ = expected(event)

    with pytest.raises(NotAllowed):
        check_in(people.actor(place.group.sender), place.public_id)
    with pytest.raises(NotFound):
        check_in(people.coordinator(organisations.college()), place.public_id)


def test_a_mark_asks_little(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    event = make.event()
    place, _ = expected(event)
    actor = teacher(event)

    with django_assert_max_num_queries(9):
        check_in(actor, place.public_id)


@pytest.mark.parametrize(("unit", "done"), [("events", 1), ("children", 2)])
def test_what_happened_moves_the_obligation(unit: str, done: int) -> None:
    event = planned(unit)
    for place in expected(event, 3)[:2]:
        check_in(teacher(event), place.public_id)

    hold_event(people.coordinator(event.host), event.public_id)

    event.refresh_from_db()
    item = PlanItem.objects.get()
    assert event.state == Event.State.HELD
    assert (item.state, item.done_note) == (PlanItem.State.DONE, "Пришли 2 из 3")
    assert Obligation.objects.get().done == done
    assert list(Entry.objects.order_by("-pk").values_list("verb", flat=True)[:3]) == [
        "events.hold_event",
        "plan.mark_done",
        "network.record_fulfilment",
    ]


def test_late_marks_correct_what_was_counted() -> None:
    event = planned()
    first, second, third = expected(event, 3)
    check_in(teacher(event), first.public_id)
    hold_event(people.coordinator(event.host), event.public_id)

    check_in(teacher(event), second.public_id)
    check_in(teacher(event), third.public_id)
    undo_check_in(teacher(event), first.public_id)

    assert Obligation.objects.get().done == 2
    assert PlanItem.objects.get().done_note == "Пришли 2 из 3"


def test_an_event_without_a_plan_item_is_closed_all_the_same() -> None:
    event = make.event(came=0, starts_at="2026-01-01T10:00Z", ends_at="2026-01-01T12:00Z")

    hold_event(people.coordinator(event.host), event.public_id)

    event.refresh_from_db()
    assert event.state == Event.State.HELD


def test_what_has_not_begun_is_not_over() -> None:
    event = make.event()

    with pytest.raises(NotBegun):
        hold_event(people.coordinator(event.host), event.public_id)


def test_an_event_is_closed_once_and_a_draft_never() -> None:
    held, draft = make.held(), make.event(state=Event.State.DRAFT)

    with pytest.raises(AlreadyHeld):
        hold_event(people.coordinator(held.host), held.public_id)
    with pytest.raises(NotAnnounced):
        hold_event(people.coordinator(draft.host), draft.public_id)


def test_a_teacher_meets_children_and_does_not_close() -> None:
    event = make.event()

    with pytest.raises(NotAllowed):
        hold_event(teacher(event), event.public_id)
