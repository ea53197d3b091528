"""Clashes of a plan: shown with a way out, moved by one press, left so."""

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.kernel import clock
from zveno.network.models import Cluster, academic_year
from zveno.network.tests import make as network
from zveno.people.models import Post, actor_of
from zveno.people.tests import make as people
from zveno.plan.actions import ClashGone, change_item, leave_clash
from zveno.plan.actions.items import ItemFacts
from zveno.plan.models import Clashes, Plan, PlanItem, clashes_of_plan
from zveno.plan.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    """Return the plan of the next year, all of which is still to come."""
    cluster = network.cluster()
    return Plan.objects.create(cluster=cluster, year=academic_year(clock.today()) + 1)


def on(plan: Plan, day: date, title: str = "Проба", **facts: object) -> PlanItem:
    told = {"day": day, "original_day": day, "month": day.month, "state": PlanItem.State.DATED}
    return make.item(plan.cluster, plan=plan, title=title, **told | facts)


def a_monday(plan: Plan) -> date:
    """Return a Monday in the middle of November, when nobody has holidays."""
    day = date(plan.year, 11, 14)
    return day + timedelta(days=-day.weekday() % 7)


def page(cluster: Cluster) -> str:
    return f"/c/{cluster.public_id}/plan/clashes/?year={academic_year(clock.today()) + 1}"


def signed_in(plan: Plan) -> Client:
    client = Client()
    client.force_login(people.account(plan.cluster.base, Post.Role.COORDINATOR))
    return client


def sent(found: Clashes, number: int = 0) -> dict[str, str]:
    """Return what the button of a clash sends."""
    clash = found.waiting[number]
    proposal = found.way_out(clash)
    other = str(found.items[clash.other].public_id) if clash.other else ""
    told = f"{proposal.day} {proposal.venue}".strip() if proposal else ""
    return {"kind": clash.kind, "other": other, "proposal": told}


def test_a_clash_is_shown_with_a_way_out_which_one_press_takes(plan: Plan) -> None:
    day = a_monday(plan)
    first, second = on(plan, day, "Проба"), on(plan, day, "Экскурсия")
    client, found = signed_in(plan), clashes_of_plan(plan)

    text = client.get(page(plan.cluster)).content.decode()
    answer = client.post(f"/plan/items/{second.public_id}/settle/", sent(found), follow=True)

    assert "Одно место дважды за день" in text
    assert "Перенести на" in text
    assert "Ничего не мешает" in answer.content.decode()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.day, second.day) == (day, day + timedelta(days=1))
    assert (second.moves, second.original_day) == (1, day)


def test_the_plan_tells_how_many_there_are(plan: Plan) -> None:
    day = a_monday(plan)
    on(plan, day, "Проба")
    on(plan, day, "Экскурсия")
    address = f"/c/{plan.cluster.public_id}/plan/?year={plan.year}"

    assert "1 накладка в плане" in signed_in(plan).get(address).content.decode()


def test_nothing_is_moved_where_the_plan_has_changed_meanwhile(plan: Plan) -> None:
    day = a_monday(plan)
    on(plan, day, "Проба")
    second = on(plan, day, "Экскурсия")
    pressed = sent(clashes_of_plan(plan))
    on(plan, day + timedelta(days=1), "Конкурс")

    answer = signed_in(plan).post(f"/plan/items/{second.public_id}/settle/", pressed)

    second.refresh_from_db()
    assert answer.status_code == 409
    assert second.day == day


def test_what_is_no_clash_any_more_is_not_moved(plan: Plan) -> None:
    day = a_monday(plan)
    first, second = on(plan, day, "Проба"), on(plan, day, "Экскурсия")
    pressed = sent(clashes_of_plan(plan))
    first.delete()

    answer = signed_in(plan).post(f"/plan/items/{second.public_id}/settle/", pressed)

    assert answer.status_code == 409


def test_what_is_left_so_is_shown_no_more_until_the_day_changes(plan: Plan) -> None:
    day = a_monday(plan)
    on(plan, day, "Проба")
    second = on(plan, day, "Экскурсия")
    client, pressed = signed_in(plan), sent(clashes_of_plan(plan))
    coordinator = actor_of(people.account(plan.cluster.base, Post.Role.COORDINATOR))

    client.post(f"/plan/items/{second.public_id}/leave/", pressed)
    left = clashes_of_plan(plan)
    for later in (day + timedelta(days=1), day):
        moved = ItemFacts(second.title, second.host.public_id, day=later)
        change_item(coordinator, second.public_id, facts=moved)
    same_day = clashes_of_plan(plan)
    client.post(f"/plan/items/{second.public_id}/leave/", pressed | {"again": "1"})

    assert (len(left.waiting), len(left.left)) == (0, 1)
    assert not same_day.waiting
    assert len(clashes_of_plan(plan).waiting) == 1


def test_only_a_clash_is_left_so(plan: Plan) -> None:
    item = on(plan, a_monday(plan))
    coordinator = actor_of(people.account(plan.cluster.base, Post.Role.COORDINATOR))

    with pytest.raises(ClashGone):
        leave_clash(coordinator, item.public_id, kind="place", other=None)


def test_a_day_off_and_holidays_clash_by_themselves(plan: Plan) -> None:
    sunday = a_monday(plan) - timedelta(days=1)
    on(plan, sunday, "Слёт")
    on(plan, date(plan.year + 1, 7, 15), "Смена", audience="7 классы")
    on(plan, date(plan.year + 1, 7, 15), "Совещание", audience="Педагоги", venue="Актовый зал")

    kinds = [str(one.kind) for one in clashes_of_plan(plan).waiting]

    july = date(plan.year + 1, 7, 15)
    assert kinds == ["day_off", *(["holidays"] if july.weekday() < 5 else ["day_off"] * 2)]


def test_what_was_cancelled_is_in_nobodys_way(plan: Plan) -> None:
    day = a_monday(plan)
    on(plan, day, "Проба", state=PlanItem.State.CANCELLED, cancelled_why="Ремонт")
    on(plan, day, "Экскурсия")

    assert not clashes_of_plan(plan).waiting


@pytest.mark.parametrize("pressed", [{}, {"kind": "х", "other": "\0"}, {"other": "х" * 999}])
def test_nonsense_moves_nothing(plan: Plan, pressed: dict[str, str]) -> None:
    item = on(plan, a_monday(plan))
    client = signed_in(plan)

    for step in ("settle", "leave"):
        answer = client.post(f"/plan/items/{item.public_id}/{step}/", pressed)
        assert answer.status_code == 409


def test_the_page_asks_as_often_for_thirty_clashes_as_for_one(
    plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        on(plan, a_monday(plan), f"Проба {number}")
    client = signed_in(plan)

    with django_assert_max_num_queries(12):
        client.get(page(plan.cluster))
