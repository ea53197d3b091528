"""An item is copied between clusters; a course is an item of which no event is made."""

from datetime import date

import pytest
from django.test import Client

from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotFound
from zveno.network.models import Cluster
from zveno.network.tests import make as network
from zveno.people.models import Post, actor_of
from zveno.people.tests import make as people
from zveno.plan.actions import (
    AlreadyInPlan,
    HostOutside,
    IsCourse,
    ItemFacts,
    change_item,
    date_item,
    take_item,
)
from zveno.plan.models import PlanItem, present_digest
from zveno.plan.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def item() -> PlanItem:
    """Make a dated item of a member, with a note on execution."""
    cluster = network.cluster()
    host = network.member(cluster)
    item = make.item(cluster, host=host, audience="7 классы", venue="Цех")
    year = item.plan.year
    item.day = item.original_day = date(year, item.month, 1) if item.month > 8 else None
    item.state = PlanItem.State.DATED if item.day else PlanItem.State.PLANNED
    item.save()
    return item


def other(item: PlanItem) -> Cluster:
    """Make another cluster of the same base."""
    return network.cluster(item.plan.cluster.base)


def planner(item: PlanItem) -> Actor:
    return actor_of(people.account(item.plan.cluster.base, Post.Role.COORDINATOR))


def test_what_was_planned_comes_and_tells_where_from(item: PlanItem) -> None:
    cluster = other(item)
    network.member(cluster, item.host)

    taken = take_item(
        planner(item), item.public_id, cluster=cluster.public_id, host=item.host.public_id
    )

    assert taken.plan.cluster == cluster
    assert taken.taken_from == item
    same = ("title", "audience", "venue", "host", "month", "day")
    assert [getattr(taken, name) for name in same] == [getattr(item, name) for name in same]
    assert (taken.section, taken.obligation, taken.moves) == (None, None, 0)


def test_it_comes_once_and_only_members_host(item: PlanItem) -> None:
    cluster, who = other(item), planner(item)
    into = {"cluster": cluster.public_id}

    with pytest.raises(HostOutside):
        take_item(who, item.public_id, **into, host=item.host.public_id)
    take_item(who, item.public_id, **into, host=cluster.base.public_id)
    with pytest.raises(AlreadyInPlan):
        take_item(who, item.public_id, **into, host=cluster.base.public_id)


def test_into_a_cluster_of_others_nothing_is_copied(item: PlanItem) -> None:
    for cluster in (network.cluster(), item.plan.cluster):
        with pytest.raises(NotFound):
            take_item(
                planner(item),
                item.public_id,
                cluster=cluster.public_id,
                host=cluster.base.public_id,
            )


def test_the_page_asks_for_the_cluster_then_for_the_host(item: PlanItem) -> None:
    cluster, client = other(item), Client()
    client.force_login(people.account(item.plan.cluster.base, Post.Role.COORDINATOR))
    page = f"/plan/items/{item.public_id}/take/"

    first = client.get(page).content.decode()
    answer = client.post(
        f"{page}?to={cluster.public_id}", {"host": cluster.base.public_id}, follow=True
    )

    assert str(cluster.public_id) in first
    assert answer.status_code == 200
    copy = PlanItem.objects.get(taken_from=item)
    assert cluster != item.plan.cluster
    assert "Взято из" in client.get(f"/plan/items/{copy.public_id}/").content.decode()


def test_no_event_is_made_of_a_course(item: PlanItem) -> None:
    who = actor_of(people.account(item.host, Post.Role.COORDINATOR))
    before = present_digest(item.plan)
    facts = ItemFacts(item.title, item.host.public_id, item.month, item.day, kind="course")

    change_item(planner(item), item.public_id, facts=facts)

    item.refresh_from_db()
    assert present_digest(item.plan) != before
    with pytest.raises(IsCourse):
        date_item(who, item.public_id, day=date(item.plan.year, 10, 1))
    client = Client()
    client.force_login(people.account(item.host, Post.Role.COORDINATOR))
    text = client.get(f"/plan/items/{item.public_id}/").content.decode()
    assert "Создать событие" not in text
    assert "Курс" in text
