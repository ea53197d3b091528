"""Items of the plan are added, put right, moved, cancelled, restored, reported."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from zveno.kernel import clock
from zveno.kernel.errors import DomainError, NotAllowed
from zveno.kernel.meanwhile import ChangedMeanwhile
from zveno.network.models import Cluster, Membership, Role, academic_year, days_of
from zveno.network.tests import make as network
from zveno.people.models import Post
from zveno.people.tests import make as people
from zveno.plan import actions
from zveno.plan.models import PlanItem, Section
from zveno.plan.tests import make

pytestmark = pytest.mark.django_db
YEAR = academic_year(clock.today())
FIRST, LAST = days_of(YEAR)
DAY = FIRST + timedelta(days=40)
State = PlanItem.State


def facts(cluster: Cluster, **changes: Any) -> actions.ItemFacts:
    """Say what is planned: hosted by the base, in October."""
    said = actions.ItemFacts("Встреча", cluster.base.public_id, month=10)
    return replace(said, **changes)


def as_planned(item: PlanItem, **changes: object) -> actions.ItemFacts:
    """Say what an item says, but for what changes."""
    return facts(
        item.plan.cluster, title=item.title, **{"month": item.month, "day": item.day} | changes
    )


def test_plan_is_made_with_the_usual_sections() -> None:
    cluster = network.cluster()

    item = actions.add_item(
        people.coordinator(cluster.base), cluster.public_id, year=YEAR, facts=facts(cluster)
    )

    assert (item.state, item.month, item.host) == (State.PLANNED, 10, cluster.base)
    names = list(Section.objects.of_year(cluster, YEAR).values_list("name", flat=True))
    assert names[:2] == ["Организационный", "С обучающимися"]
    assert len(names) == 6


def test_item_with_a_day_is_dated_in_the_month_of_it() -> None:
    cluster = network.cluster()
    said = facts(cluster, day=DAY, month=None)

    item = actions.add_item(
        people.coordinator(cluster.base), cluster.public_id, year=YEAR, facts=said
    )

    assert (item.state, item.day, item.original_day) == (State.DATED, DAY, DAY)
    assert (item.month, item.moves, item.has_moved) == (DAY.month, 0, False)


def test_moved_item_keeps_its_first_day_and_counts() -> None:
    item = make.item(day=DAY, original_day=DAY, state=State.DATED)
    coordinator, later = people.coordinator(item.host), DAY + timedelta(days=7)

    for day in (later, later + timedelta(days=1)):
        item.refresh_from_db()
        said = as_planned(item, day=day)
        actions.change_item(coordinator, item.public_id, facts=said)

    item.refresh_from_db()
    assert (item.day, item.original_day, item.moves) == (later + timedelta(days=1), DAY, 2)
    assert item.has_moved


def test_day_taken_away_leaves_the_month_and_counts_as_moved() -> None:
    item = make.item(day=DAY, original_day=DAY, state=State.DATED)

    actions.change_item(
        people.coordinator(item.host), item.public_id, facts=as_planned(item, day=None, month=12)
    )

    item.refresh_from_db()
    assert (item.state, item.month, item.moves, item.has_moved) == (State.PLANNED, 12, 1, True)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"month": None}, "no_such_month"),
        ({"month": 13}, "no_such_month"),
        ({"day": FIRST - timedelta(days=1)}, "day_outside_year"),
        ({"day": LAST + timedelta(days=1)}, "day_outside_year"),
        ({"section": UUID(int=0)}, "no_such_section"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, object], code: str) -> None:
    cluster = network.cluster()

    with pytest.raises(DomainError) as refused:
        actions.add_item(
            people.coordinator(cluster.base),
            cluster.public_id,
            year=YEAR,
            facts=facts(cluster, **changes),
        )

    assert refused.value.code == code


def test_only_members_host() -> None:
    cluster, stranger = network.cluster(), network.cluster()

    with pytest.raises(actions.HostOutside):
        actions.add_item(
            people.coordinator(cluster.base),
            cluster.public_id,
            year=YEAR,
            facts=facts(cluster, host=stranger.base.public_id),
        )


def test_line_stands_once_in_a_month() -> None:
    cluster = network.cluster()
    make.item(cluster, title="Встреча", month=10)

    with pytest.raises(actions.AlreadyInPlan):
        actions.add_item(
            people.coordinator(cluster.base), cluster.public_id, year=YEAR, facts=facts(cluster)
        )


@pytest.mark.parametrize(
    ("role", "may"),
    [(Post.Role.METHODIST, True), (Post.Role.COORDINATOR, True), (Post.Role.TEACHER, False)],
)
def test_methodical_operator_plans_too(role: str, *, may: bool) -> None:
    cluster = network.cluster()
    operator = network.member(cluster)
    Membership.objects.filter(organisation=operator).update(role=Role.METHODICAL_OPERATOR)

    assert actions.add_item.allowed(people.actor(operator, role), cluster) is may


def test_member_only_reads() -> None:
    item = make.item()
    school = network.member(item.plan.cluster)

    with pytest.raises(NotAllowed):
        actions.cancel_item(
            people.actor(school, Post.Role.COORDINATOR), item.public_id, reason="Нет"
        )


def test_second_editor_is_told_what_the_first_has_saved() -> None:
    item = make.item(title="Встреча")
    coordinator, seen = people.coordinator(item.host), item.facts()
    actions.change_item(coordinator, item.public_id, facts=as_planned(item, venue="Цех"), seen=seen)

    with pytest.raises(ChangedMeanwhile) as told:
        actions.change_item(
            coordinator, item.public_id, facts=as_planned(item, venue="Класс"), seen=seen
        )

    assert [(one.field, one.was, one.now) for one in told.value.changes] == [("venue", "", "Цех")]


def test_cancelled_item_says_why_and_comes_back() -> None:
    item = make.item(day=DAY, original_day=DAY, state=State.DATED)
    coordinator = people.coordinator(item.host)

    actions.cancel_item(coordinator, item.public_id, reason="Ремонт")
    item.refresh_from_db()
    assert (item.state, item.cancelled_why) == (State.CANCELLED, "Ремонт")
    with pytest.raises(actions.ItemOver):
        actions.change_item(coordinator, item.public_id, facts=as_planned(item))

    actions.restore_item(coordinator, item.public_id)
    item.refresh_from_db()
    assert (item.state, item.cancelled_why, item.day) == (State.DATED, "", DAY)
    with pytest.raises(actions.NotCancelled):
        actions.restore_item(coordinator, item.public_id)


def test_event_sets_the_day_of_its_item() -> None:
    item = make.item(day=DAY, original_day=DAY, state=State.DATED, by_event=True)
    coordinator = people.coordinator(item.host)

    with pytest.raises(actions.HasEvent):
        actions.change_item(
            coordinator, item.public_id, facts=as_planned(item, day=DAY + timedelta(days=1))
        )
    with pytest.raises(actions.HasEvent):
        actions.cancel_item(coordinator, item.public_id, reason="Ремонт")
    with pytest.raises(actions.HasEvent):
        actions.report_item(coordinator, item.public_id, report="Прошло", day=DAY)
    actions.change_item(coordinator, item.public_id, facts=as_planned(item, venue="Цех"))


def test_what_took_place_is_reported_and_corrected(monkeypatch: pytest.MonkeyPatch) -> None:
    item = make.item(month=DAY.month)
    coordinator = people.coordinator(item.host)
    monkeypatch.setattr(clock, "today", lambda: DAY)

    for words in ("Пришли 20", "Пришли 24"):
        actions.report_item(coordinator, item.public_id, report=words, day=DAY)

    item.refresh_from_db()
    assert (item.state, item.day, item.report) == (State.REPORTED, DAY, "Пришли 24")


def test_what_is_to_come_is_not_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    item = make.item()
    monkeypatch.setattr(clock, "today", lambda: DAY)

    with pytest.raises(actions.NotYet):
        actions.report_item(
            people.coordinator(item.host),
            item.public_id,
            report="Прошло",
            day=DAY + timedelta(days=1),
        )


def test_correction_of_a_count_leaves_the_note_on_execution() -> None:
    day = date(YEAR, 9, 10)
    item = make.item(day=day, original_day=day, state=State.REPORTED, report="Пришли все")

    actions.mark_done(
        people.coordinator(item.host),
        item.public_id,
        held=actions.Held("events.Event:1", day, {}, note="9"),
    )

    item.refresh_from_db()
    assert (item.state, item.report, item.done_note) == (State.REPORTED, "Пришли все", "9")
