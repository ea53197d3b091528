"""Pages of a list: brought, mended in place, entered, handed over as a report."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from zveno.learners.models import ChildList, Learner
from zveno.learners.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
ROWS = "Фамилия\tИмя\tКласс\nБелов\tЛев\t6Б\nКим\tАя\t16Б\nИванoв\tПётр\t6Б\n"


def signed_in(organisation: Organisation) -> Client:
    client = Client()
    client.force_login(people.account(organisation))
    return client


def address(name: str, *keys: Any) -> str:
    return reverse(f"learners:{name}", args=keys)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def brought(client: Client, school: Organisation, **fields: str) -> ChildList:
    told = {"text": ROWS, "label": ""} | fields
    answer = client.post(address("bring", school.public_id), told)
    found = ChildList.objects.latest("pk")
    assert answer.headers["Location"] == address("list", found.public_id)
    return found


def test_a_list_is_mended_and_entered_by_one_button() -> None:
    school = organisations.school()
    client = signed_in(school)
    found = brought(client, school)
    shown = text_of(client.get(address("list", found.public_id)))
    assert 'value="Иванов"' in shown

    told = {"cell-2-class": "6Б", "cell-3-family_name": "Иванов"}
    answer = client.post(address("enter_list", found.public_id), told)

    assert answer.status_code == 302
    assert Learner.objects.filter(owner=school).count() == 3
    assert "Всё внесено" in text_of(client.get(answer.headers["Location"]))


def test_a_value_is_left_as_it_came() -> None:
    school = organisations.school()
    client = signed_in(school)
    found = brought(client, school, text="Фамилия\tИмя\tКласс\nИ.\tАя\t6Б\n")

    told = {"cell-1-family_name": "Иванова", "keep": "1-family_name"}
    client.post(address("mend_list", found.public_id), told)
    client.post(address("enter_list", found.public_id))

    assert Learner.objects.get().family_name == "И."


def test_a_report_names_line_cell_value_and_what_to_mend() -> None:
    school = organisations.school()
    client = signed_in(school)
    found = brought(client, school)

    report = text_of(client.get(address("list_report", found.public_id, "csv")))

    assert "16Б" in report
    assert len(report.strip().splitlines()) == 1 + found.rows.count() + len(found.asides)


def test_a_list_of_a_hundred_costs_few_questions(django_assert_max_num_queries: Any) -> None:
    school = organisations.school()
    client = signed_in(school)
    rows = "Фамилия\tИмя\tКласс\n" + "".join(
        f"Ким{'абвгдежзик'[n // 10]}{'абвгдежзик'[n % 10]}\tАя\t6Б\n" for n in range(100)
    )
    found = brought(client, school, text=rows)
    with django_assert_max_num_queries(18):
        client.get(address("list", found.public_id))

    client.post(address("enter_list", found.public_id))

    with django_assert_max_num_queries(18):
        answer = client.get(address("list", found.public_id))
    assert len(answer.context["lines"]) == 50


def test_a_class_is_asked_for_where_the_list_has_none() -> None:
    school = organisations.school()
    client = signed_in(school)

    refused = client.post(address("bring", school.public_id), {"text": "Ким Ая", "label": "нет"})
    found = brought(client, school, text="Ким Ая\nБелов Лев", label="7 а")

    assert refused.status_code == 422
    client.post(address("enter_list", found.public_id))
    assert {one.class_label for one in Learner.objects.all()} == {"7 «А»"}


def test_columns_are_named_by_a_person() -> None:
    school = organisations.school()
    client = signed_in(school)
    found = brought(client, school)
    told = {"column-0": "family_name", "column-1": "given_name", "column-2": ""}

    client.post(address("list_columns", found.public_id), told)

    assert {"class"} <= set(found.rows.order_by("number")[0].doubts())


def test_the_register_leads_to_lists() -> None:
    child = make.learner()

    answer = signed_in(child.owner).get(address("register", child.owner.public_id))

    assert address("bring", child.owner.public_id) in text_of(answer)
