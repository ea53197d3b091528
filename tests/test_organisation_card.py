"""The card of an organisation as a person meets it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from zveno.kernel import clock
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Organisation:
    return make.school(name="Школа № 5 (пример)", inn="0010007742")


@pytest.fixture
def visitor(school: Organisation) -> Client:
    client = Client()
    client.force_login(people.account(school, "head"))
    return client


def page(name: str, school: Organisation, *more: str) -> str:
    return reverse(f"organisations:{name}", args=[school.public_id, *more])


def turned(visitor: Client, school: Organisation, what: str, day: str, **told: Any) -> Any:
    answer = visitor.post(page("turn", school, what), {"day": day, **told}, follow=True)
    school.refresh_from_db()
    return answer


def test_the_card_costs_few_questions_however_long_a_life(
    visitor: Client, school: Organisation, django_assert_max_num_queries: Any
) -> None:
    for number in range(1, 6):
        turned(visitor, school, "renamed", f"01.0{number}.2020", name=f"Школа {number} (пример)")
    with django_assert_max_num_queries(21):
        answer = visitor.get(page("card", school), {"day": "15.02.2020"})
    assert answer.context["then"]["stretch"].name == "Школа 2 (пример)"
    assert len(answer.context["lines"]) == 5


def test_a_change_is_noted_and_taken_back_by_the_button_of_its_toast(
    visitor: Client, school: Organisation
) -> None:
    answer = turned(visitor, school, "renamed", "01.09.2024", name="Гимназия № 5 (пример)")
    assert (school.name, school.short_name) == ("Гимназия № 5 (пример)", "Гимназия № 5")
    undo = page("take_back", school, "2024-09-01")
    assert undo in answer.text
    visitor.post(undo)
    school.refresh_from_db()
    assert school.name == "Школа № 5 (пример)"


def test_who_joined_another_leads_there(visitor: Client, school: Organisation) -> None:
    other = make.school(name="Лицей № 6 (пример)")
    turned(visitor, school, "merged", "01.09.2024", successor="Лицей № 6 (пример)")
    shown = visitor.get(page("card", school))
    assert shown.context["heirs"] == [other]
    assert "Школа № 5 (пример)" in visitor.get(page("card", other)).text


def test_a_place_is_found_by_a_part_of_its_name(visitor: Client, school: Organisation) -> None:
    answer = turned(visitor, school, "moved", "01.09.2024", territory="санкт")
    assert answer.status_code == 200
    assert school.territory is not None
    assert school.territory.name == "Санкт-Петербург"


@pytest.mark.parametrize(
    ("what", "typed"),
    [
        ("renamed", {"day": "31.02.2024", "name": "Школа"}),
        ("renamed", {"day": "01.09.2024", "name": ""}),
        ("merged", {"day": "01.09.2024", "successor": "нет такой"}),
        ("split", {"day": "01.09.2024", "successor": "Школа № 5 (пример)"}),
        ("moved", {"day": "01.09.2024", "territory": "\0"}),
        ("closed", {"day": "01.01.9999"}),
    ],
)
def test_a_form_to_mend_keeps_what_was_typed(
    visitor: Client, school: Organisation, what: str, typed: dict[str, str]
) -> None:
    answer = visitor.post(page("turn", school, what), typed)
    assert answer.status_code == 422
    assert typed["day"] in answer.text


def test_the_card_is_put_right(visitor: Client, school: Organisation) -> None:
    typed = {"kind": "school", "name": school.name, "inn": "0010007742"}
    answer = visitor.post(page("edit", school), typed | {"phone": "8 (812) 000-00-00"})
    school.refresh_from_db()
    assert answer.status_code == 302
    assert (school.phone, school.told_on) == ("+78120000000", clock.today())


@pytest.mark.parametrize("inn", ["123", "0010008481"])
def test_a_number_that_cannot_be_is_refused(
    visitor: Client, school: Organisation, inn: str
) -> None:
    typed = {"kind": "school", "name": school.name, "inn": inn}
    answer = visitor.post(page("edit", school), typed)
    assert answer.status_code == 422
    assert f'value="{inn}"' in answer.text


def test_the_inn_of_another_is_refused(visitor: Client, school: Organisation) -> None:
    other = make.school(inn="0010008489")
    typed = {"kind": "school", "name": school.name, "inn": other.inn}
    answer = visitor.post(page("edit", school), typed)
    assert answer.status_code == 422
    assert other.name in answer.text


def test_a_day_that_is_none_asks_nothing(visitor: Client, school: Organisation) -> None:
    answer = visitor.get(page("card", school), {"day": "вчера"})
    assert answer.context["then"] is None


def test_the_register_of_one_steward(visitor: Client, school: Organisation) -> None:
    make.school(name="Сад (пример)", steward=school)
    rows = visitor.get(reverse("organisations:list"), {"steward": str(school.public_id)})
    assert [row.name for row in rows.context["rows"]] == ["Сад (пример)"]
