"""Last year's plan is copied: weekdays stay, days off are skipped, nothing comes twice."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from zveno.codes.models.working_days import is_free
from zveno.kernel import clock
from zveno.kernel.errors import NotAllowed
from zveno.network.models import Cluster, academic_year
from zveno.network.tests import make as network
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people
from zveno.plan.actions import copy_plan
from zveno.plan.models import Plan, PlanItem, Section
from zveno.plan.models.copying import a_year_later

db = pytest.mark.django_db
YEAR = 2026


def item(cluster: Cluster, year: int = YEAR, **changes: Any) -> PlanItem:
    """Make an item of a year."""
    plan, _ = Plan.objects.get_or_create(cluster=cluster, year=year)
    fields = {"title": "Проба", "month": 10, "host": cluster.base}
    return PlanItem.objects.create(plan=plan, **fields | changes)


def copied(cluster: Cluster, *items: PlanItem) -> int:
    """Let the coordinator copy items into the next year."""
    actor = people.coordinator(cluster.base)
    keys = [one.public_id for one in items]
    return copy_plan(actor, cluster.public_id, year=YEAR + 1, items=keys)


@given(st.dates(date(2013, 9, 1), date(2080, 8, 31)))
def test_the_weekday_stays_and_the_day_is_not_off(day: date) -> None:
    later, skipped = a_year_later(day)

    assert later.weekday() == day.weekday()
    assert not is_free(later)
    assert academic_year(later) == academic_year(day) + 1
    assert abs(later - day - timedelta(days=364)) <= timedelta(weeks=3 if skipped else 1)


@pytest.mark.parametrize(
    ("day", "later", "skipped"),
    [
        (date(2026, 10, 15), date(2027, 10, 14), ""),
        (date(2026, 10, 1), date(2027, 10, 7), ""),  # the month stays, too
        (date(2025, 11, 5), date(2026, 11, 11), "День народного единства"),
        (date(2026, 1, 15), date(2027, 1, 14), ""),
        (date(2025, 3, 10), date(2026, 3, 16), "09.03.2026"),  # a day off moved by law
    ],
)
def test_days_as_a_person_would_choose_them(day: date, later: date, skipped: str) -> None:
    assert a_year_later(day) == (later, skipped)


@db
def test_an_item_comes_with_all_that_was_planned_and_nothing_that_happened() -> None:
    cluster = network.cluster()
    before = item(cluster, audience="7 классы", venue="Цех", responsible="мастер", note="2 смены")
    before.section = Section.objects.create(plan=before.plan, place=9, name="Наука")
    before.state, before.day, before.report = "reported", date(2026, 11, 12), "Пришли 24"
    before.original_day, before.moves = date(2026, 10, 15), 1
    before.save()

    assert copied(cluster, before) == 1

    after = PlanItem.objects.select_related("section").get(plan__year=YEAR + 1)
    words = (after.title, after.audience, after.venue, after.responsible, after.note)
    assert words == ("Проба", "7 классы", "Цех", "мастер", "2 смены")
    assert (after.day, after.original_day, after.month) == (
        date(2027, 10, 14),
        date(2027, 10, 14),
        10,
    )
    assert (after.state, after.moves, after.report, str(after.section)) == ("dated", 0, "", "Наука")


@db
def test_a_month_stays_a_month() -> None:
    cluster = network.cluster()

    copied(cluster, item(cluster, month=3))

    after = PlanItem.objects.get(plan__year=YEAR + 1)
    assert (after.month, after.day, after.state) == (3, None, "planned")


@db
def test_copying_twice_adds_nothing_and_what_is_there_stays() -> None:
    cluster = network.cluster()
    both = [item(cluster), item(cluster, title="Опрос", month=5)]
    item(cluster, YEAR + 1, title="опрос", month=5)

    assert [copied(cluster, *both), copied(cluster, *both)] == [1, 0]

    titles = PlanItem.objects.filter(plan__year=YEAR + 1).values_list("title", flat=True)
    assert sorted(titles) == ["Проба", "опрос"]


@db
def test_cancelled_items_and_those_of_other_clusters_do_not_come() -> None:
    cluster = network.cluster()
    off = item(cluster, state="cancelled", cancelled_why="Ремонт")

    assert copied(cluster, off, item(network.cluster())) == 0


@db
def test_a_host_that_has_left_gives_way_to_the_base() -> None:
    cluster = network.cluster()
    school = network.member(cluster)

    copied(
        cluster, item(cluster, host=school), item(cluster, title="Х", host=organisations.school())
    )

    hosts = PlanItem.objects.filter(plan__year=YEAR + 1).order_by("title")
    assert [one.host_id for one in hosts] == [school.pk, cluster.base_id]


@db
def test_an_obligation_in_force_stays_tied() -> None:
    cluster = network.cluster()
    network.member(cluster)
    owed = network.obligation(network.agreement(cluster, signed=2))
    draft = network.obligation(network.agreement(cluster))

    copied(cluster, item(cluster, obligation=owed), item(cluster, title="Я", obligation=draft))

    tied = PlanItem.objects.filter(plan__year=YEAR + 1).order_by("title")
    assert [one.obligation for one in tied] == [owed, None]


@db
def test_a_member_copies_nothing() -> None:
    cluster = network.cluster()
    school = network.member(cluster)

    with pytest.raises(NotAllowed):
        copy_plan(people.coordinator(school), cluster.public_id, year=YEAR + 1, items=[])


@db
def test_the_page_shows_last_years_items_and_copies_the_chosen(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cluster, year = network.cluster(), academic_year(clock.today())
    items = [item(cluster, year - 1, title=f"Проба {n}", month=n) for n in range(1, 13)]
    item(cluster, year, title="Проба 1", month=1)
    client.force_login(people.account(cluster.base, Post.Role.COORDINATOR))
    page = reverse("plan:copy", args=[cluster.public_id])

    with django_assert_max_num_queries(12):
        shown = client.get(page).content.decode()
    nothing = client.post(page, {"items": []})
    answer = client.post(page, {"items": [items[1].public_id, items[4].public_id]}, follow=True)

    assert shown.count('name="items"') == 11
    assert "уже в плане" in shown
    assert nothing.status_code == 422
    assert "Скопировано 2 пункта" in answer.content.decode()
    assert PlanItem.objects.filter(plan__year=year).count() == 3


@db
def test_without_a_plan_of_last_year_the_page_says_what_to_do(client: Client) -> None:
    cluster = network.cluster()
    client.force_login(people.account(cluster.base, Post.Role.COORDINATOR))

    shown = client.get(reverse("plan:copy", args=[cluster.public_id])).content.decode()

    assert reverse("plan:bring", args=[cluster.public_id]) in shown
