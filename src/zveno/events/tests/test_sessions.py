"""An event is held several times; what was held before is held again."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils.timezone import localtime

from zveno.events import actions
from zveno.events.models import Event, day_of
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.network.models import academic_year
from zveno.network.tests import make as network
from zveno.people.models import Notice, Post
from zveno.people.tests import make as people
from zveno.plan.models import PlanItem
from zveno.plan.tests import make as plan

pytestmark = pytest.mark.django_db
MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 10, 5, 12, tzinfo=MOSCOW)
WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def _on_a_monday() -> Any:
    with clock.travel(NOW):
        yield


def planned(**changes: Any) -> Event:
    """Make an event on Saturday, 10 October at 15:00, of an item of the plan."""
    start = datetime(2026, 10, 10, 15, tzinfo=MOSCOW)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=2)}
    event = make.event(**times | changes)
    event.plan_item = plan.item(
        event.cluster, title=event.title, day=day_of(event), month=10, state="announced"
    )
    event.plan_item.by_event = True
    event.plan_item.save()
    event.save()
    return event


def later(event: Event, *weeks: int) -> list[Event]:
    starts = [event.starts_at + number * WEEK for number in weeks]
    return actions.add_sessions(people.coordinator(event.host), event.public_id, starts=starts)


def test_sessions_have_the_same_facts_on_other_days() -> None:
    event = planned(bring="Сменная обувь", minimum=4)

    first, second = later(event, 1, 2)

    event.refresh_from_db()
    assert {one.series for one in (event, first, second)} == {event.public_id}
    assert [day_of(one).day for one in (event, first, second)] == [10, 17, 24]
    assert (first.state, first.bring, first.minimum, first.capacity) == (
        Event.State.DRAFT, "Сменная обувь", 4, 12,
    )  # fmt: skip
    assert first.ends_at - first.starts_at == timedelta(hours=2)
    assert (first.plan_item, first.taken) == (event.plan_item, 0)


def test_moments_of_the_registration_move_along_by_whole_days() -> None:
    due = datetime(2026, 10, 7, 23, 59, tzinfo=MOSCOW)
    event = planned(list_by=due)
    starts = [event.starts_at + WEEK, event.starts_at + WEEK + timedelta(hours=2)]

    actor = people.coordinator(event.host)
    made = actions.add_sessions(actor, event.public_id, starts=starts)

    assert {one.list_by for one in made} == {due + WEEK}


def test_done_twice_it_adds_nothing() -> None:
    event = planned()
    later(event, 1, 2)

    assert later(event, 1, 2) == []
    assert Event.objects.count() == 3


@pytest.mark.parametrize("weeks", [(), (-1,), (160,), tuple(range(1, 42))])
def test_times_that_make_no_sense_are_refused(weeks: tuple[int, ...]) -> None:
    with pytest.raises(actions.BadSessions):
        later(planned(), *weeks)


def test_a_session_of_the_next_academic_year_is_not_in_this_plan() -> None:
    event = planned()

    inside, outside = later(event, 4, 48)

    assert (inside.plan_item, outside.plan_item) == (event.plan_item, None)


def test_all_drafts_are_published_and_members_told_once() -> None:
    event = planned(state=Event.State.DRAFT)
    reader = people.account(network.member(event.cluster))
    later(event, 1, 2)

    answer = signed_in(event).post(f"/e/{event.public_id}/announce-all/")

    assert answer.status_code == 302
    assert set(Event.objects.values_list("state", flat=True)) == {Event.State.OPEN}
    assert Notice.objects.filter(person=reader.person).count() == 1


def test_the_item_is_done_with_the_last_session_and_counts_them_all() -> None:
    event = planned(came=3, taken=4)
    actor = people.coordinator(event.host)
    (second,) = later(event, 1)
    actions.announce(actor, second.public_id)
    Event.objects.filter(pk=second.pk).update(came=5, taken=6)
    assert event.plan_item

    actions.hold_event(actor, event.public_id)
    event.plan_item.refresh_from_db()
    assert (event.plan_item.state, event.plan_item.done_note) == ("announced", "Пришли 3 из 4")

    actions.hold_event(actor, second.public_id)
    event.plan_item.refresh_from_db()
    assert (event.plan_item.state, event.plan_item.done_note) == ("done", "Пришли 8 из 10")


def test_the_item_moves_only_when_its_own_session_goes() -> None:
    event = planned()
    actor = people.coordinator(event.host)
    first, second = later(event, 1, 2)
    item = event.plan_item
    assert item

    actions.cancel_event(actor, second.public_id, why="Ремонт")
    item.refresh_from_db()
    assert (item.day, item.moves, item.by_event) == (day_of(event), 0, True)

    actions.cancel_event(actor, event.public_id, why="Ремонт")
    item.refresh_from_db()
    assert (item.day, item.moves, item.by_event) == (day_of(first), 1, True)

    actions.cancel_event(actor, first.public_id, why="Ремонт")
    item.refresh_from_db()
    assert item.by_event is False


def test_an_item_whose_only_session_left_was_held_is_done() -> None:
    event = planned(came=3, taken=4)
    actor = people.coordinator(event.host)
    (second,) = later(event, 1)
    actions.hold_event(actor, event.public_id)

    actions.cancel_event(actor, second.public_id, why="Ремонт")

    assert PlanItem.objects.get().state == PlanItem.State.DONE


def test_an_item_becomes_a_draft_like_the_event_of_last_year() -> None:
    last = make.held(
        bring="Сменная обувь", starts_at=NOW - 52 * WEEK, ends_at=NOW - 52 * WEEK + WEEK
    )
    day = clock.today() + WEEK
    item = plan.item(last.cluster, title=last.title, day=day, month=10, state="dated")

    made = actions.repeat_event(people.coordinator(item.host), item.public_id)

    item.refresh_from_db()
    assert (made.state, made.bring, made.plan_item) == (Event.State.DRAFT, "Сменная обувь", item)
    assert localtime(made.starts_at, MOSCOW).strftime("%d.%m %H:%M") == f"{day:%d.%m} 12:00"
    assert item.by_event


def test_what_was_never_held_or_has_no_day_is_not_repeated() -> None:
    item = plan.item(title="Новое", day=clock.today() + WEEK, month=10, state="dated")
    undated = plan.item(item.plan.cluster, title="Без дня", month=10)
    actor = people.coordinator(item.host)

    with pytest.raises(actions.NothingBefore):
        actions.repeat_event(actor, item.public_id)
    with pytest.raises(actions.NoDay):
        actions.repeat_event(actor, undated.public_id)


def signed_in(event: Event) -> Client:
    client = Client()
    client.force_login(people.account(event.host, Post.Role.COORDINATOR))
    return client


def asked(event: Event, **changes: str) -> str:
    query = {"since": "26.10.2026", "every": "week", "days": "3", "times": "10:00, 12:00"}
    return f"/e/{event.public_id}/sessions/?{urlencode(query | changes)}"


def test_days_off_are_proposed_but_not_chosen() -> None:
    event = planned()

    times = signed_in(event).get(asked(event, every="day", days="10")).context["times"]

    free = [f"{one.at:%d.%m}" for one in times if not one.chosen and one.at.hour == 10]
    assert free == ["01.11", "04.11"]


def test_the_page_makes_drafts_of_what_is_chosen() -> None:
    event = planned()
    chosen = ["2026-10-26T10:00", "2026-11-02T12:00"]

    answer = signed_in(event).post(asked(event), {"starts": chosen})

    assert answer.status_code == 302
    made = Event.objects.exclude(pk=event.pk).order_by("starts_at")
    assert [localtime(one.starts_at, MOSCOW).strftime("%Y-%m-%dT%H:%M") for one in made] == chosen


@pytest.mark.parametrize("starts", [[], ["2026-10-27T10:00"], ["вчера"]])
def test_what_the_page_has_not_proposed_is_refused_and_the_choice_kept(starts: list[str]) -> None:
    event = planned()

    answer = signed_in(event).post(asked(event), {"starts": starts})

    assert answer.status_code == 422
    assert not Event.objects.exclude(pk=event.pk).exists()


@pytest.mark.parametrize(
    "wrong",
    [{"since": "32.10.2026"}, {"every": "x"}, {"days": "41"}, {"times": "25:00"}, {"times": ","}],
)
def test_wrong_days_are_told_and_nothing_is_proposed(wrong: dict[str, str]) -> None:
    event = planned()

    answer = signed_in(event).get(asked(event, **wrong))

    assert answer.status_code == 422
    assert not answer.context["times"]


def test_the_page_of_an_event_shows_the_other_sessions(django_assert_max_num_queries: Any) -> None:
    event = planned()
    (second,) = later(event, 1)
    client = signed_in(event)

    with django_assert_max_num_queries(16):
        words = client.get(f"/e/{event.public_id}/").content.decode()

    assert f"/e/{second.public_id}/" in words
    assert "это занятие" in words


def test_a_season_is_repeated_on_one_page(django_assert_max_num_queries: Any) -> None:
    last = make.held(starts_at=NOW - 52 * WEEK, ends_at=NOW - 52 * WEEK + timedelta(hours=2))
    day = clock.today() + WEEK
    item = plan.item(last.cluster, title=last.title, day=day, month=10, state="dated")
    plan.item(last.cluster, title="Новое", day=day, month=10, state="dated")
    assert item.plan.year == academic_year(clock.today())
    client = signed_in(last)

    with django_assert_max_num_queries(14):
        (row,) = client.get("/e/again/").context["rows"]
    answer = client.post("/e/again/", {"items": [str(row[0].public_id)]})

    assert answer["Location"] == "/e/?state=draft"
    assert Event.objects.get(plan_item=item).state == Event.State.DRAFT
    assert not client.get("/e/again/").context["rows"]
