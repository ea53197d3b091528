"""A member is chosen from the register: by name, number or INN, with script and without."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from zveno.network.models import Cluster, Membership
from zveno.network.tests import make
from zveno.organisations.models import Organisation, name_key
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
NAMES = ("ГБОУ СОШ № 147 (пример)", "ГБОУ школа № 47 (пример)", "Гимназия № 470 (пример)")


@pytest.fixture
def cluster() -> Cluster:
    return make.cluster()


@pytest.fixture
def schools() -> dict[str, Organisation]:
    numbers = ("0010007742", "0010009966", "")
    return {
        name: organisations.school(name=name, inn=inn)
        for name, inn in zip(NAMES, numbers, strict=True)
    }


@pytest.fixture
def visitor(client: Client, cluster: Cluster) -> Client:
    client.force_login(people.account(cluster.base, Post.Role.COORDINATOR))
    return client


def found(words: str) -> list[str]:
    rows = Organisation.objects.matching(words)
    return [row.name for row in rows]


@pytest.mark.usefixtures("schools")
def test_a_number_finds_its_school_first() -> None:
    assert found("47")[0] == "ГБОУ школа № 47 (пример)"
    assert set(found("47")) == set(NAMES)


@pytest.mark.usefixtures("schools")
@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("47 школа", NAMES[1]),
        ("гимназия", NAMES[2]),
        ("001000774", NAMES[0]),
        ("001 000 99", NAMES[1]),
        ("ubvyfpbz", NAMES[2]),
    ],
)
def test_words_in_any_order_an_inn_and_the_wrong_layout_find_one(words: str, name: str) -> None:
    assert found(words) == [name]


@pytest.mark.usefixtures("schools")
@pytest.mark.parametrize("words", ["", "  ", "№", "\0", "«»", "(.*", "нет такой", "я" * 5000])
def test_what_means_nothing_finds_nothing(words: str) -> None:
    assert found(words.replace("\0", "")) == []


@pytest.mark.usefixtures("schools")
def test_ten_lines_at_most_come_while_one_types(
    visitor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        organisations.school(name=f"Школа № {47_000 + number} (пример)")

    with django_assert_max_num_queries(7):
        page = visitor.get("/organisations/options/", {"q": "47"}).text

    assert page.count('role="option"') == 10
    assert page.index("№ 47 ") < page.index("№ 147")


def test_a_stranger_finds_nothing(client: Client, schools: dict[str, Organisation]) -> None:
    former = people.account(schools[NAMES[0]])
    Post.objects.all().delete()
    client.force_login(former)

    assert 'role="option"' not in client.get("/organisations/options/", {"q": "47"}).text


def address(cluster: Cluster) -> str:
    return reverse("network:choose_member", args=[cluster.public_id])


@pytest.mark.parametrize("typed", ["гимназия 470", "Гимназия № 470 (пример)"])
def test_what_is_unmistakable_needs_no_list(
    visitor: Client, cluster: Cluster, schools: dict[str, Organisation], typed: str
) -> None:
    answer = visitor.post(address(cluster), {"organisation": typed, "organisation-key": ""})

    assert answer["Location"] == reverse("network:members", args=[cluster.public_id])
    joined = Membership.objects.get(cluster=cluster, organisation=schools[NAMES[2]])
    assert joined.until is None


def test_of_several_one_is_chosen_on_the_page(
    visitor: Client, cluster: Cluster, schools: dict[str, Organisation]
) -> None:
    asked = visitor.post(address(cluster), {"organisation": "47"})
    key = schools[NAMES[1]].public_id

    taken = visitor.post(address(cluster), {"organisation": "47", "organisation-key": key})

    assert (asked.status_code, taken.status_code) == (422, 302)
    assert asked.text.count('name="organisation-key"') == 3
    assert 'value="47"' in asked.text


@pytest.mark.usefixtures("schools")
@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"organisation": ""},
        {"organisation": "\0"},
        {"organisation": "нет такой"},
        {"organisation": "47", "organisation-key": "not-a-key"},
        {"organisation": "47", "organisation-key": "\0"},
        {"organisation": "<script>alert(1)</script>"},
        {"organisation": "я" * 5000},
    ],
)
def test_what_names_none_is_said_in_the_form(
    visitor: Client, cluster: Cluster, typed: dict[str, str]
) -> None:
    answer = visitor.post(address(cluster), typed)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"organisation"}
    assert "<script>alert" not in answer.text


def test_only_who_coordinates_chooses(client: Client, cluster: Cluster) -> None:
    client.force_login(people.account())

    assert client.get(address(cluster)).status_code == 403


def test_a_folded_name_is_searched_as_it_is_kept(schools: dict[str, Organisation]) -> None:
    assert name_key("Ёлочка «№ 47»") == "елочка 47"
    assert found("школа «47»")[0] == schools[NAMES[1]].name
