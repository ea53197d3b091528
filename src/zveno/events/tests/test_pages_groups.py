"""Pages of a group: a list is pasted, mended in place, accepted; consents are marked."""

import re
from html import unescape
from subprocess import CalledProcessError
from typing import Any
from unittest.mock import Mock

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.events.models import Group, Place
from zveno.events.tests import make
from zveno.kernel import engines
from zveno.learners.models import Learner
from zveno.learners.tests import make as learners
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TWELVE = "\n".join(
    f"{name}\t7{letter}"
    for name, letter in zip(
        [
            *("Абрамова Дарья", "Белов Артём", "Васильева Ксения", "Громов Илья"),
            *("Дьякова Полина", "Ершов Матвей", "Зуева Алиса", "Исаев Тимур"),
            *("Котова Ева", "Лапин Роман", "Миронова Софья", "Носов Егор"),
        ],
        "АААББББВВВВВ",
        strict=True,
    )
)


def signed_in(organisation: Organisation) -> Client:
    client = Client()
    client.force_login(people.account(organisation))
    return client


def page(group: Group, step: str = "") -> str:
    return f"/e/groups/{group.public_id}/{step}"


def fields(text: str) -> dict[str, str]:
    """Read the fields of the page as a browser without script would send them."""
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", text.split("<main")[1]):
        kind = re.search(r'type="(\w+)"', tag)
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        ticked = kind is None or kind[1] != "checkbox" or " checked" in tag
        if name and ticked:
            found[name[1]] = unescape(value[1]) if value else "on"
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', text):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def pasted(client: Client, group: Group, text: str, label: str = "") -> str:
    return client.post(page(group, "list/"), {"paste": text, "label": label}).content.decode()


def accepted(client: Client, group: Group, drawn: str, **mended: Any) -> str:
    sent = fields(drawn) | {"accept": "yes"} | mended
    kept = {name: value for name, value in sent.items() if value is not None}
    return client.post(page(group, "list/"), kept, follow=True).content.decode()


def test_twelve_children_are_listed_and_shown_in_four_presses() -> None:
    group = make.group(make.event(), seats=12)
    client = signed_in(group.sender)

    rows = pasted(client, group, TWELVE)
    consents = accepted(client, group, rows)
    places = [str(key) for key in Place.objects.values_list("public_id", flat=True)]
    done = client.post(page(group, "consents/"), {"place": places}, follow=True)

    group.refresh_from_db()
    assert "Узнали 12 детей" in rows
    assert "Согласия родителей" in consents
    assert (group.listed, group.consented) == (12, 12)
    assert "Отмечено 12 согласий" in done.content.decode()
    assert "Всё готово" in done.content.decode()


def test_a_row_is_mended_in_place() -> None:
    group = make.group(make.event())
    client = signed_in(group.sender)

    rows = pasted(client, group, "Лапин Роман\t7В\nБелов\t7А\nКотова Ева\t12")
    again = accepted(client, group, rows)
    accepted(client, group, again, **{"mend-2-given_name": "Артём", "mend-3-class": "7Б"})

    assert again.count('class="is-bad"') == 2
    assert "data-errsum" in again
    assert sorted((one.family_name, one.grade) for one in Learner.objects.all()) == [
        ("Белов", 7),
        ("Котова", 7),
        ("Лапин", 7),
    ]


def test_what_was_mended_stays_mended_while_another_row_is() -> None:
    group = make.group(make.event())
    client = signed_in(group.sender)

    rows = pasted(client, group, "Абрамова Дарья\t7А\nДарья Иванова\t7Б\nБелов\t7А")
    again = accepted(client, group, rows)
    accepted(client, group, again, **{"mend-3-given_name": "Артём"})

    assert again.count('class="is-bad"') == 1
    names = {str(one.full_name) for one in Learner.objects.all()}
    assert names == {"Абрамова Дарья", "Иванова Дарья", "Белов Артём"}


