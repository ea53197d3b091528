"""The page of terms: numbers without names, for who answers for children and for the operator."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.kernel import clock
from zveno.learners.models import Hold, Learner, Numbers
from zveno.learners.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
PAGE = "/learners/retention/"
WITHOUT = "children_without_consent"


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


@pytest.fixture
def child(school: Organisation) -> Learner:
    return make.learner(school, grade=40)


@pytest.fixture
def deputy(school: Organisation, client: Client) -> Client:
    client.force_login(people.account(school))
    return client


def over(client: Client, code: str = "children_who_left") -> int:
    rows: list[Numbers] = client.get(PAGE).context["rows"]
    return next(row.over for row in rows if row.category.code == code)


def said(school: Organisation, **changes: object) -> dict[str, object]:
    until = clock.today() + timedelta(days=20)
    facts = {"whose": school.public_id, "category": "", "until": f"{until:%d.%m.%Y}"}
    return facts | {"reason": "Запрос прокуратуры"} | changes


def test_a_school_sees_numbers_of_its_own(deputy: Client, child: Learner) -> None:
    make.learner(grade=40)

    assert over(deputy) == 1
    page = deputy.get(PAGE).content.decode()
    assert child.family_name not in page
    assert "152-ФЗ" in page


def test_the_operator_sees_numbers_of_all(client: Client, child: Learner) -> None:
    make.learner(grade=40)
    client.force_login(people.account(organisations.college(), Post.Role.OPERATOR))

    assert over(client) == 2


@pytest.mark.parametrize("role", [Post.Role.TEACHER, Post.Role.COORDINATOR, Post.Role.AUDITOR])
def test_nobody_else_sees_it(client: Client, school: Organisation, role: str) -> None:
    client.force_login(people.account(school, role))

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, said(school)).status_code == 403


def test_a_hold_is_said_and_lifted(deputy: Client, school: Organisation, child: Learner) -> None:
    deputy.post(PAGE, said(school))
    held = over(deputy)
    hold = Hold.objects.get()

    deputy.post(f"{PAGE}{hold.public_id}/lift/")

    assert (held, over(deputy)) == (0, 1)


def test_a_refused_hold_keeps_what_was_typed(deputy: Client, school: Organisation) -> None:
    answer = deputy.post(PAGE, said(school, until="01.01.2020"))

    assert answer.status_code == 422
    assert "Запрос прокуратуры" in answer.content.decode()
    assert not Hold.objects.exists()


def test_a_school_cannot_hold_what_others_keep(deputy: Client, school: Organisation) -> None:
    for whose in (organisations.school().public_id, "everywhere"):
        assert deputy.post(PAGE, said(school, whose=whose)).status_code == 422


def test_the_operator_holds_everywhere_and_schools_see_it(
    client: Client, school: Organisation, child: Learner
) -> None:
    client.force_login(people.account(organisations.college(), Post.Role.OPERATOR))
    client.post(PAGE, said(school, whose="everywhere"))
    client.force_login(people.account(school))

    page = client.get(PAGE)

    assert [(hold.everywhere, lifts) for hold, lifts in page.context["holds"]] == [(True, False)]
    assert over(client) == 0


def test_the_page_asks_little(
    deputy: Client, child: Learner, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(32):
        deputy.get(PAGE)
