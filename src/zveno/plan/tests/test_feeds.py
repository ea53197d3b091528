"""The plan in calendars: a secret address, stable keys, newer versions, nothing sent twice."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from zveno.kernel import clock
from zveno.network.models import Cluster, Membership, academic_year
from zveno.network.tests import make as network
from zveno.people.models import Link, Post, actor_of
from zveno.people.tests import make as people
from zveno.plan.actions import ItemFacts, cancel_item, change_item, close_feed, open_feed
from zveno.plan.models import Plan, PlanItem
from zveno.plan.tests import make
from zveno.ui.tests.calendars import agreed, checked, read

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture
def item() -> PlanItem:
    """Make a dated item of the next year in a cluster with a member."""
    cluster = network.cluster()
    network.member(cluster)
    plan = Plan.objects.create(cluster=cluster, year=academic_year(clock.today()) + 1)
    day = date(plan.year, 11, 16)
    facts = {"day": day, "original_day": day, "month": 11, "state": PlanItem.State.DATED}
    title = "Неделя науки; «Мы, " + "метрологи» " * 12
    return make.item(cluster, plan=plan, title=title[:200], venue="Цех, каб. 12", **facts)


def address(cluster: Cluster, role: str = Post.Role.COORDINATOR) -> str:
    token = open_feed(actor_of(people.account(cluster.base, role)), cluster.public_id)
    return f"/feed/{token}/plan.ics"


def taken(path: str) -> bytes:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content


def test_readers_of_others_find_the_same_in_it_and_it_keeps_the_rules(item: PlanItem) -> None:
    file = taken(address(item.plan.cluster))

    [found], [event] = agreed(file), checked(file)
    assert event == read(file)[0]
    assert (found["title"], found["begins"]) == (item.title, item.day)
    assert event["SUMMARY"] == item.title
    assert event["LOCATION"].startswith("Цех, каб. 12")
    assert event["UID"] == f"{item.public_id}@zveno"
    days = event["DTSTART"], event["DTEND"]
    assert days == (f"{item.day:%Y%m%d}", f"{item.day + A_DAY:%Y%m%d}")  # type: ignore[operator]


def test_a_move_is_a_newer_version_of_the_same_and_a_cancellation_too(item: PlanItem) -> None:
    cluster = item.plan.cluster
    path = address(cluster)
    planner = actor_of(people.account(cluster.base, Post.Role.COORDINATOR))
    [first] = read(taken(path))

    facts = ItemFacts(item.title, item.host.public_id, day=date(item.plan.year, 11, 17))
    change_item(planner, item.public_id, facts=facts)
    [moved] = read(taken(path))
    cancel_item(planner, item.public_id, reason="Ремонт")
    [cancelled] = read(taken(path))

    assert first["UID"] == moved["UID"] == cancelled["UID"]
    assert int(first["SEQUENCE"]) < int(moved["SEQUENCE"]) < int(cancelled["SEQUENCE"])
    assert moved["DTSTART"].endswith("1117")
    assert [one["STATUS"] for one in (first, moved, cancelled)] == [
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
    ]


def test_what_has_not_changed_is_not_sent_again(item: PlanItem) -> None:
    client, path = Client(), address(item.plan.cluster)
    tag = client.get(path)["ETag"]

    same = client.get(path, headers={"if-none-match": tag})
    make.item(
        item.plan.cluster,
        plan=item.plan,
        title="Слёт",
        day=item.day,
        original_day=item.day,
        state=PlanItem.State.DATED,
    )
    other = client.get(path, headers={"if-none-match": tag})

    assert (same.status_code, same.content) == (304, b"")
    assert other.status_code == 200
    assert len(read(other.content)) == 2


def test_only_the_last_address_opens_until_it_is_closed(item: PlanItem) -> None:
    cluster = item.plan.cluster
    first, last = address(cluster), address(cluster)

    opened = [Client().get(path).status_code for path in (first, last)]
    close_feed(actor_of(people.account(cluster.base)), cluster.public_id)

    assert opened == [404, 200]
    assert Client().get(last).status_code == 404


def test_the_address_of_who_has_left_opens_nothing(item: PlanItem) -> None:
    cluster = item.plan.cluster
    membership = Membership.objects.filter(cluster=cluster).exclude(organisation=cluster.base).get()
    member = actor_of(people.account(membership.organisation, Post.Role.REPRESENTATIVE))
    path = f"/feed/{open_feed(member, cluster.public_id)}/plan.ics"
    taken(path)

    moment = clock.now()
    Membership.objects.filter(pk=membership.pk).update(since=moment - A_DAY, until=moment)

    assert Client().get(path).status_code == 404


def test_the_page_shows_the_address_once(item: PlanItem) -> None:
    client, cluster = Client(), item.plan.cluster
    client.force_login(people.account(cluster.base, Post.Role.COORDINATOR))
    page = f"/c/{cluster.public_id}/plan/feed/"

    shown = client.post(page).content.decode()
    later = client.get(page).content.decode()

    [token] = re.findall(r"/feed/([^/\"]+)/plan\.ics", shown)[:1]
    assert token not in later
    assert "Адрес есть" in later
    assert Link.objects.filter(issuer=cluster.base).count() == 1
