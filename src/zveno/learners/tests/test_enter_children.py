"""A list becomes children; nobody is taken for somebody else."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zveno.kernel.errors import NotAllowed, NotFound
from zveno.learners.actions import NameMissing, Namesakes, NoSuchClass, enter_children
from zveno.learners.models import Child, Learner
from zveno.learners.tests import make
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
ARINA = Child("Соколова", "Арина", 6, "Б")


def test_new_children_are_entered_in_the_order_of_the_list() -> None:
    school = organisations.school()
    other = Child("Белов", "Артём", 7, "А", "Олегович")

    found = enter_children(people.actor(school), school.public_id, children=[other, ARINA])

    assert [learner.full_name for learner in found] == ["Белов Артём Олегович", "Соколова Арина"]
    assert {learner.owner for learner in found} == {school}


def test_a_child_known_by_name_and_class_is_found() -> None:
    known = make.learner(family_name="Соколова", given_name="Арина")
    again = Child("соколова", "Арина", 6, "Б", "Петровна")

    found = enter_children(people.actor(known.owner), known.owner.public_id, children=[again])

    assert found == [known]


@pytest.mark.parametrize(
    "other",
    [
        Child("Соколова", "Арина", 7, "Б"),
        Child("Соколова", "Арина", 6, "А"),
        Child("Соколова", "Алина", 6, "Б"),
        Child("Соколова", "Арина", 6, "Б", new=True),
        Child("Соколова", "Арина", 6, "Б", "Ивановна"),
    ],
)
def test_another_child_is_entered_anew(other: Child) -> None:
    known = make.learner(family_name="Соколова", given_name="Арина", patronymic="Петровна")

    found = enter_children(people.actor(known.owner), known.owner.public_id, children=[other])

    assert found != [known]


def test_the_same_name_in_another_school_is_another_child() -> None:
    make.learner(family_name="Соколова", given_name="Арина")
    school = organisations.school()

    [found] = enter_children(people.actor(school), school.public_id, children=[ARINA])

    assert found.owner == school


def test_two_known_namesakes_are_asked_about() -> None:
    school = organisations.school()
    first, _ = (make.learner(school, family_name="Соколова", given_name="Арина") for _ in "ab")
    actor = people.actor(school)

    with pytest.raises(Namesakes) as asked:
        enter_children(actor, school.public_id, children=[Child("Белов", "Лев", 5, "А"), ARINA])
    said = Child("Соколова", "Арина", 6, "Б", same=first.public_id)

    assert asked.value.facts["rows"] == [1]
    assert enter_children(actor, school.public_id, children=[said]) == [first]


def test_two_rows_of_one_name_are_asked_about_until_said_to_be_two() -> None:
    school = organisations.school()
    actor = people.actor(school)

    with pytest.raises(Namesakes):
        enter_children(actor, school.public_id, children=[ARINA, ARINA])
    two = [Child("Соколова", "Арина", 6, "Б", new=True)] * 2

    assert len({one.pk for one in enter_children(actor, school.public_id, children=two)}) == 2


def test_two_rows_do_not_name_one_child() -> None:
    known = make.learner(family_name="Соколова", given_name="Арина")
    said = Child("Соколова", "Арина", 6, "Б", same=known.public_id)

    with pytest.raises(Namesakes):
        enter_children(people.actor(known.owner), known.owner.public_id, children=[said, said])


def test_a_child_of_another_school_is_not_named() -> None:
    foreign = make.learner(family_name="Соколова", given_name="Арина")
    school = organisations.school()

    for key in (foreign.public_id, uuid4()):
        said = Child("Соколова", "Арина", 6, "Б", same=key)
        with pytest.raises(NotFound):
            enter_children(people.actor(school), school.public_id, children=[said])


def test_no_name_and_no_class_are_refused() -> None:
    school = organisations.school()
    actor = people.actor(school)

    with pytest.raises(NameMissing):
        enter_children(actor, school.public_id, children=[Child("Соколова", "", 6)])
    for grade in (-1, 12, 2**40):
        with pytest.raises(NoSuchClass):
            enter_children(actor, school.public_id, children=[Child("Соколова", "Арина", grade)])


def test_only_who_answers_for_the_children_enters_them() -> None:
    school = organisations.school()

    with pytest.raises(NotAllowed):
        enter_children(people.actor(), school.public_id, children=[ARINA])


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    names=st.lists(
        st.tuples(st.sampled_from(["Соколова", "Ким"]), st.sampled_from(["Ая", "Лев"])),
        max_size=6,
        unique=True,
    )
)
def test_a_list_entered_twice_enters_nobody_twice(names: list[tuple[str, str]]) -> None:
    school = organisations.school()
    actor = people.actor(school)
    children = [Child(family, given, 6, "Б") for family, given in names]

    first = enter_children(actor, school.public_id, children=children)
    second = enter_children(actor, school.public_id, children=children)

    assert first == second
    assert Learner.objects.filter(owner=school).count() == len(names)
