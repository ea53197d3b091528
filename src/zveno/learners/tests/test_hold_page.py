"""One child whose data stay for now: held from its card with a reason, let go from there."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.kernel import clock
from zveno.learners.actions import ErasureHeld, destroy
from zveno.learners.models import Hold, Learner
from zveno.learners.tests import make
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
WHY = "Запрос прокуратуры"


@pytest.fixture
def child() -> Learner:
    return make.learner()


@pytest.fixture
def deputy(child: Learner, client: Client) -> Client:
    client.force_login(people.account(child.owner))
    return client


def page_of(child: Learner, part: str = "hold/") -> str:
    return f"/learners/{child.public_id}/{part}"


def said(**changes: str) -> dict[str, str]:
    until = clock.today() + timedelta(days=20)
    return {"until": f"{until:%d.%m.%Y}", "reason": WHY} | changes


def test_a_child_is_held_from_its_card_and_let_go_there(deputy: Client, child: Learner) -> None:
    answer = deputy.post(page_of(child), said())
    hold = Hold.objects.get()
    card = deputy.get(page_of(child, "")).content.decode()

    assert answer.headers["Location"] == page_of(child, "")
    assert (hold.learner, hold.organisation, hold.category) == (child, child.owner, "")
    assert hold.last_day == clock.today() + timedelta(days=20)
    assert WHY in card
    with pytest.raises(ErasureHeld):
        destroy(
            people.actor(child.owner),
            child.owner.public_id,
            learners=[child.public_id],
            why="left",
        )

    answer = deputy.post(f"/learners/retention/{hold.public_id}/lift/", {"card": ""})

    assert answer.headers["Location"] == page_of(child, "")
    assert not Hold.objects.live().exists()


def test_a_hold_lifted_among_all_leads_back_to_them(deputy: Client, child: Learner) -> None:
    hold = make.hold(child.owner, learner=child, category="")

    answer = deputy.post(f"/learners/retention/{hold.public_id}/lift/")

    assert answer.headers["Location"] == "/learners/retention/"


@pytest.mark.parametrize("said_wrong", [{"reason": "да"}, {"until": "01.01.2020"}, {"until": ""}])
def test_a_refused_hold_keeps_what_was_typed(
    deputy: Client, child: Learner, said_wrong: dict[str, str]
) -> None:
    answer = deputy.post(page_of(child), said(**said_wrong))

    assert answer.status_code == 422
    assert all(words in answer.content.decode() for words in said_wrong.values())
    assert not Hold.objects.exists()


@pytest.mark.parametrize("role", [Post.Role.TEACHER, Post.Role.OPERATOR])
def test_who_does_not_answer_for_the_child_holds_nothing(
    client: Client, child: Learner, role: str
) -> None:
    client.force_login(people.account(child.owner, role))
    assert client.post(page_of(child), said()).status_code == 403
    client.force_login(people.account(organisations.school()))
    assert client.post(page_of(child), said()).status_code == 404


def test_the_card_with_a_hold_asks_little(
    deputy: Client, child: Learner, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        make.hold(child.owner, learner=child, category="")

    with django_assert_max_num_queries(18):
        deputy.get(page_of(child, ""))
    with django_assert_max_num_queries(14):
        deputy.get(page_of(child))
