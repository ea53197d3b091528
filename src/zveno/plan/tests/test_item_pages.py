"""Pages of the plan: by section, filtered, taken away; items edited together."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.kernel import clock
from zveno.network.models import Cluster, academic_year, days_of
from zveno.network.tests import make as network
from zveno.plan.models import PlanItem, made_plan
from zveno.plan.tests import make
from zveno.plan.tests.test_pages import page, signed_in
from zveno.ui.seen import Seen

pytestmark = pytest.mark.django_db
YEAR = academic_year(clock.today())
DAY = days_of(YEAR)[0] + timedelta(days=40)
State = PlanItem.State


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def typed(item: PlanItem, **changes: object) -> dict[str, object]:
    """Type what an item says, but for what changes."""
    said = {name: value or "" for name, value in item.facts().items()}
    return said | {"day": f"{item.day:%d.%m.%Y}" if item.day else ""} | changes


def three(cluster: Cluster) -> list[PlanItem]:
    """Make three items: with pupils, of a school and moved, cancelled."""
    pupils = made_plan(cluster, YEAR).sections.get(place=2)
    school = network.member(cluster)
    return [
        make.item(cluster, title="Пробы в цехе", section=pupils, month=10),
        make.item(
            cluster,
            title="Семинар",
            host=school,
            state=State.DATED,
            original_day=DAY,
            day=DAY + timedelta(days=31),
        ),
        make.item(cluster, title="Конкурс", month=3, state="cancelled", cancelled_why="Ремонт"),
    ]


def test_items_stand_in_their_sections() -> None:
    cluster = network.cluster()
    three(cluster)

    text = read(signed_in(cluster.base), page(cluster))

    assert text.index("С обучающимися</h2>") < text.index("Пробы в цехе")
    assert text.index("Без раздела</h2>") < text.index("Семинар") < text.index("Конкурс")
    assert "Ремонт" in text
    assert "3 пункта" in text
    assert "1 перенесён" in text


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("section=none", {"Семинар", "Конкурс"}),
        ("section={section}", {"Пробы в цехе"}),
        ("host={host}", {"Семинар"}),
        ("month=3", {"Конкурс"}),
        ("state=moved", {"Семинар"}),
        ("state=dated", {"Семинар"}),
        ("state=cancelled", {"Конкурс"}),
        ("state=х&month=99&host=1", {"Пробы в цехе", "Семинар", "Конкурс"}),
    ],
)
def test_filters_stand_in_the_address_of_page_and_table(query: str, left: set[str]) -> None:
    cluster = network.cluster()
    first, second, third = three(cluster)
    section = first.section.public_id if first.section else ""
    asked = query.format(section=section, host=second.host.public_id)
    client = signed_in(cluster.base)

    shown = read(client, f"{page(cluster)}?{asked}")
    table = client.get(f"/c/{cluster.public_id}/plan.csv?{asked}").content.decode()

    titles = {item.title for item in (first, second, third)}
    assert {title for title in titles if f">{title}</a>" in shown} == left
    assert {title for title in titles if title in table} == left


def test_item_is_added_to_the_next_year_and_copied_there() -> None:
    cluster = network.cluster()
    client, year = signed_in(cluster.base), YEAR + 1
    address = f"{page(cluster)}new/?year={year}"
    facts = {"title": "Встреча", "month": 10, "host": cluster.base.public_id, "venue": "Цех № 2"}

    answer = client.post(address, facts, follow=True)
    item = PlanItem.objects.get(title="Встреча")
    again = read(client, f"{address}&from={item.public_id}")

    assert answer.redirect_chain == [(f"{page(cluster)}?year={year}", 302)]
    assert item.plan.year == year
    assert 'value="Цех № 2"' in again


def test_day_of_another_year_is_told_beside_the_field() -> None:
    cluster = network.cluster()
    facts = {"title": "Встреча", "day": "01.09.2020", "host": cluster.base.public_id}

    answer = signed_in(cluster.base).post(f"{page(cluster)}new/", facts)

    assert answer.status_code == 422
    assert "Этого дня нет в" in answer.content.decode()
    assert not PlanItem.objects.exists()


def test_second_editor_sees_the_difference_and_keeps_what_was_typed() -> None:
    item = make.item(title="Встреча", month=10)
    client = signed_in(item.host)
    address, seen = f"/plan/items/{item.public_id}/edit/", Seen(item.facts()).text
    client.post(address, typed(item, venue="Цех", seen=seen))

    answer = client.post(address, typed(item, venue="Класс", seen=seen))

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Цех" in text
    assert 'value="Класс"' in text
    item.refresh_from_db()
    assert item.venue == "Цех"


def test_item_moves_is_cancelled_and_comes_back() -> None:
    item = make.item(title="Встреча", state=State.DATED, original_day=DAY, day=DAY)
    client, address = signed_in(item.host), f"/plan/items/{item.public_id}/"
    later = DAY + timedelta(days=7)

    client.post(f"{address}edit/", typed(item, day=f"{later:%d.%m.%Y}"))
    moved = read(client, address)
    client.post(f"{address}cancel/", {"reason": "Ремонт цеха"})
    cancelled = read(client, address)
    client.post(f"{address}restore/")
    back = read(client, address)

    assert "перенесён 1 раз" in moved
    assert "Отменено: Ремонт цеха" in cancelled
    assert f"{address}edit/" not in cancelled
    assert "Ремонт цеха" not in back


def test_cancelled_item_becomes_no_event() -> None:
    item = make.item(state="cancelled", cancelled_why="Ремонт")

    assert "Сделать событием" not in read(signed_in(item.host), page(item.plan.cluster))


def test_page_of_two_hundred_items_asks_as_often_as_of_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    cluster = network.cluster()
    plan = made_plan(cluster, YEAR)
    sections = list(plan.sections.all())
    PlanItem.objects.bulk_create(
        PlanItem(
            plan=plan, host=cluster.base, title=f"Пункт {n}", month=10, section=sections[n % 6]
        )
        for n in range(200)
    )
    client = signed_in(cluster.base)

    with django_assert_max_num_queries(14):
        client.get(page(cluster))
    item = PlanItem.objects.earliest("pk").public_id
    with django_assert_max_num_queries(14):
        client.get(f"/plan/items/{item}/")


def test_sections_are_named_on_their_page() -> None:
    cluster = network.cluster()
    client, address = signed_in(cluster.base), f"{page(cluster)}sections/"
    rows = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0}
    names = {"form-0-place": 2, "form-0-name": "Позже", "form-1-place": 1, "form-1-name": "Раньше"}

    offered = read(client, address)
    client.post(address, rows | names)
    twice = client.post(address, rows | names | {"form-0-name": "Раньше"})

    assert 'value="Организационный"' in offered
    kept = made_plan(cluster, YEAR).sections.order_by("place").values_list("name", flat=True)
    assert list(kept) == ["Раньше", "Позже"]
    assert twice.status_code == 422
    assert "Разделов «Раньше» два" in twice.content.decode()
