"""The plan's page and the way of an obligation into it."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.kernel import clock
from zveno.network.models import Cluster, Obligation
from zveno.organisations.models import Organisation
from zveno.people.models import Post
from zveno.people.tests import make as people
from zveno.plan.models import PlanItem
from zveno.plan.tests import make

pytestmark = pytest.mark.django_db


def signed_in(organisation: Organisation, role: str = Post.Role.COORDINATOR) -> Client:
    client = Client()
    client.force_login(people.account(organisation, role))
    return client


def page(cluster: Cluster) -> str:
    return f"/c/{cluster.public_id}/plan/"


def form(obligation: Obligation) -> str:
    return f"{page(obligation.agreement.cluster)}obligations/{obligation.public_id}/"


def test_what_is_not_planned_stands_above() -> None:
    obligation = make.obligation()
    cluster = obligation.agreement.cluster
    client = signed_in(cluster.base)

    text = client.get(page(cluster)).content.decode()

    assert "Ещё не в плане" in text
    assert form(obligation) in text


def test_an_obligation_goes_into_the_plan() -> None:
    obligation = make.obligation()
    cluster = obligation.agreement.cluster
    client = signed_in(cluster.base)
    month = str(clock.today().month)
    facts = {"title": "Проба", "month": month, "audience": "7–8 классы"}

    answer = client.post(form(obligation), facts, follow=True)

    text = answer.content.decode()
    assert answer.redirect_chain == [(page(cluster), 302)]
    assert "Проба" in text
    assert "Сделать событием" in text
    assert "Ещё не в плане" not in text


def test_what_was_typed_stays_when_the_line_is_there_already() -> None:
    obligation = make.obligation()
    cluster = obligation.agreement.cluster
    make.item(cluster, title="Проба")
    client = signed_in(cluster.base)

    answer = client.post(form(obligation), {"title": "Проба", "month": clock.today().month})

    text = answer.content.decode()
    assert "уже есть в этом месяце" in text
    assert 'value="Проба"' in text


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"title": "", "month": "13"},
        {"title": "\0", "month": "x"},
        {"title": "я" * 999},
        {"audience": "\x0b"},
    ],
)
def test_nonsense_is_answered_in_the_form(typed: dict[str, str]) -> None:
    obligation = make.obligation()
    client = signed_in(obligation.agreement.cluster.base)

    answer = client.post(form(obligation), typed)

    assert answer.status_code == 422
    assert "data-errsum" in answer.content.decode()
    assert not PlanItem.objects.exists()


def test_a_member_reads_the_plan_and_changes_nothing() -> None:
    obligation = make.obligation()
    cluster = obligation.agreement.cluster
    make.item(cluster, title="Проба")
    school = obligation.agreement.parties.get(role="member").organisation
    client = signed_in(school, Post.Role.REPRESENTATIVE)

    text = client.get(page(cluster)).content.decode()

    assert "Проба" in text
    assert "Сделать событием" not in text
    assert form(obligation) not in text
    assert client.get(form(obligation)).status_code == 403
    assert client.post(form(obligation), {"title": "Х", "month": 11}).status_code == 403


def test_a_stranger_finds_no_plan() -> None:
    cluster = make.item().plan.cluster
    client = signed_in(make.obligation().agreement.cluster.base)

    assert client.get(page(cluster)).status_code == 404
    assert Client().get(page(cluster)).status_code == 302


def test_a_moved_item_says_from_where() -> None:
    first = clock.today()
    item = make.item(state=PlanItem.State.DATED, original_day=first, day=first + timedelta(days=1))

    text = signed_in(item.host).get(page(item.plan.cluster)).content.decode()

    assert "перенесено с" in text


def test_the_page_asks_as_often_for_thirty_items_as_for_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    cluster = make.obligation().agreement.cluster
    for number in range(30):
        make.item(cluster, title=f"Проба {number}")
    client = signed_in(cluster.base)

    with django_assert_max_num_queries(14):
        client.get(page(cluster))
