"""The search: of every kind what one may open and nothing else, by any form, number or slip."""

import logging
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.world import CANARY, World, present
from zveno.documents.tests import make as documents
from zveno.events.tests import make as events
from zveno.network.tests import make as network
from zveno.organisations.models import name_key
from zveno.organisations.tests import make as organisations
from zveno.people.models import Person, Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
LINE = re.compile(r'<li><a href="([^"]+)">([^<]*)</a>')
CAST = ("coordinator", "teacher", "head_a", "deputy_a", "deputy_b", "foreign", "outsider", "former")
WORDS = (
    *("школа", "колледж", "кластер", "петрова", "черновик", "соглашение", "договор", "сборка"),
    *("программа", "приказ", "1", "2026-1", "сетевой", "арина", CANARY, "проба", "экскурсия"),
)


@pytest.fixture
def world() -> World:
    return World()


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(present(world.who[who]))
    return client


def found(client: Client, words: str, **fields: str) -> list[tuple[str, str]]:
    page = client.post("/find/", {"q": words} | fields).text
    return LINE.findall(page.split("<main")[1])


@pytest.mark.parametrize("who", CAST)
def test_whatever_is_found_opens(world: World, who: str) -> None:
    client = signed_in(world, who)
    addresses = {url for words in WORDS for url, _title in found(client, words)}

    closed = {url: client.get(url).status_code for url in addresses}

    assert len(addresses) > 3
    assert {url: status for url, status in closed.items() if status not in {200, 302}} == {}


@pytest.mark.parametrize("who", CAST)
def test_nobody_finds_a_child(world: World, who: str) -> None:
    client = signed_in(world, who)

    assert not [one for one in found(client, CANARY) if "/e/" not in one[0]]


def test_organisation_is_found_by_its_number_before_others(world: World) -> None:
    for name in ("Школа № 147", "Школа № 47", "Школа № 470"):
        organisations.school(name=name, name_key=name_key(name))

    titles = [title for _url, title in found(signed_in(world, "deputy_a"), "47")]

    assert titles[0] == "Школа № 47"
    assert not {"Школа № 147", "Школа № 470"} & set(titles)


@pytest.mark.parametrize("typed", ["5550147", "555-01-47", "8 812 555 01 47", "0147", "тел 550147"])
def test_organisation_is_found_by_the_tail_of_its_telephone(world: World, typed: str) -> None:
    organisations.school(name="Лицей Восход", name_key="лицей восход", phone="+78125550147")

    assert "Лицей Восход" in str(found(signed_in(world, "deputy_a"), typed))


@pytest.mark.parametrize("typed", ["7801234567", "78012345", "1027801234567", "ИНН 7801234567"])
def test_organisation_is_found_by_inn_and_ogrn(world: World, typed: str) -> None:
    numbers = {"inn": "7801234567", "ogrn": "1027801234567"}
    organisations.school(name="Лицей Восход", name_key="лицей восход", **numbers)

    assert "Лицей Восход" in str(found(signed_in(world, "deputy_a"), typed))


def test_organisation_of_my_cluster_stands_before_its_namesakes(world: World) -> None:
    far = organisations.school(name="Школа Заря", name_key="а школа заря")
    near = organisations.school(name="Школа Заря", name_key="школа заря")
    network.member(world.cluster, near)

    urls = [url for url, _title in found(signed_in(world, "deputy_a"), "заря")]

    assert urls[:2] == [f"/organisations/{one.public_id}/" for one in (near, far)]


def test_of_more_than_are_put_in_order_mine_and_those_called_so_stand_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        organisations.school(name=f"Школа Зарянка {number}", name_key=f"школа зарянка {number}")
    called = organisations.school(name="Школа Зарян", name_key="школа зарян")
    mine = organisations.school(name="Школа Зарянская", name_key="школа зарянская")
    network.member(world.cluster, mine)
    monkeypatch.setattr("zveno.organisations.models.finding.MOST", 2)

    urls = [url for url, _title in found(signed_in(world, "coordinator"), "школа зарян")]

    assert urls[:2] == [f"/organisations/{one.public_id}/" for one in (called, mine)]


