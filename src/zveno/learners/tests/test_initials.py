"""An organisation keeps its children by initials only: whichever way they come."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from zveno.kernel.errors import NotAllowed
from zveno.learners.actions import (
    Namesakes,
    NamesakeThere,
    accept_transfer,
    add_child,
    change_child,
    enter_children,
    enter_list,
    keep_initials,
    keep_names,
    offer_transfer,
)
from zveno.learners.models import Child, ChildListRow, InitialsOnly, Learner
from zveno.learners.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
ANNA = Child("Иванова", "Анна", 7, "А", patronymic="Олеговна")


def _names(owner: Organisation) -> list[str]:
    return [one.full_name for one in Learner.objects.filter(owner=owner).order_by("pk")]


def _short() -> Organisation:
    school = organisations.school()
    keep_initials(people.actor(school), school.public_id)
    return school


def test_names_are_shortened_once_and_for_good() -> None:
    school, other = organisations.school(), organisations.school()
    make.learner(school, family_name="Петрова-Ким", given_name="ая", patronymic="Олеговна")
    make.learner(other, family_name="Иванова", given_name="Анна")
    actor = people.actor(school)

    assert keep_initials(actor, school.public_id) == 1
    assert keep_initials(actor, school.public_id) == 0
    keep_names(actor, school.public_id)

    assert _names(school) == ["П. А. О."]
    assert _names(other) == ["Иванова Анна"]
    assert not InitialsOnly.objects.exists()
    add_child(actor, school.public_id, child=ANNA)
    assert _names(school)[1] == "Иванова Анна Олеговна"


def test_only_who_answers_for_the_children_switches() -> None:
    school = organisations.school()
    stranger = people.actor(organisations.school())
    for verb in (keep_initials, keep_names):
        with pytest.raises(NotAllowed):
            verb(stranger, school.public_id)


def test_a_card_keeps_initials_and_asks_about_the_same_ones() -> None:
    school = _short()
    actor = people.actor(school)
    child = add_child(actor, school.public_id, child=ANNA)
    with pytest.raises(NamesakeThere):
        add_child(actor, school.public_id, child=Child("Ильина", "Ася", 7, "А"))
    change_child(actor, child.public_id, child=Child("Ильина", "Ольга", 7, "А"))
    assert _names(school) == ["И. О."]


def test_a_list_of_an_event_joins_nobody_by_initials() -> None:
    school = _short()
    actor = people.actor(school)
    (known,) = enter_children(actor, school.public_id, children=[ANNA])
    with pytest.raises(Namesakes) as asked:
        enter_children(actor, school.public_id, children=[Child("Ильина", "Ася", 7, "А")])
    assert asked.value.facts["rows"] == [0]
    same = Child("Иванова", "Анна", 7, "А", same=known.public_id)
    new = Child("Ильина", "Ася", 7, "А", new=True)
    assert enter_children(actor, school.public_id, children=[same, new])[0] == known
    assert _names(school) == ["И. А. О.", "И. А."]


def test_a_list_shows_initials_before_it_is_entered_and_asks_the_second_time() -> None:
    school = _short()
    text = "Фамилия\tИмя\tКласс\nИванова\tАнна\t7А\nКим\tАя\t6Б\n"
    brought = make.child_list(school, text)
    rows = list(brought.rows.order_by("number"))
    assert [row.verdict["values"]["family_name"] for row in rows] == ["И.", "К."]
    enter_list(people.actor(school), brought.public_id)
    assert _names(school) == ["И. А.", "К. А."]
    again = make.child_list(school, text, label="7А")
    assert {row.fate for row in again.rows.all()} == {ChildListRow.Fate.HELD}


def test_a_list_read_before_the_switch_is_entered_by_initials() -> None:
    school = organisations.school()
    actor = people.actor(school)
    brought = make.child_list(school, "Фамилия\tИмя\tКласс\nКим\tАя\t6Б\n")
    keep_initials(actor, school.public_id)
    enter_list(actor, brought.public_id)
    assert _names(school) == ["К. А."]


def test_a_transfer_comes_by_initials_and_an_open_offer_is_shortened() -> None:
    school, taker = organisations.school(), _short()
    child = make.learner(school, family_name="Ким", given_name="Ая")
    actor = people.actor(school)
    offer = offer_transfer(actor, child.public_id, taker=taker.public_id, basis="request")
    keep_initials(actor, school.public_id)
    offer.refresh_from_db()
    assert offer.shown == "А. К."
    accept_transfer(people.actor(taker), offer.public_id, grade=6, letter="А")
    assert _names(taker) == ["К. А."]


def test_the_database_refuses_a_whole_name() -> None:
    school = _short()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.learner(school)
    child = make.learner(school, family_name="К.", given_name="А.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Learner.objects.filter(pk=child.pk).update(given_name="Ая")


def test_the_page_tells_how_many_and_switches_on_and_off(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    school = organisations.school()
    make.learner(school)
    client = Client()
    client.force_login(people.account(school))
    page = reverse("learners:initials", args=[school.public_id])
    with django_assert_max_num_queries(20):
        shown = client.get(page).content.decode()
    assert "Сейчас будет сокращено 1 имя" in shown
    assert "сокращено 1 имя" in client.post(page, follow=True).content.decode()
    off = reverse("learners:switch_initials_off", args=[school.public_id])
    assert "Имена хранятся полностью" in client.post(off, follow=True).content.decode()
