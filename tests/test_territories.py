"""The operator adds a district where it is missing; nobody else does."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.kernel.actor import SYSTEM
from zveno.kernel.models import Entry
from zveno.organisations.actions import lay_ground
from zveno.organisations.models import Territory
from zveno.organisations.tests import make
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
PAGE = "/territories/"


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(people.account(make.college(), Post.Role.OPERATOR))
    country = Territory.objects.get(kind=Territory.Kind.COUNTRY)
    lay_ground(SYSTEM, country.public_id)
    return client


def pskov() -> Territory:
    return Territory.objects.get(name="Псковская область")


def typed(**changes: str) -> dict[str, str]:
    return {"region": str(pskov().public_id), "name": "Гдовский район"} | changes


def test_a_district_is_added_and_papers_know_how_to_write_it(operator: Client) -> None:
    answer = operator.post(PAGE, typed(), follow=True)

    assert answer.redirect_chain == [(f"{PAGE}?region={pskov().public_id}", 302)]
    assert "Гдовского района" in answer.content.decode()
    assert Entry.objects.latest("pk").verb == "organisations.add_territory"


def test_what_the_rule_does_not_know_is_written_as_the_operator_says(operator: Client) -> None:
    operator.post(PAGE, typed(name="Великие Луки", genitive="города Великие Луки"))

    assert pskov().below.get().genitive == "города Великие Луки"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": ""}, "Обязательное поле"),
        ({"name": "Гдовский\x00район"}, "Символы"),
        ({"name": "я" * 201}, "не более 200"),
        ({"region": ""}, "Обязательное поле"),
        ({"region": "not-a-key"}, "Выберите корректный вариант"),
    ],
)
def test_what_cannot_be_is_said_in_the_form(
    operator: Client, changes: dict[str, str], says: str
) -> None:
    answer = operator.post(PAGE, typed(**changes))

    assert (answer.status_code, pskov().below.count()) == (422, 0)


def test_a_district_stands_in_the_list_once(operator: Client) -> None:
    operator.post(PAGE, typed())

    answer = operator.post(PAGE, typed())

    assert answer.status_code == 422
    assert "уже" in answer.context["form"].errors["name"][0]


def test_page_lists_regions_with_their_districts(
    operator: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        rows = operator.get(PAGE).context["rows"]

    assert (len(rows), {row.districts for row in rows if row.name == "Москва"}) == (89, {12})


@pytest.mark.parametrize("question", ["?region=x", "?region=%00", "?region="])
def test_a_region_that_is_none_shows_all(operator: Client, question: str) -> None:
    assert operator.get(PAGE + question).status_code in {200, 400}


def test_a_coordinator_adds_none(client: Client) -> None:
    client.force_login(people.account(make.college(), Post.Role.COORDINATOR))

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"name": "Гдовский район"}).status_code == 403
