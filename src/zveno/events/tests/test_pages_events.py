"""Pages of events: the list, one event, its draft, its end."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.events.models import Event
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people
from zveno.plan.models import PlanItem
from zveno.plan.tests import make as plan

pytestmark = pytest.mark.django_db


def signed_in(organisation: Organisation, role: str = Post.Role.COORDINATOR) -> Client:
    client = Client()
    client.force_login(people.account(organisation, role))
    return client


def page(event: Event, step: str = "") -> str:
    return f"/e/{event.public_id}/{step}"


def typed(**changes: str) -> dict[str, str]:
    day = clock.today() + timedelta(days=7)
    return {
        "title": "Проба «Робот-следопыт»",
        "kind": "professional_trial",
        "lede": "Соберём робота",
        "day": f"{day:%d.%m.%Y}",
        "starts": "10:00",
        "ends": "12.00",
        "venue": "Лаборатория",
        "grade_from": "5",
        "grade_to": "8",
        "capacity": "12",
    } | changes


def test_the_menu_stands_in_the_cluster_of_the_event_and_in_the_section_of_events() -> None:
    event = make.event()
    network.cluster(event.host)
    other = network.cluster(event.host)
    make.event(cluster=other)

    shown = signed_in(event.host).get(page(Event.objects.get(cluster=other))).text

    switcher, menu = shown.split('class="switcher', 1)[1], shown.split("<nav", 1)[1]
    assert switcher.index(other.name) < switcher.index(event.cluster.name)
    assert 'href="/e/" aria-current="page"' in menu


def test_a_plan_item_becomes_a_draft_then_an_open_event() -> None:
    item = plan.item()
    client = signed_in(item.host)

    client.get(f"/plan/items/{item.public_id}/event/")
    draft = client.post(f"/plan/items/{item.public_id}/event/", typed(), follow=True)
    event = Event.objects.get()
    announced = client.post(page(event, "announce/"), follow=True)

    event.refresh_from_db()
    assert "Черновик" in draft.content.decode()
    assert "Идёт запись" in announced.content.decode()
    assert (event.state, event.grades) == (Event.State.OPEN, "5–8 классы")
    again = client.get(f"/plan/items/{item.public_id}/event/")
    assert again.headers["Location"] == page(event)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ends": "09:00"}, "Конец должен быть позже начала"),
        ({"day": "31.02.2027"}, "Такого дня нет"),
        ({"day": "28.11.2020"}, "Этот день уже прошёл"),
        ({"grade_from": "9", "grade_to": "5"}, "Первый класс не может быть старше"),
        ({"capacity": "0"}, "data-errsum"),
        ({"capacity": "99999999999999999999"}, "data-errsum"),
        ({"day": "31.12.9999"}, "слишком далеко"),
        ({"title": "\0"}, "U+0000"),
        ({"title": "Урок 漢字 😀"}, "нельзя напечатать: 字 漢 😀"),
        ({"kind": "wedding"}, "data-errsum"),
        ({"starts": "25:99"}, "data-errsum"),
    ],
)
def test_nonsense_is_answered_in_the_form(change: dict[str, str], words: str) -> None:
    item = plan.item()
    client = signed_in(item.host)

    answer = client.post(f"/plan/items/{item.public_id}/event/", typed(**change))

    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert "Лаборатория" in text
    assert not Event.objects.exists()


def test_a_name_in_several_lines_is_one_line_in_letters_and_lists() -> None:
    item = plan.item()
    name = "Экскурсия\r\nBcc: all@example.org\u2028в цех\u202e"

    signed_in(item.host).post(f"/plan/items/{item.public_id}/event/", typed(title=name))

    assert Event.objects.get().title == "Экскурсия Bcc: all@example.org в цех"


def test_a_draft_is_changed_and_the_item_moves() -> None:
    item = plan.item()
    client = signed_in(item.host)
    client.post(f"/plan/items/{item.public_id}/event/", typed())
    event = Event.objects.get()
    later = clock.today() + timedelta(days=8)

    client.get(page(event, "edit/"))
    client.post(page(event, "edit/"), typed(day=f"{later:%d.%m.%Y}", capacity="20"))

    event.refresh_from_db()
    assert event.capacity == 20
    assert PlanItem.objects.get().has_moved


def test_an_announced_event_is_not_changed() -> None:
    event = make.event()
    client = signed_in(event.host)

    assert client.get(page(event, "edit/")).status_code == 409
    assert client.post(page(event, "edit/"), typed()).status_code == 409


def test_the_host_sees_all_groups_and_a_school_its_own() -> None:
    event = make.event()
    own = make.group(event, organisations.school(name="Школа Своя"))
    make.group(event, organisations.school(name="Школа Чужая"))
    ours = signed_in(own.sender, Post.Role.REPRESENTATIVE)

    host = signed_in(event.host).get(page(event)).content.decode()
    school = ours.get(page(event)).content.decode()

    assert "Школа Своя" in host
    assert "Школа Чужая" in host
    assert "Школа Своя" in school
    assert "Школа Чужая" not in school
    assert "Наша группа" in school


def test_a_school_that_may_come_sees_the_button_and_the_host_does_not() -> None:
    event = make.event()

    school = signed_in(organisations.school(), Post.Role.REPRESENTATIVE).get(page(event))
    host = signed_in(event.host).get(page(event))

    assert "Записать группу" in school.content.decode()
    assert page(event, "register/") not in host.content.decode()


def test_a_draft_is_seen_by_its_host_alone() -> None:
    event = make.event(state=Event.State.DRAFT)

    assert signed_in(event.host).get(page(event)).status_code == 200
    assert signed_in(organisations.school()).get(page(event)).status_code == 404
    assert Client().get(page(event)).status_code == 302


def test_only_the_host_announces_and_closes() -> None:
    event, draft = make.event(), make.event(state=Event.State.DRAFT)
    stranger = signed_in(organisations.college())

    assert stranger.post(page(draft, "announce/")).status_code == 404
    assert stranger.post(page(event, "hold/")).status_code == 403
    assert signed_in(event.host).get(page(event, "hold/")).status_code == 405


def test_what_has_not_begun_is_not_closed() -> None:
    event = make.event()

    text = signed_in(event.host).post(page(event, "hold/"), follow=True).content.decode()

    event.refresh_from_db()
    assert "ещё не началось" in text
    assert event.state == Event.State.OPEN


def test_a_closed_event_offers_certificates() -> None:
    event = make.event(starts_at=clock.now() - timedelta(hours=3), ends_at=clock.now())
    client = signed_in(event.host)

    text = client.post(page(event, "hold/"), follow=True).content.decode()

    assert "Событие завершено" in text
    assert page(event, "certificates/") in text


def test_the_list_shows_a_section_at_a_time() -> None:
    cluster = network.cluster()
    make.event(cluster=cluster, title="Открытое")
    make.event(cluster=cluster, title="Задумано", state=Event.State.DRAFT)
    make.held(cluster=cluster, title="Прошедшее")
    client = signed_in(cluster.base)

    seen = {
        state: client.get(f"/e/?state={state}").content.decode() for state in ("", "draft", "held")
    }

    assert {state: "Открытое" in text for state, text in seen.items()} == {
        "": True,
        "draft": False,
        "held": False,
    }
    assert "Задумано" in seen["draft"]
    assert "Прошедшее" in seen["held"]


@pytest.mark.parametrize("state", ["", "held"])
def test_pages_of_the_list_show_each_event_once(state: str) -> None:
    cluster = network.cluster()
    way = make.held if state else make.event
    made = {way(cluster=cluster, title=f"Событие {number:02}!").title for number in range(45)}
    client, seen, query = signed_in(cluster.base), [], f"?state={state}"

    for _ in range(3):
        text = client.get(f"/e/{query}").content.decode()
        seen += [title for title in made if title in text]
        query = text.split('rel="next" href="')[-1].split('"')[0].replace("&amp;", "&")

    assert sorted(seen) == sorted(made)


@pytest.mark.parametrize(
    "query",
    [
        *("state=x", "after=x", "after=2026-13-99Z", "state=held&after=%D0%B0"),
        f"after=2026-11-28T10:00:00.0000000{'0' * 32}",
    ],
)
def test_a_damaged_query_shows_the_first_page(query: str) -> None:
    event = make.event()

    assert signed_in(event.host).get(f"/e/?{query}").status_code == 200


def test_the_list_asks_as_often_for_twenty_as_for_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    cluster = network.cluster()
    for number in range(20):
        make.event(cluster=cluster, title=f"Событие {number}")
    client = signed_in(cluster.base)

    with django_assert_max_num_queries(10):
        client.get("/e/")


def test_an_event_asks_as_often_for_ten_groups_as_for_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    event = make.event(capacity=60)
    for _ in range(10):
        make.group(event)
    client = signed_in(event.host)

    with django_assert_max_num_queries(11):
        client.get(page(event))
