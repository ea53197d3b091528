"""Pages of the August check: one screen of a member, the list of its coordinator."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.kernel import clock
from zveno.network.models import Cluster, YearCheck, check_year
from zveno.network.tests import make
from zveno.network.tests.visitors import visitor
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def cluster() -> Cluster:
    return make.cluster()


@pytest.fixture
def school(cluster: Cluster) -> Organisation:
    school = make.member(cluster)
    people.head(school, family_name="Белов", given_name="Кирилл")
    return school


@pytest.fixture
def host(client: Client, cluster: Cluster) -> Client:
    client.force_login(people.account(cluster.base, Post.Role.COORDINATOR))
    return client


def typed(**changes: str) -> dict[str, str]:
    fields = {"family_name": "Белов", "given_name": "Кирилл", "post": "директор"}
    return fields | {"basis": "Устав", "learners": "640", "teachers": "52"} | changes


def page(of: Organisation) -> str:
    return reverse("network:check", args=[of.public_id])


def listed(of: Cluster, query: str = "") -> str:
    return reverse("network:checks", args=[of.public_id]) + query


def test_one_press_confirms_what_was_said_last_year(school: Organisation) -> None:
    deputy = visitor(school)
    year = clock.today().year - 2
    last = {"learners": 640, "teachers": 52, "basis": "Устав", "checked_at": clock.now()}
    make.check(school, year=year, **last)
    form = deputy.get(page(school)).context["form"]

    deputy.post(page(school), {one.name: one.value() or "" for one in form})

    assert YearCheck.objects.latest("year").learners == 640
    assert Post.objects.filter(organisation=school, role="head").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        *({"learners": ""}, {"learners": "-1"}, {"teachers": "много"}, {"family_name": ""}),
        *({"basis": ""}, {"phone": "12"}, {"site": "не адрес"}, {"email": "@"}),
    ],
)
def test_what_cannot_be_keeps_what_was_typed(school: Organisation, wrong: dict[str, str]) -> None:
    answer = visitor(school).post(page(school), typed(address="Новая улица, 5") | wrong)

    assert answer.status_code == 422
    assert "Новая улица, 5" in answer.text
    assert not YearCheck.objects.exists()


def test_a_head_who_signs_in_stands_there_and_stays(school: Organisation) -> None:
    Post.objects.filter(organisation=school).delete()
    people.account(school, Post.Role.HEAD)

    visitor(school).post(page(school), typed(family_name="Сидоров"))

    assert str(Post.objects.get(organisation=school, role="head").person).startswith("Петрова")
    assert YearCheck.objects.exists()


def test_the_home_page_waits_until_it_is_done(school: Organisation) -> None:
    deputy = visitor(school)
    make.check(school)
    assert page(school) in deputy.get("/").text

    deputy.post(page(school), typed())

    assert page(school) not in deputy.get("/").text


def test_a_coordinator_sees_who_has_confirmed(host: Client, cluster: Cluster) -> None:
    done, waits, free = (make.member(cluster) for _ in range(3))
    make.check(done, basis="Устав", checked_at=clock.now(), learners=3, teachers=7)
    make.check(waits)

    def shown(state: str) -> set[str]:
        text = host.get(listed(cluster, f"?state={state}")).text
        return {one.name for one in (done, waits, free) if one.name in text}

    assert shown("") == {done.name, waits.name, free.name}
    assert shown("confirmed") == {done.name}
    assert shown("waiting") == {waits.name}
    assert shown("unasked") == {free.name}
    text = host.get(listed(cluster)).text
    assert "Подтвердили: 1 из 3" in text
    assert "меньше 5" in text


def test_the_table_tells_what_the_filter_leaves(host: Client, cluster: Cluster) -> None:
    done, waits = make.member(cluster), make.member(cluster)
    make.check(done, basis="Устав", checked_at=clock.now(), learners=3, teachers=7)
    address = reverse("network:export_checks", args=[cluster.public_id, "csv"])

    table = host.get(f"{address}?state=confirmed").content.decode("utf-8-sig")

    assert done.name in table
    assert waits.name not in table
    assert "меньше 5" in table


def test_earlier_years_are_shown_and_taken_away(host: Client, cluster: Cluster) -> None:
    done, late, new = (make.member(cluster) for _ in range(3))
    year = check_year(clock.today()) - 1
    make.check(done, year=year, basis="Устав", checked_at=clock.now(), learners=3, teachers=71)
    make.check(late, year=year)
    make.check(new, year=year + 1)

    now = host.get(listed(cluster)).text
    then = host.get(listed(cluster, f"?year={year}")).text
    address = reverse("network:export_checks", args=[cluster.public_id, "csv"])
    table = host.get(f"{address}?year={year}&state=confirmed").content.decode("utf-8-sig")

    assert f'href="{listed(cluster)}?year={year}"' in now
    assert "Подтвердили: 1 из 2" in now
    assert "Подтвердили: 1 из 2" in then
    assert f'href="{listed(cluster)}?year={year + 1}"' in then
    assert (new.name in then, "Спросить" in then, "за них" in then) == (False, False, False)
    assert done.name in table
    assert ";меньше 5;71" in table
    assert late.name not in table


@pytest.mark.parametrize("asked", ["1", "9999", "x", "2" * 5000, "٢٠٢٥", "-2025"])
def test_what_is_no_earlier_year_is_this_one(host: Client, cluster: Cluster, asked: str) -> None:
    house = make.member(cluster)

    assert house.name in host.get(listed(cluster, f"?year={asked}")).text


def test_a_year_in_which_nobody_was_asked_leads_back(host: Client, cluster: Cluster) -> None:
    make.member(cluster)

    text = host.get(listed(cluster, "?year=2001")).text

    assert "В том году никого не спрашивали" in text
    assert f'<a class="btn" href="{listed(cluster)}">' in text


def test_asked_twice_is_told(host: Client, cluster: Cluster, school: Organisation) -> None:
    address = reverse("network:ask_to_check", args=[cluster.public_id])

    assert host.post(address).status_code == 302
    assert "Спросить тех" not in host.get(listed(cluster)).text
    assert host.post(address).status_code == 409
    assert YearCheck.objects.get().organisation == school


def test_the_list_asks_few_questions(
    host: Client, cluster: Cluster, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        make.check(make.member(cluster, organisations.organisation("preschool")))

    with django_assert_max_num_queries(13):
        host.get(listed(cluster))


def test_the_screen_asks_few_questions(
    school: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    deputy = visitor(school)

    with django_assert_max_num_queries(14):
        deputy.get(page(school))
