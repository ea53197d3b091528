"""The register of children, a class, a card and their forms."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from zveno.kernel.models import Entry
from zveno.learners.models import Learner
from zveno.learners.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


def signed_in(organisation: Organisation) -> Client:
    client = Client()
    client.force_login(people.account(organisation))
    return client


def address(name: str, *keys: Any) -> str:
    return reverse(f"learners:{name}", args=keys)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def class_address(child: Learner) -> str:
    return f"{address('class', child.owner.public_id, child.first_year)}?letter={child.letter}"


def test_the_register_counts_classes_and_those_without_a_consent() -> None:
    school = organisations.school()
    make.learner(school)
    make.founded(school)
    make.head_count(school)

    answer = signed_in(school).get(address("register", school.public_id))

    rows = answer.context["rows"]
    assert [(one.label, one.children, one.unfounded, one.counted) for one in rows] == [
        ("Ромашка", 0, 0, 17),
        ("6 «Б»", 2, 1, 0),
    ]


def test_the_register_names_nobody_and_costs_few_questions(
    django_assert_max_num_queries: Any,
) -> None:
    school = organisations.school()
    for number in range(30):
        make.learner(school, letter="АБВ"[number % 3])
    client = signed_in(school)

    with django_assert_max_num_queries(12):
        answer = client.get(address("register", school.public_id))

    assert "Иванова" not in text_of(answer)


def test_a_class_costs_few_questions_and_its_look_is_noted(
    django_assert_max_num_queries: Any,
) -> None:
    school = organisations.school()
    children = [make.learner(school) for _ in range(30)]
    client = signed_in(school)

    with django_assert_max_num_queries(14):
        answer = client.get(class_address(children[0]))

    assert all(one.full_name in text_of(answer) for one in children)
    entry = Entry.objects.get(target_key="learners:class")
    assert sorted(entry.details["seen"]) == sorted(one.journal_key for one in children)


def test_only_those_without_a_consent_are_shown_on_request() -> None:
    school = organisations.school()
    unfounded, founded = make.learner(school), make.founded(school)

    answer = signed_in(school).get(f"{class_address(founded)}&show=unfounded")

    assert unfounded.full_name in text_of(answer)
    assert founded.full_name not in text_of(answer)


def test_a_card_shows_answers_and_its_look_is_noted() -> None:
    child = make.founded()

    answer = signed_in(child.owner).get(address("card", child.public_id))

    assert "Участие в событиях" in text_of(answer)
    assert Entry.objects.get(target_key="learners:card").details["seen"] == [child.journal_key]


def test_a_child_is_entered_with_letters_put_right() -> None:
    school = organisations.school()
    told = {"family_name": "Салтыков – Щедрин", "given_name": "Иван", "label": "7 a"}
    told |= {"patronymic": "нет", "born_year": "", "born_on": ""}

    answer = signed_in(school).post(address("add", school.public_id), told)

    child = Learner.objects.get()
    assert answer.status_code == 302
    assert (child.full_name, child.letter) == ("Салтыков-Щедрин Иван", "А")


def test_latin_letters_in_a_name_are_asked_about() -> None:
    school = organisations.school()
    told = {"family_name": "Ивaнов", "given_name": "Иван", "label": "7А"}

    answer = signed_in(school).post(address("add", school.public_id), told)

    assert answer.status_code == 422
    assert "Может быть, «Иванов»?" in text_of(answer)


def test_a_namesake_is_asked_about_in_the_form() -> None:
    child = make.learner()
    client = signed_in(child.owner)
    told = {"family_name": child.family_name, "given_name": child.given_name, "label": "6Б"}

    asked = client.post(address("add", child.owner.public_id), told)
    entered = client.post(address("add", child.owner.public_id), told | {"new": "on"})

    assert asked.status_code == 422
    assert "другой ребёнок" in text_of(asked)
    assert entered.status_code == 302


def test_a_group_of_a_kindergarten_keeps_its_name() -> None:
    garden = organisations.organisation("preschool")
    told = {"family_name": "И.", "given_name": "А.", "label": "Ромашка"}

    signed_in(garden).post(address("add", garden.public_id), told)

    child = Learner.objects.get()
    assert (child.first_year, child.letter) == (None, "Ромашка")


def test_one_own_organisation_is_led_to_and_several_are_offered() -> None:
    school = organisations.school()

    answer = signed_in(school).get(address("own"))

    assert answer.headers["Location"] == address("register", school.public_id)


def test_the_menu_leads_there_whoever_answers_for_children_and_nobody_else() -> None:
    garden, college = organisations.organisation("preschool"), organisations.college()
    teacher = people.account(garden, Post.Role.KINDERGARTEN_REPRESENTATIVE)
    client = Client()
    client.force_login(teacher)

    led = text_of(client.get("/tasks/"))
    others = text_of(signed_in(college).get("/tasks/"))

    assert address("own") in led
    assert f'"{address("own")}"' not in others