def test_a_class_that_is_not_invited_is_said_in_its_row() -> None:
    group = make.group(make.event(grade_from=5, grade_to=6))
    client = signed_in(group.sender)

    again = accepted(client, group, pasted(client, group, "Лапин Роман\t7В\nБелов Артём\t6А"))

    assert "Для кого событие: 5–6 классы" in again
    assert again.count('class="is-bad"') == 1
    assert not Learner.objects.exists()


def test_more_children_than_seats_are_refused_with_both_numbers() -> None:
    group = make.group(make.event(), seats=2)
    client = signed_in(group.sender)

    rows = pasted(client, group, TWELVE)
    refused = accepted(client, group, rows)
    left_out = {f"take-{row}": None for row in range(3, 13)}
    accepted(client, group, refused, **left_out)

    assert "Детей в списке: 12, мест: 2" in refused
    assert Place.objects.count() == 2


def test_a_class_for_all_is_said_once() -> None:
    group = make.group(make.event())
    client = signed_in(group.sender)

    accepted(client, group, pasted(client, group, "Лапин Роман\nБелов Артём", "6Б"))

    assert {(one.grade, one.letter) for one in Learner.objects.all()} == {(6, "Б")}


def test_a_repeated_row_is_not_taken_but_may_be() -> None:
    group = make.group(make.event())
    client = signed_in(group.sender)

    rows = pasted(client, group, "Лапин Роман\t7В\nЛапин Роман\t7В")
    assert "Узнали 1 ребёнка" in rows
    assert "Повтор строки 1" in rows
    accepted(client, group, rows, **{"take-2": "on"})

    assert Place.objects.count() == 2


def test_namesakes_are_asked_about() -> None:
    group = make.group(make.event())
    known = [
        learners.learner(group.sender, family_name="Лапин", given_name="Роман", grade=7, letter="В")
        for _ in "ab"
    ]
    client = signed_in(group.sender)

    rows = pasted(client, group, "Лапин Роман\t7В")
    asked = accepted(client, group, rows)
    accepted(client, group, asked, **{"who-1": str(known[1].public_id)})

    assert "Другой ребёнок, тёзка" in asked
    assert 'class="is-bad"' in asked
    assert Place.objects.get().learner == known[1]


def test_a_child_known_is_offered_as_the_same() -> None:
    group = make.group(make.event())
    known = learners.learner(
        group.sender, family_name="Лапин", given_name="Роман", grade=7, letter="В"
    )
    client = signed_in(group.sender)

    accepted(client, group, pasted(client, group, "Лапин Роман\t7В\nБелов Артём\t7В"))

    assert Place.objects.filter(learner=known).exists()
    assert Learner.objects.count() == 2


def test_a_child_of_another_school_is_not_offered() -> None:
    group = make.group(make.event())
    learners.learner(
        organisations.school(), family_name="Лапин", given_name="Роман", grade=7, letter="В"
    )

    rows = pasted(signed_in(group.sender), group, "Лапин Роман\t7В")

    assert "who-1" not in rows
    assert "впервые" in rows


def test_a_kindergarten_has_groups_not_grades() -> None:
    garden = organisations.organisation("preschool")
    group = make.group(make.event(grade_from=0, grade_to=0), garden)
    client = signed_in(garden)

    accepted(client, group, pasted(client, group, "Лапин Роман\nБелов Артём"))

    assert {one.grade for one in Learner.objects.all()} == {0}


@pytest.mark.parametrize(
    "text", ["", "   \n\t", "\0", "\u202e", "={1+1}", "😀" * 300, "a\t" * 3000, "Привет, коллеги!"]
)
def test_what_is_no_list_is_answered_clearly(text: str) -> None:
    group = make.group(make.event())
    client = signed_in(group.sender)

    first = client.post(page(group, "list/"), {"paste": text})
    drawn = first.content.decode()
    second = client.post(page(group, "list/"), fields(drawn) | {"accept": "yes"})

    assert (first.status_code, second.status_code) == (422, 422)
    assert not Learner.objects.exists()


