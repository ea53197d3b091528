"""Sums of a cluster: what may be told is right, what speaks of few children is told to nobody."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.events.facts import CHILD_HOURS, FACTS, VISITS
from zveno.events.models import Event, Group
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.facts import LEAST, Cell, told
from zveno.network.models import academic_year, days_of
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
YEAR = academic_year(clock.today())


def came(children: int, *, hours: str = "2", direction: str = "practice", **changes: Any) -> Group:
    """Let a school's children come to an event that counts."""
    sender = changes.pop("sender", None) or organisations.school()
    event = make.held(hours=Decimal(hours), direction=direction, **changes)
    return make.came(event, sender, children=children)


def opened(event: Event, query: str = "") -> str:
    client = Client()
    client.force_login(people.account(event.host, Post.Role.COORDINATOR))
    return client.get(f"/c/{event.cluster.public_id}/hours/{query}").text


def test_child_hours_are_hours_of_every_child_that_came() -> None:
    first = came(6, hours="2")
    came(7, hours="1.5", cluster=first.event.cluster, sender=first.sender)

    [row] = CHILD_HOURS.rows(*days_of(YEAR))
    [visits] = VISITS.rows(*days_of(YEAR))

    assert (row["organisation"], row["number"]) == (first.sender_id, Decimal("22.5"))
    assert (visits["number"], visits["children"]) == (13, 7)


def test_hours_of_another_year_are_not_counted() -> None:
    came(6, starts_at=clock.now() - timedelta(days=800))

    assert [list(fact.rows(*days_of(YEAR))) for fact in FACTS] == [[], []]


def test_what_does_not_count_is_a_visit_and_no_hour() -> None:
    came(6, hours="0")

    assert not CHILD_HOURS.rows(*days_of(YEAR))
    assert VISITS.rows(*days_of(YEAR)).get()["number"] == 6


def test_a_sum_adds_only_what_is_told() -> None:
    few, many = Cell(Decimal(8), LEAST - 1), Cell(Decimal(12), LEAST)

    assert told([few, many, Cell()]) == many.number


def test_few_children_are_hidden_and_cannot_be_reckoned_from_sums() -> None:
    first = came(6, hours="2")
    cluster = first.event.cluster
    came(3, hours="7", cluster=cluster)
    came(4, hours="9", cluster=cluster, sender=first.sender, direction="lessons")

    text = opened(first.event)
    table = opened(first.event, "table.csv")

    assert text.count("меньше 5") == 2
    assert set(re.findall(r"<td[^>]*>\s*(\d+)\s*</td>", text)) == {"0", "6", "12"}
    assert table.count("< 5") == 4
    assert not {"21", "36", "48"} & set(re.split(r"[;,\s]", table))


def test_only_the_base_reads_the_sums() -> None:
    group = came(6)
    sender: Organisation = group.sender
    client = Client()
    client.force_login(people.account(sender, Post.Role.HEAD))

    assert client.get(f"/c/{group.event.cluster.public_id}/hours/").status_code == 403


def test_the_page_asks_as_often_for_many_as_for_few(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    first = came(6)
    for _ in range(5):
        came(6, cluster=first.event.cluster)
    client = Client()
    client.force_login(people.account(first.event.host, Post.Role.COORDINATOR))

    with django_assert_max_num_queries(12):
        client.get(f"/c/{first.event.cluster.public_id}/hours/")
