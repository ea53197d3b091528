"""Organisations that stand in the register twice, as the operator meets them."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.desk.models.moved import MENDS, RELATIONS
from zveno.kernel.models import Entry
from zveno.organisations.models import Apart, Merger, Organisation, relations
from zveno.organisations.models.duplicates import Known, Why, among, core, is_slip
from zveno.organisations.tests import make
from zveno.people.models import Post
from zveno.people.tests import make as people

PAGE = "/duplicates/"


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(people.account(make.college(), Post.Role.OPERATOR))
    return client


def twins() -> tuple[Organisation, Organisation]:
    one = make.school(name="ГБОУ СОШ № 47 (пример)", inn="0010007742")
    return one, make.school(name="Школа №47 (пример)")


def known(name: str, **facts: object) -> Known:
    told = {"kind": "school", "inn": "", "ogrn": "", "email": "", "phone": "", "territory": 1}
    return Known(pk=hash(name) % 10**6, name=name, **(told | facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("ГБОУ СОШ № 5 (пример)", "Школа №5", [Why.NAME, Why.NUMBER]),
        ("Гимназия № 5", "Школа № 5", [Why.NUMBER]),
        ("Колледж «Парус»", "колледж  парус", [Why.NAME]),
        ("Технопарк «Кванториум»", "Технопарк «Кванториумм»", [Why.NAME]),
        ("Технопарк «Кванториум»", "Технопарк «Кавнториум»", [Why.NAME]),
        ("Школа № 5", "Школа № 15", []),
        ("Технопарк «Кванториум»", "Технопарк «Радуга»", []),
    ],
)
def test_names_that_are_nearly_the_same_are_suspected(one: str, other: str, why: list[Why]) -> None:
    found = among([known(one), known(other)])
    assert [list(each.reasons) for each in found] == ([why] if why else [])


@pytest.mark.parametrize(
    ("mine", "theirs", "suspicious"),
    [
        ({"territory": 1}, {"territory": 2}, 0),
        ({"inn": "0010007742"}, {"inn": "0010008489"}, 0),
        ({"inn": "0010007742", "ogrn": "1"}, {"inn": "0010008489", "ogrn": "1"}, 1),
        ({"kind": "school"}, {"kind": "preschool"}, 1),
    ],
)
def test_facts_speak_for_and_against(
    mine: dict[str, object], theirs: dict[str, object], suspicious: int
) -> None:
    found = among([known("Школа № 5", **mine), known("Школа №5 ", **theirs)])
    assert len(found) == suspicious


def test_an_address_that_many_share_is_nobodys_own() -> None:
    few = [known(name, email="a@example.org") for name in ("Лицей «А»", "Завод «Б»")]
    many = [*few, known("Театр «В»", email="a@example.org"), known("Д", email="a@example.org")]
    assert [one.reasons for one in among(few)] == [(Why.EMAIL,)]
    assert among(many) == []


def test_a_slip_is_one_sign() -> None:
    assert is_slip("радуга", "ралуга")
    assert is_slip("радуга", "радуг")
    assert is_slip("радуга", "рауга")
    assert not is_slip("радуга", "рудага")
    assert core("ГБОУ СОШ № 5 (пример)") == core("школа №5")


def test_every_relation_has_words() -> None:
    assert {str(one) for one in relations()} <= set(RELATIONS)
    assert set(MENDS) <= set(RELATIONS)


@pytest.mark.django_db
def test_twins_are_shown_compared_merged_and_made_two_again(operator: Client) -> None:
    one, other = twins()
    people.head(other)
    assert "почти одинаковые названия" in operator.get(PAGE).text.lower()

    preview = operator.get(f"{PAGE}{one.public_id}/{other.public_id}/")
    assert "Должности людей" in preview.text
    merged = operator.post(f"{PAGE}{one.public_id}/{other.public_id}/merge/", follow=True)
    merger = Merger.objects.get()
    assert f"{PAGE}mergers/{merger.public_id}/undo/" in merged.text
    assert "Объединён дубль" in merged.text
    again = operator.post(f"{PAGE}{one.public_id}/{other.public_id}/merge/", follow=True)
    assert again.redirect_chain[-1][0] == f"/organisations/{one.public_id}/"
    assert operator.get(f"/organisations/{other.public_id}/").url.endswith(f"{one.public_id}/")  # type: ignore[attr-defined]
    assert Entry.objects.latest("pk").verb == "organisations.merge"

    operator.post(f"{PAGE}mergers/{merger.public_id}/undo/", follow=True)
    assert Post.objects.get(role="head").organisation == other


@pytest.mark.django_db
def test_what_clashes_is_said_with_how_to_mend_it(operator: Client) -> None:
    one, other = twins()
    people.head(one)
    people.head(other)
    shown = operator.get(f"{PAGE}{one.public_id}/{other.public_id}/").text
    assert "Завершите одну из двух должностей" in shown
    assert "/merge/" not in shown
    answer = operator.post(f"{PAGE}{one.public_id}/{other.public_id}/merge/", follow=True)
    assert "У обеих есть то" in answer.text


@pytest.mark.django_db
def test_what_has_changed_since_is_named(operator: Client) -> None:
    one, other = twins()
    people.head(other)
    operator.post(f"{PAGE}{one.public_id}/{other.public_id}/merge/")
    Post.objects.filter(organisation=one).update(title="и. о. директора")
    answer = operator.post(f"{PAGE}mergers/{Merger.objects.get().public_id}/undo/", follow=True)
    assert "Изменилось: Должности людей" in answer.text


@pytest.mark.django_db
def test_who_is_told_apart_is_not_offered_again_until_it_is_forgotten(operator: Client) -> None:
    one, other = twins()
    told = f"{PAGE}{one.public_id}/{other.public_id}"
    operator.post(f"{told}/apart/", follow=True)
    assert "почти одинаковые" not in operator.get(PAGE).text.lower()
    operator.post(f"{told}/again/")
    assert not Apart.objects.exists()


@pytest.mark.django_db
def test_a_duplicate_is_chosen_by_its_number(operator: Client) -> None:
    one, other = twins()
    chosen = operator.get(f"{PAGE}{other.public_id}/", {"other": "0010007742"})
    assert chosen["Location"] == f"{PAGE}{other.public_id}/{one.public_id}/"
    assert operator.get(f"{PAGE}{other.public_id}/", {"other": "нет такой"}).status_code == 422


@pytest.mark.django_db
def test_pages_cost_few_questions(
    operator: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    one, other = twins()
    people.head(other)
    with django_assert_max_num_queries(14):
        operator.get(PAGE)
    with django_assert_max_num_queries(20):
        operator.get(f"{PAGE}{one.public_id}/{other.public_id}/")