def test_forged_fields_break_nothing() -> None:
    group = make.group(make.event())
    client = signed_in(group.sender)
    forged = {
        "text": "Лапин Роман\t7В",
        "shown": "yes",
        "accept": "yes",
        "take-1": "on",
        "mend-99999-class": "\0",
        "mend-1-birth_date": "x",
        "keep-x": "on",
        "take-": "on",
        "who-1": "not-a-key",
        "mend-1-class": "7В",
        "take-²": "on",
    }

    answer = client.post(page(group, "list/"), forged)

    assert answer.status_code == 302
    assert Place.objects.count() == 1


def test_no_ticks_no_consents() -> None:
    group = make.coming(make.event(), organisations.school(), 2, consented=0)
    client = signed_in(group.sender)

    for nothing in ({}, {"place": ["x", ""]}):
        text = client.post(page(group, "consents/"), nothing).content.decode()
        assert "Отметьте хотя бы одного ребёнка" in text


def test_consents_are_counted_once_and_only_of_this_group() -> None:
    group = make.coming(make.event(), organisations.school(), 2, consented=0)
    other = make.coming(make.event(), group.sender, 2, consented=0)
    client, keys = signed_in(group.sender), [str(p.public_id) for p in other.places.all()]
    keys.append(str(group.places.all()[0].public_id))

    first, again = (
        client.post(page(group, "consents/"), {"place": keys}, follow=True).content.decode()
        for _ in range(2)
    )

    assert "Отмечено 1 согласие" in first
    assert "Отмечено" not in again


def test_a_list_the_engine_breaks_at_stays_in_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    group = make.group(make.event())
    broken = CalledProcessError(1, "tables")
    monkeypatch.setattr(engines, "run", Mock(side_effect=broken))

    answer = signed_in(group.sender).post(page(group, "list/"), {"paste": "Иванова Анна 6А"})

    assert answer.status_code == 422
    assert "Иванова Анна 6А" in answer.content.decode()


def test_a_consent_is_withdrawn_on_the_page_of_the_group() -> None:
    group = make.coming(make.event(), organisations.school(), 2)
    client = signed_in(group.sender)
    place = group.places.first()
    assert place is not None

    answer = client.post(
        page(group, f"places/{place.public_id}/withdraw/"), follow=True
    ).content.decode()

    assert "Согласие отозвано" in answer
    assert "Нет согласия" in answer


def test_the_text_the_parents_sign_stands_on_the_page() -> None:
    group = make.coming(make.event(), organisations.school(), 2, consented=0)

    text = signed_in(group.sender).get(page(group)).content.decode()

    assert "СОГЛАСИЕ НА ОБРАБОТКУ ПЕРСОНАЛЬНЫХ ДАННЫХ" in text


def test_foreign_schools_and_the_host_see_no_list() -> None:
    group = make.coming(make.event(), organisations.school(), 2)
    stranger = signed_in(organisations.school())
    host = Client()
    host.force_login(people.account(group.event.host, "coordinator"))

    for step in ("", "list/", "consents/", "all/"):
        assert stranger.get(page(group, step)).status_code == 404
        assert host.get(page(group, step)).status_code in {302, 403}
    assert stranger.post(page(group, "list/"), {"paste": "x"}).status_code == 404
    assert stranger.post(page(group, "consents/"), {"place": []}).status_code == 404
    assert host.post(page(group, "list/"), {"paste": TWELVE}).status_code == 403


def test_thirty_children_ask_as_often_as_two(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    group = make.coming(make.event(capacity=30), organisations.school(), 30)
    client = signed_in(group.sender)

    with django_assert_max_num_queries(16):  # four of them note who was seen
        client.get(page(group))
