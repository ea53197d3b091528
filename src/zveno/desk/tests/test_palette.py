"""Find or do: what one may see and do, in any layout, the words in no address."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.world import World
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
TITLE = "Сборка роботов"


def asked(world: World, who: str, words: str, **headers: str) -> str:
    client = Client()
    account = world.who[who]
    assert account
    client.force_login(account)
    return client.post("/find/", {"q": words}, headers=headers).text


@pytest.fixture
def world() -> World:
    made = World()
    made.event.title = TITLE
    made.event.save()
    return made


@pytest.mark.parametrize("words", ["сборка", "РОБОТ", "c,jhrf", "роботов сборка"])
def test_event_is_found_in_any_order_case_and_layout(world: World, words: str) -> None:
    assert f"/e/{world.event.public_id}/" in asked(world, "deputy_a", words)


def test_organisation_is_found_by_its_number_and_its_inn(world: World) -> None:
    world.school_a.inn = "0010009966"
    world.school_a.save()
    number = str(world.school_a).split("№ ")[1].split()[0]
    place = f"/organisations/{world.school_a.public_id}/"

    assert place in asked(world, "deputy_a", number)
    assert place in asked(world, "deputy_a", world.school_a.inn)


def test_draft_agreement_is_found_by_who_leads_it_alone(world: World) -> None:
    draft = f"/a/{world.draft.public_id}/"

    assert draft in asked(world, "coordinator", "черновик")
    assert draft not in asked(world, "deputy_a", "черновик")


def test_deeds_are_offered_to_whom_they_are_allowed(world: World) -> None:
    add = f"/c/{world.cluster.public_id}/members/add/"

    assert add in asked(world, "coordinator", "lj,fdbnm exfcnybrjd")
    assert add not in asked(world, "deputy_a", "добавить участников")


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("jhufybpfwbb", "/organisations/"),
        ("уведомления", "/notices/"),
        ("пароль", "/account/password/"),
        ("пригласить", "/people/"),
        ("токен", "/tokens/"),
        ("загрузить", "/organisations/import/"),
    ],
)
def test_every_room_is_found_by_what_is_done_there(world: World, words: str, address: str) -> None:
    assert f'href="{address}"' in asked(world, "coordinator", words)


def test_who_does_not_operate_is_not_led_to_what_is_closed(world: World) -> None:
    assert 'href="/jobs/"' not in asked(world, "coordinator", "работу звена")
    assert 'href="/journal/"' not in asked(world, "coordinator", "журнал")
    assert 'href="/organisations/import/"' not in asked(world, "deputy_a", "загрузить")


def test_operator_is_led_to_what_operators_do(world: World) -> None:
    client = Client()
    client.force_login(people.account(world.college, Post.Role.OPERATOR))

    assert 'href="/territories/"' in client.post("/find/", {"q": "hfqjy"}).text


def test_organisation_of_no_cluster_of_mine_is_found_in_the_register(world: World) -> None:
    number = str(world.school_c).split("№ ")[1].split()[0]

    assert f"/organisations/{world.school_c.public_id}/" in asked(world, "deputy_a", number)


def test_child_is_never_found(world: World) -> None:
    assert world.child.family_name not in asked(world, "deputy_a", world.child.given_name)


def test_fragment_has_the_list_alone(world: World) -> None:
    shown = asked(world, "deputy_a", "сборка", **{"hx-request": "true"})

    assert "<html" not in shown
    assert 'role="option"' in shown


@pytest.mark.parametrize("words", ["", " ", "%", "_", "\0", "'", "я" * 500, "<b>", "\\"])
def test_any_words_have_an_answer(world: World, words: str) -> None:
    assert "Найти или сделать" in asked(world, "deputy_a", words)


def test_search_asks_little(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    client.force_login(world.who["coordinator"])  # type: ignore[arg-type]

    with django_assert_max_num_queries(16):
        client.post("/find/", {"q": "школа"}, headers={"hx-request": "true"})
