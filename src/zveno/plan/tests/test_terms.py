"""A term of the plan: its weeks by sections or hosts, what has no day, clashes, filters."""

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.kernel import clock
from zveno.network.models import Season, academic_year
from zveno.network.tests import make as network
from zveno.people.models import Post
from zveno.people.tests import make as people
from zveno.plan.models import Plan, PlanItem, made_plan
from zveno.plan.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    """Make the plan of the next year: two items of a week in October, one of April, one undated."""
    cluster = network.cluster()
    plan = made_plan(cluster, academic_year(clock.today()) + 1)
    day = date(plan.year, 10, 14) - timedelta(days=date(plan.year, 10, 14).weekday())
    section = plan.sections.earliest("place")
    for title in ("Проба", "Экскурсия"):
        put(plan, title, day, section=section)
    put(plan, "Слёт", date(plan.year + 1, 4, 20), host=network.member(cluster))
    make.item(cluster, plan=plan, title="Беседа", month=10)
    return plan


def put(plan: Plan, title: str, day: date, **facts: object) -> PlanItem:
    told = {"day": day, "original_day": day, "month": day.month, "state": PlanItem.State.DATED}
    return make.item(plan.cluster, plan=plan, title=title, **told | facts)


def shown(plan: Plan, query: str = "", *, by: str = Post.Role.COORDINATOR) -> str:
    client = Client()
    client.force_login(people.account(plan.cluster.base, by))
    page = f"/c/{plan.cluster.public_id}/plan/term/?year={plan.year}{query}"
    return client.get(page).content.decode()


def test_a_term_has_its_weeks_and_what_has_no_day_in_its_months(plan: Plan) -> None:
    text = shown(plan, "&term=1")

    assert "Проба" in text
    assert "Беседа" in text
    assert "день не назначен" in text
    assert "Слёт" not in text
    assert "Слёт" in shown(plan, "&term=4")


def test_it_is_read_by_hosts_and_filtered(plan: Plan) -> None:
    host = plan.items.get(title="Слёт").host

    by_hosts = shown(plan, "&term=4&by=hosts")
    filtered = shown(plan, f"&term=1&host={host.public_id}")

    assert f'<th scope="col">{host}</th>' in by_hosts
    assert "Проба" not in filtered


def test_clashes_are_marked_for_who_plans(plan: Plan) -> None:
    assert "накладка" in shown(plan, "&term=1")
    assert "накладка" not in shown(plan, "&term=1", by=Post.Role.TEACHER)


def test_the_calendar_of_the_cluster_is_followed(plan: Plan) -> None:
    year, kind = plan.year, Season.Kind.TERM
    for name, begins, ends in (
        ("I триместр", date(year, 9, 2), date(year, 11, 15)),
        ("II триместр", date(year, 11, 24), date(year + 1, 5, 25)),
    ):
        Season.objects.create(
            cluster=plan.cluster, year=year, kind=kind, name=name, begins=begins, ends=ends
        )

    assert "II триместр" in shown(plan)
    assert "Слёт" in shown(plan, "&term=2")


@pytest.mark.parametrize("query", ["&term=9", "&term=х&by=х", "&host=х&section=%27"])
def test_nonsense_shows_the_first_term(plan: Plan, query: str) -> None:
    assert "Проба" in shown(plan, query)


def test_the_page_asks_as_often_for_sixty_items_as_for_four(
    plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        put(plan, f"Проба {number}", date(plan.year, 10, 1) + timedelta(days=number % 20))
    client = Client()
    client.force_login(people.account(plan.cluster.base, Post.Role.COORDINATOR))
    page = f"/c/{plan.cluster.public_id}/plan/term/?year={plan.year}&term=1"

    with django_assert_max_num_queries(14):
        client.get(page)
