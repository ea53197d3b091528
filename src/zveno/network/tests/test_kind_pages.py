"""Pages of the kinds: the question, what a kind asks for, the filter of the list."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from zveno.network.actions import Share
from zveno.network.models import SHAPES, Agreement, Cluster
from zveno.network.tests import make
from zveno.network.tests.visitors import Visitor, visitor
from zveno.organisations.models import Organisation
from zveno.people.models import Post

pytestmark = pytest.mark.django_db
Budget = Callable[[int], AbstractContextManager[Any]]
TERMS = {
    "title": "Договор",
    "place": "Санкт-Петербург",
    "dated": "20.11.2026",
    "valid_until": "20.11.2027",
}


@pytest.fixture
def cluster() -> Cluster:
    return make.cluster()


@pytest.fixture
def school(cluster: Cluster) -> Organisation:
    return make.member(cluster)


def coordinator(cluster: Cluster) -> Visitor:
    return visitor(cluster.base, Post.Role.COORDINATOR)


def contract(cluster: Cluster, school: Organisation, **facts: str) -> dict[str, Any]:
    about = make.subject(school, cluster.base, **facts)
    return {**TERMS, **about.facts, **make.sides_form(*about.shares)}


def address(cluster: Cluster, kind: str = "network_form") -> str:
    return f"/c/{cluster.public_id}/agreements/new/{kind}/"


def test_question_shows_what_follows_from_each_answer(
    cluster: Cluster, school: Organisation, django_assert_max_num_queries: Budget
) -> None:
    client = coordinator(cluster)

    with django_assert_max_num_queries(12):
        answer = client.get(f"/c/{cluster.public_id}/agreements/new/")

    page = answer.content.decode()
    assert "будет ли партнёр учить детей по утверждённой программе?" in page
    assert "Нужно соглашение о сотрудничестве" in page
    assert "Нужен договор о сетевой форме" in page
    assert address(cluster) in page
    assert address(cluster, "memorandum") in page


def test_contract_is_drawn_from_one_page(
    cluster: Cluster, school: Organisation, django_assert_max_num_queries: Budget
) -> None:
    client = coordinator(cluster)
    with django_assert_max_num_queries(12):
        assert client.get(address(cluster)).status_code == 200

    answer = client.post(address(cluster), contract(cluster, school))

    drawn = Agreement.objects.get()
    assert answer.status_code == 302
    assert (drawn.kind, drawn.facts) == ("network_form", make.PROGRAMME)
    page = client.get(f"/a/{drawn.public_id}/").content.decode()
    assert "Договор о сетевой форме" in page
    assert "Ведёт: практика, 72 часа" in page


def test_what_was_typed_stays_when_something_is_missing(
    cluster: Cluster, school: Organisation
) -> None:
    form = contract(cluster, school, programme="", level="36 часов")

    answer = coordinator(cluster).post(address(cluster), form)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Название программы: обязательное поле." in page
    assert "36 часов" in page
    assert str(school) in page
    assert not Agreement.objects.exists()


def test_sides_that_do_not_fit_are_said(cluster: Cluster, school: Organisation) -> None:
    form = contract(cluster, school) | {"form-1-gives": ""}

    answer = coordinator(cluster).post(address(cluster), form)

    assert answer.status_code == 422
    assert f"{cluster.base}: укажите, что делает" in answer.content.decode()


def test_cut_off_or_strange_rows_are_refused(cluster: Cluster, school: Organisation) -> None:
    form = contract(cluster, school)
    cut = {name: value for name, value in form.items() if name != "form-1-gives"}
    strange = form | {"form-1-organisation": "х"}
    client = coordinator(cluster)

    answers = [client.post(address(cluster), bad).status_code for bad in (cut, strange)]

    assert answers == [422, 422]


@pytest.mark.parametrize("kind", ["memorandum", "target_training", "equipment_use"])
def test_each_other_kind_is_drawn_from_its_page(
    cluster: Cluster, school: Organisation, kind: str
) -> None:
    shape = SHAPES[kind]
    sides = [shape.seats[0].side, shape.seats[-1].side]
    shares = [
        Share(one.public_id, side, "помогает", "цех")
        for one, side in zip([cluster.base, school], sides, strict=True)
    ]
    facts = {fact.name: fact.choices[0][0] if fact.choices else "слово" for fact in shape.facts}

    answer = coordinator(cluster).post(
        address(cluster, kind), {**TERMS, **facts, **make.sides_form(*shares)}
    )

    assert answer.status_code == 302
    drawn = Agreement.objects.get()
    assert (drawn.kind, drawn.parties_count) == (kind, 2)
    assert drawn.obligations.exists()


@pytest.mark.parametrize("kind", ["cooperation", "nothing"])
def test_kind_without_seats_has_no_page_of_its_own(cluster: Cluster, kind: str) -> None:
    assert coordinator(cluster).get(address(cluster, kind)).status_code == 404


def test_subject_of_a_draft_is_changed(
    cluster: Cluster, school: Organisation, django_assert_max_num_queries: Budget
) -> None:
    client = coordinator(cluster)
    client.post(address(cluster), contract(cluster, school))
    where = f"/a/{Agreement.objects.get().public_id}/subject/"
    with django_assert_max_num_queries(12):
        assert "Оператор станков" in client.get(where).content.decode()

    answer = client.post(where, contract(cluster, school, programme="Сварщик"))

    assert answer.status_code == 302
    assert Agreement.objects.get().facts["programme"] == "Сварщик"


def test_list_is_filtered_by_kind(cluster: Cluster, school: Organisation) -> None:
    make.agreement(cluster)
    client = coordinator(cluster)
    client.post(address(cluster), contract(cluster, school))
    where = f"/c/{cluster.public_id}/agreements/"

    everything = client.get(where).content.decode()
    one_kind = client.get(f"{where}?kind=network_form").content.decode()

    assert "Соглашение о сотрудничестве" in everything
    assert one_kind.count("data-l=") * 2 == everything.count("data-l=")
    assert client.get(f"{where}?kind=х").content.decode().count("data-l=") == everything.count(
        "data-l="
    )
