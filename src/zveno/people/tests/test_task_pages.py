"""Pages of tasks: given by a form, chosen by filters, done in one press with undo."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.kernel import clock
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.actions import finish_task
from zveno.people.models import Account, Post, Task, actor_of
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


@pytest.fixture
def head(school: Organisation) -> Account:
    return people.account(school, Post.Role.HEAD)


@pytest.fixture
def page(client: Client, head: Account) -> Client:
    client.force_login(head)
    return client


def post_of(account: Account) -> Post:
    return Post.objects.get(person=account.person)


def typed(to: str, **changes: str) -> dict[str, str]:
    day = clock.today() + timedelta(days=5)
    fields = {"key": f"{uuid4()}", "text": "Проверить наборы", "to": to}
    return fields | {"due": f"{day:%d.%m.%Y}"} | changes


def test_a_form_sent_twice_gives_one_task(page: Client, school: Organisation) -> None:
    fields = typed(f"post:{post_of(people.account(school)).public_id}")

    answers = [page.post(reverse("people:give_task"), fields).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Task.objects.get().text == "Проверить наборы"


def test_a_role_is_offered_that_somebody_has(page: Client, school: Organisation) -> None:
    people.account(school, Post.Role.TEACHER)

    page.post(reverse("people:give_task"), typed(f"role:{school.public_id}:teacher"))

    assert Task.objects.get().role == "teacher"


@pytest.mark.parametrize(
    "wrong", [{"to": "post:nobody"}, {"due": "01.01.2020"}, {"due": "когда-нибудь"}, {"text": ""}]
)
def test_what_cannot_be_keeps_what_was_typed(
    page: Client, head: Account, wrong: dict[str, str]
) -> None:
    answer = page.post(
        reverse("people:give_task"), typed(f"post:{post_of(head).public_id}") | wrong
    )

    assert answer.status_code == 422
    assert wrong.get("text", "Проверить наборы") in answer.text
    assert not Task.objects.exists()


def test_filters_choose(page: Client, head: Account, school: Organisation) -> None:
    own, other = post_of(head), post_of(people.account(school))
    today = clock.today()
    people.task(own, text="Своя")
    people.task(own, text="Старая", due=today - timedelta(days=1))
    people.task(other, text="Чужая")
    done = people.task(own, text="Готовая")
    finish_task(actor_of(head), done.public_id)

    def shown(query: str) -> set[str]:
        text = page.get(f"{reverse('people:tasks')}{query}").text
        return {name for name in ("Своя", "Старая", "Чужая", "Готовая") if name in text}

    assert shown("") == {"Своя", "Старая"}
    assert shown("?whose=all") == {"Своя", "Старая", "Чужая"}
    assert shown("?due=overdue") == {"Старая"}
    assert shown("?state=done") == {"Готовая"}
    assert shown("?whose=given") == set()
    assert shown("?whose=\ud7ff&state=x&due=y") == {"Своя", "Старая"} | {"Готовая"}


def test_done_in_one_press_and_back_by_another(page: Client, head: Account) -> None:
    task = people.task(post_of(head))

    done = page.post(
        reverse("people:finish_task", args=[task.public_id]),
        {"back": "whose=all&x=\n"},
        follow=True,
    )
    undo = reverse("people:reopen_task", args=[task.public_id])

    assert done.redirect_chain[0][0].startswith("/tasks/?whose=all")
    assert f'action="{undo}"' in done.text
    page.post(undo)
    task.refresh_from_db()
    assert task.is_open


def test_buttons_are_those_the_verbs_allow(client: Client, school: Organisation) -> None:
    teacher = people.account(school, Post.Role.TEACHER)
    own = people.task(post_of(teacher))
    other = people.task(post_of(people.account(school)))
    client.force_login(teacher)

    text = client.get(f"{reverse('people:tasks')}?whose=all").text

    assert reverse("people:finish_task", args=[own.public_id]) in text
    assert reverse("people:drop_task", args=[own.public_id]) not in text
    assert reverse("people:finish_task", args=[other.public_id]) not in text


def test_the_table_is_taken_away_as_chosen(page: Client, head: Account) -> None:
    people.task(post_of(head), text="=СУММ(A1)")
    people.task(post_of(head), text="Старая", due=clock.today() - timedelta(days=1))

    rows = page.get(reverse("people:export_tasks", args=["csv"]) + "?due=overdue").text

    assert "Старая" in rows
    assert "СУММ" not in rows


def test_the_list_asks_few_questions_however_long(
    page: Client, head: Account, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        people.task(post_of(head))
    page.get(reverse("people:tasks"))

    with django_assert_max_num_queries(10):
        page.get(reverse("people:tasks"))