@pytest.mark.parametrize("typed", ["Зимородкову", "зимор", "Софьей Зимородковой", "pbvjhjl"])
def test_work_contact_is_found_by_any_form_and_part_of_the_name(world: World, typed: str) -> None:
    people.head(world.school_c, family_name="Зимородкова", given_name="Софья")

    (line,) = found(signed_in(world, "deputy_a"), typed)

    assert line[0] == f"/organisations/{world.school_c.public_id}/"
    assert line[1].startswith("Зимородкова Софья")


def test_who_holds_no_post_any_more_is_not_found(world: World) -> None:
    gone = people.head(world.school_c, family_name="Зимородкова")
    Post.objects.filter(person=gone).delete()

    assert not found(signed_in(world, "deputy_a"), "зимородкова")
    assert not found(signed_in(world, "former"), "петрова")


def test_name_with_the_letter_yo_is_found_without_it(world: World) -> None:
    Person.objects.filter(pk=people.head(world.school_c).pk).update(family_name="Королёв")

    assert found(signed_in(world, "deputy_a"), "королев")


def test_cluster_of_others_is_found_below_my_own(world: World) -> None:
    urls = [url for url, _title in found(signed_in(world, "deputy_a"), "кластер")]

    own, *others = [url for url in urls if url.startswith("/c/")]
    assert own == f"/c/{world.cluster.public_id}/"
    assert f"/c/{world.other_cluster.public_id}/" in others


def test_agreement_is_found_by_its_number(world: World) -> None:
    number = world.in_force.number = documents.number(world.college)
    world.in_force.save()
    address = f"/a/{world.in_force.public_id}/"

    for typed in (f"№ 00{number.number}", f"2026-{number.number}"):
        assert address in dict(found(signed_in(world, "deputy_a"), typed))
        assert address not in dict(found(signed_in(world, "outsider"), typed))


def test_line_of_a_book_is_found_where_the_books_are_kept(world: World) -> None:
    words = world.by_hand.subject
    line = f"/papers/{world.college.public_id}/books/"

    assert line in str(found(signed_in(world, "coordinator"), words))
    assert line not in str(found(signed_in(world, "teacher"), words))
    assert line not in str(found(signed_in(world, "foreign"), words))


def test_programme_is_found_by_who_takes_part(world: World) -> None:
    address = f"/programmes/{world.programme.public_id}/"

    assert address in dict(found(signed_in(world, "deputy_a"), world.programme.number))
    assert address not in dict(found(signed_in(world, "foreign"), world.programme.number))


def test_slip_of_the_keys_is_forgiven_and_said(world: World) -> None:
    event = events.event(cluster=world.cluster, title="Робототехника для шестых классов")
    client = signed_in(world, "deputy_a")

    page = client.post("/find/", {"q": "робототехнека"}).text

    assert f"/e/{event.public_id}/" in page
    assert "Ровно так ничего не называется" in page


def test_kind_is_shown_whole_when_asked_for(world: World) -> None:
    for number in range(9):
        name = f"Гимназия Полюс {number}"
        organisations.school(name=name, name_key=name_key(name))
    client = signed_in(world, "deputy_a")

    assert len(found(client, "полюс")) == 6
    assert "Показать больше: организации" in client.post("/find/", {"q": "полюс"}).text
    assert len(found(client, "полюс", kind="organisations")) == 9


def test_words_looked_for_stand_in_no_log_and_no_address(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = signed_in(world, "deputy_a").post("/find/", {"q": "Зимородкова"})

    told = [one.getMessage() for one in caplog.records if not one.name.startswith("django.db")]

    assert "имородков" not in "".join(told)
    assert answer.status_code == 200


def test_a_page_of_every_kind_asks_little(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(world, "coordinator")

    with django_assert_max_num_queries(22):
        client.post("/find/", {"q": "ничегошеньки"})
