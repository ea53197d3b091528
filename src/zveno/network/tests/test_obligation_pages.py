"""Pages of what is owed: all of a cluster, one obligation, a report."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zveno.kernel import clock
from zveno.network.actions import record_fulfilment
from zveno.network.models import Cluster, Fulfilment, Obligation, Period
from zveno.network.tests import make
from zveno.network.tests.visitors import Visitor, visitor
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
Budget = Callable[[int], AbstractContextManager[Any]]


def four() -> tuple[Cluster, Organisation]:
    """Make an agreement in force with one obligation in each state; return also its school."""
    cluster = make.cluster()
    school = make.member(cluster)
    agreement = make.agreement(cluster, signed=2, dated=clock.today() - timedelta(days=60))
    coordinator = people.coordinator(cluster.base)
    make.obligation(agreement, text="ждёт", unit="hours", planned=5, role="member")
    done = make.obligation(agreement, text="готово", planned=1)
    make.obligation(agreement, text="слова", unit="", planned=0)
    make.obligation(
        agreement,
        text="опоздало",
        planned=1,
        period=Period.ONCE,
        due=clock.today() - timedelta(days=1),
    )
    record_fulfilment(coordinator, done.public_id, source="plan.PlanItem:1", amount=1)
    return cluster, school


def rows(text: str) -> list[str]:
    return re.findall(r'<a href="/o/[^"]+">([^<]+)</a>', text)


def test_a_coordinator_sees_who_owes_what(django_assert_max_num_queries: Budget) -> None:
    cluster, _school = four()
    client = visitor(cluster.base, Post.Role.COORDINATOR)

    with django_assert_max_num_queries(11):
        text = client.get(f"/c/{cluster.public_id}/obligations/").text

    assert rows(text) == ["Ждёт", "Готово", "Слова", "Опоздало"]
    assert "1 просрочено" in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("state=overdue", ["Опоздало"]),
        ("state=done", ["Готово"]),
        ("state=ahead", ["Ждёт"]),
        ("state=uncounted", ["Слова"]),
        ("side=member", ["Ждёт"]),
        ("side=member&state=done", []),
        ("side=nobody&state=nothing", ["Ждёт", "Готово", "Слова", "Опоздало"]),
    ],
)
def test_filters_choose(query: str, shown: list[str]) -> None:
    cluster, _school = four()
    client = visitor(cluster.base, Post.Role.COORDINATOR)

    assert rows(client.get(f"/c/{cluster.public_id}/obligations/?{query}").text) == shown


def test_a_period_that_is_over_says_what_it_lacks() -> None:
    cluster = make.cluster()
    last_year = clock.today().year - 1
    first, last = date(last_year - 1, 9, 1), date(last_year, 8, 31)
    agreement = make.agreement(cluster, signed=1, dated=first)
    one = make.obligation(agreement, planned=7, period=Period.YEAR, text="за год")
    client = visitor(cluster.base, Post.Role.COORDINATOR)

    listed = client.get(f"/c/{cluster.public_id}/obligations/?state=lacking").text
    text = client.get(f"/o/{one.public_id}/").text

    assert rows(listed) == ["За год"]
    assert "Недовыполнено" in text
    assert f"Недовыполнено за {first:%d.%m.%Y} – {last:%d.%m.%Y}</dt><dd>7</dd>" in text


def test_the_table_leaves_as_filtered() -> None:
    cluster, school = four()
    client = visitor(school)

    answer = client.get(f"/c/{cluster.public_id}/obligations.csv?state=overdue")

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("опоздало;базовая организация;однократно;")
    assert client.get(f"/c/{cluster.public_id}/obligations.exe").status_code == 404


def test_strangers_see_that_nothing_is_owed_to_them() -> None:
    cluster, _school = four()

    text = visitor(organisations.school()).get(f"/c/{cluster.public_id}/obligations/").text

    assert rows(text) == []


def owed() -> tuple[Obligation, Visitor]:
    """Return what members owe, and a representative of one."""
    cluster, school = four()
    return Obligation.objects.get(agreement__cluster=cluster, text="ждёт"), visitor(school)


def form(client: Visitor, obligation: Obligation, **changes: Any) -> dict[str, Any]:
    page = client.get(f"/o/{obligation.public_id}/report/").text
    key = re.findall(r'name="key" value="([^"]+)"', page)[0]
    return {"key": key, "amount": "3", "day": f"{clock.today():%d.%m.%Y}", "note": ""} | changes


def test_a_report_is_counted_and_taken_back_from_the_toast(
    django_assert_max_num_queries: Budget,
) -> None:
    obligation, client = owed()
    scan = SimpleUploadedFile("часы.pdf", b"%PDF-1.4")

    told = client.post(
        f"/o/{obligation.public_id}/report/", form(client, obligation, proof=scan), follow=True
    )

    assert told.redirect_chain == [(f"/o/{obligation.public_id}/", 302)]
    assert "3 из 5 часов" in told.text
    assert "Открыть файл" in told.text
    with django_assert_max_num_queries(12):
        client.get(f"/o/{obligation.public_id}/")
    made = Fulfilment.objects.get(obligation=obligation)
    back = client.post(f"/fulfilments/{made.public_id}/take-back/", follow=True)
    assert "0 из 5 часов" in back.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"amount": ""}, "Обязательное поле"),
        ({"amount": "-1"}, "больше либо равно 1"),
        ({"day": "31.12.2090"}, "ещё впереди"),
        ({"day": "вчера"}, "Такого дня нет"),
        ({"proof": SimpleUploadedFile("a.gif", b"GIF89a")}, "не PDF"),
    ],
    ids=["no amount", "less than nothing", "ahead", "no day", "no scan"],
)
def test_what_cannot_be_is_refused_in_words(changes: dict[str, Any], words: str) -> None:
    obligation, client = owed()

    answer = client.post(
        f"/o/{obligation.public_id}/report/", form(client, obligation, **changes, note="Наладка")
    )

    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Наладка"' in answer.text


def test_what_is_not_counted_is_reported_without_an_amount() -> None:
    cluster, _school = four()
    obligation = Obligation.objects.get(text="слова")
    client = visitor(cluster.base, Post.Role.COORDINATOR)

    given = form(client, obligation)
    del given["amount"]
    told = client.post(f"/o/{obligation.public_id}/report/", given, follow=True)

    assert "Выполнено" in told.text
    assert Fulfilment.objects.get(obligation=obligation).amount == 1
