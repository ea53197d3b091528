"""What anybody may see: no child and no group is named, a kept page is never out of date."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.events.models import Event
from zveno.events.pages.public import linked
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.network.models import Cluster
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation, Territory
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people
from zveno.ui import kept
from zveno.ui.tests.machines import linked_data

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def page(event: Event) -> str:
    return f"/p/e/{event.public_id}/"


def test_anybody_reads_an_announced_event() -> None:
    event = make.event()

    text = Client().get(page(event)).content.decode()

    assert event.title.split("«")[0] in text
    assert "Свободно 12 мест" in text


def test_neither_children_nor_groups_are_named() -> None:
    event = make.event()
    group = make.coming(event, organisations.school(name="Школа Тайная"), 3)

    text = Client().get(page(event)).content.decode() + Client().get("/p/").content.decode()

    assert "Тайная" not in text
    assert not any(place.learner.given_name in text for place in group.places.all())


def test_a_draft_is_not_there_even_for_its_host() -> None:
    event = make.event(state=Event.State.DRAFT)
    client = Client()
    client.force_login(people.account(event.host, "coordinator"))

    assert client.get(page(event)).status_code == 404
    assert event.title not in client.get("/p/").content.decode()


def test_a_full_event_says_so_at_once() -> None:
    event = make.event()
    before = Client().get(page(event)).content.decode()
    Event.objects.update(taken=12)

    after = Client().get(page(event)).content.decode()

    assert "Мест нет" not in before
    assert "Мест нет, есть лист ожидания" in after


def test_a_new_name_of_the_host_or_the_cluster_is_told_at_once() -> None:
    event = make.event()
    Client().get(page(event))
    Organisation.objects.update(short_name="Колледж «Заря»", name="Колледж «Заря»")
    Cluster.objects.update(name="Космос")

    after = Client().get(page(event)).content.decode()

    assert "Колледж «Заря»" in after
    assert "Космос" in after


def test_an_event_that_is_over_takes_nobody() -> None:
    event = make.event()
    Client().get(page(event))

    with clock.travel(event.ends_at + timedelta(minutes=1)):
        text = Client().get(page(event)).content.decode()

    assert "/register/" not in text


def test_a_kept_page_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    event = make.event()
    first = Client().get(page(event)).content
    monkeypatch.delattr(kept, "render_to_string")

    assert Client().get(page(event)).content == first


def test_a_kept_page_costs_one_query(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    event = make.event()
    Client().get(page(event))

    # The event; the rest are the scope set and put back and the savepoint of the test.
    with django_assert_max_num_queries(5):
        Client().get(page(event))


def test_what_one_visitor_is_told_is_not_kept_for_another() -> None:
    event = make.event()
    client = Client()
    client.cookies.load({"messages": "W1siX19qc29uX21lc3NhZ2UiLDAsMjUsIlx1MDQyMiJdXQ:x:y"})

    assert client.get(page(event)).content == Client().get(page(event)).content


def test_the_catalogue_finds_by_words_and_age() -> None:
    make.event(title="Роботы", grade_from=5, grade_to=8)
    make.event(title="Кораблики", grade_from=0, grade_to=0)

    def titles(query: str) -> set[str]:
        text = Client().get(f"/p/{query}").content.decode()
        return {title for title in ("Роботы", "Кораблики") if f">{title}<" in text}

    assert titles("") == {"Роботы", "Кораблики"}
    assert titles("?q=робот") == {"Роботы"}
    assert titles("?age=kg") == {"Кораблики"}
    assert titles("?age=senior") == set()


def titles(query: str) -> list[str]:
    """Return the events the catalogue shows for an address."""
    answer = Client().get(f"/p/?{query}")
    assert answer.status_code == 200
    cards = answer.content.decode().split('class="grid-cards"')[1:]
    return re.findall(r'<h3><a href="/p/e/[^"]+">([^<]+)</a>', "".join(cards))


def test_the_catalogue_finds_by_sector_and_by_place_with_all_in_it() -> None:
    district = organisations.district()
    there = network.cluster(territory=district, sector="automation")
    region = district.above
    assert region
    other = Territory.objects.create(kind="district", name="Морской район", above=region)
    make.event(cluster=there, title="Станки")
    make.event(cluster=network.cluster(territory=other, sector="chemistry"), title="Волны")

    assert titles("sector=automation") == ["Станки"]
    assert titles(f"place={district.public_id}") == ["Станки"]
    assert sorted(titles(f"place={region.public_id}")) == ["Волны", "Станки"]
    assert sorted(titles("sector=99&place=x")) == ["Волны", "Станки"]


def test_the_catalogue_finds_by_days_and_free_seats() -> None:
    saturday = datetime(2026, 11, 28, 20, 59, tzinfo=UTC)
    for days, title in ((0, "Суббота"), (1, "Воскресенье"), (2, "Понедельник")):
        start = saturday + timedelta(days=days)
        make.event(title=title, starts_at=start, ends_at=start + timedelta(hours=1))
    Event.objects.filter(title="Суббота").update(taken=12)

    with clock.travel(saturday - timedelta(days=3)):
        assert titles("since=29.11.2026") == ["Воскресенье", "Понедельник"]
        assert titles("until=28.11.2026") == ["Суббота"]
        assert titles("weekend=on") == ["Суббота", "Воскресенье"]
        assert titles("free=on&weekend=on") == ["Воскресенье"]
        assert len(titles("since=31.02.2026")) == 3


def test_filters_offer_only_what_events_to_come_have() -> None:
    make.event(cluster=network.cluster(sector="automation"))
    make.held(cluster=network.cluster(sector="chemistry"))

    form = Client().get("/p/").context["form"]

    assert [code for code, _name in form.fields["sector"].choices] == ["", "automation"]


def test_machines_read_what_an_event_is() -> None:
    event = make.event(title="Проба </script><b>", time_zone="Asia/Omsk", taken=3)

    read = linked_data(Client().get(page(event)).text)
    assert (read["@type"], read["name"]) == ("EducationEvent", event.title)
    assert datetime.fromisoformat(read["startDate"]) == event.starts_at
    assert read["startDate"].endswith("+06:00")
    assert read["eventStatus"] == "https://schema.org/EventScheduled"
    assert read["remainingAttendeeCapacity"] == 9
    assert read["offers"]["availability"] == "https://schema.org/InStock"
    assert "previousStartDate" not in read


def test_machines_are_told_that_an_event_was_moved_or_called_off() -> None:
    event = make.event()
    moved = {"moved_from": event.starts_at - timedelta(days=1), "moved_at": clock.now()}
    Event.objects.update(**moved, moved_why="Ремонт")
    event.refresh_from_db()

    assert linked(event)["eventStatus"] == "https://schema.org/EventRescheduled"
    assert linked(event)["previousStartDate"]
    event.state = Event.State.CANCELLED
    assert linked(event)["eventStatus"] == "https://schema.org/EventCancelled"
    assert linked(event)["offers"]["availability"] == "https://schema.org/SoldOut"


@pytest.mark.parametrize("query", ["?q=%27%22%3E%3Cscript%3E", "?age=x&after=y", "?q=%25_", "?x=1"])
def test_nasty_queries_are_answered(query: str) -> None:
    make.event()

    answer = Client().get(f"/p/{query}")

    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().split("<main")[1]


def test_the_catalogue_asks_once_for_all_cards(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(24):
        make.event(title=f"Событие {number}")

    # Events, what may be chosen of them; the rest are the scope and the savepoint of the test.
    with django_assert_max_num_queries(6):
        Client().get("/p/")
