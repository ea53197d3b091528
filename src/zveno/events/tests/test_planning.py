"""A plan item becomes a draft, the draft an announced event."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from zveno.events.actions import (
    BadCapacity,
    BadGrades,
    BadTimes,
    Facts,
    NoDraft,
    SameEvent,
    announce,
    change_event,
    make_event,
)
from zveno.events.models import Event
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.errors import BadInput, NotAllowed, NotFound
from zveno.kernel.models import Entry
from zveno.network.tests import make as network
from zveno.people.tests import make as people
from zveno.plan.models import PlanItem
from zveno.plan.tests import make as plan

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 28, 7, 0, tzinfo=UTC)
FACTS = Facts(
    title="Проба",
    kind="professional_trial",
    starts_at=START,
    ends_at=START + timedelta(hours=2),
    venue="Лаборатория",
    grades=(5, 8),
    capacity=12,
)


def test_the_item_gets_its_day_and_the_draft_belongs_to_its_host() -> None:
    item = plan.item()

    event = make_event(people.coordinator(item.host), item.public_id, facts=FACTS)

    item.refresh_from_db()
    assert (event.state, event.host, event.cluster) == ("draft", item.host, item.plan.cluster)
    assert (item.state, item.day) == (PlanItem.State.DATED, START.date())
    assert [entry.verb for entry in Entry.objects.order_by("pk")] == [
        "plan.date_item",
        "events.make_event",
    ]


def test_the_day_is_that_of_the_place() -> None:
    late = replace(
        FACTS,
        starts_at=datetime(2026, 11, 27, 21, 30, tzinfo=UTC),
        ends_at=datetime(2026, 11, 27, 22, 30, tzinfo=UTC),
    )
    item = plan.item()

    make_event(people.coordinator(item.host), item.public_id, facts=late)

    item.refresh_from_db()
    assert item.day == START.date()


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"ends_at": START}, BadTimes),
        ({"grades": (8, 5)}, BadGrades),
        ({"grades": (5, 12)}, BadGrades),
        ({"grades": (-1, 5)}, BadGrades),
        ({"capacity": 0}, BadCapacity),
        ({"capacity": 2**40}, BadCapacity),
    ],
)
def test_nonsense_is_refused(change: dict[str, object], refusal: type[BadInput]) -> None:
    item = plan.item()

    with pytest.raises(refusal):
        make_event(
            people.coordinator(item.host),
            item.public_id,
            facts=replace(FACTS, **change),  # type: ignore[arg-type]
        )


def test_one_host_holds_one_event_of_a_name_at_a_time() -> None:
    item = plan.item()
    actor = people.coordinator(item.host)
    make_event(actor, item.public_id, facts=FACTS)

    with pytest.raises(SameEvent):
        make_event(actor, item.public_id, facts=FACTS)


def test_a_member_sees_the_item_and_makes_nothing_of_it() -> None:
    item = plan.item()
    school = network.member(item.plan.cluster)

    with pytest.raises(NotAllowed):
        make_event(people.actor(school), item.public_id, facts=FACTS)
    with pytest.raises(NotFound):
        make_event(people.coordinator(network.cluster().base), item.public_id, facts=FACTS)


def test_a_changed_draft_moves_the_item() -> None:
    item = plan.item()
    actor = people.coordinator(item.host)
    event = make_event(actor, item.public_id, facts=FACTS)
    later = replace(
        FACTS, starts_at=START + timedelta(days=7), ends_at=START + timedelta(days=7, hours=1)
    )

    change_event(actor, event.public_id, facts=later)

    item.refresh_from_db()
    assert item.has_moved
    assert item.day == later.starts_at.date()


def test_an_announced_event_is_seen_by_all_and_changed_by_nobody() -> None:
    event = make.event(state=Event.State.DRAFT)
    actor = people.coordinator(event.host)
    assert not Event.objects.visible_to(people.actor()).exists()

    announce(actor, event.public_id)

    event.refresh_from_db()
    assert Event.objects.visible_to(people.actor()).get() == event
    assert event.announced_at is not None
    assert event.announced_at <= clock.now()
    with pytest.raises(NoDraft):
        announce(actor, event.public_id)
    with pytest.raises(NoDraft):
        change_event(actor, event.public_id, facts=FACTS)


def test_only_the_hosts_coordinator_announces() -> None:
    event = make.event(state=Event.State.DRAFT)

    with pytest.raises(NotAllowed):
        announce(people.actor(event.host), event.public_id)
    with pytest.raises(NotFound):
        announce(people.actor(), event.public_id)
