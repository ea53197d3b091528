"""One child is entered, put right and shown; a class is counted without names."""

import pytest

from zveno.kernel import clock
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.meanwhile import ChangedMeanwhile
from zveno.learners.actions import (
    BadBirth,
    BadNumber,
    NamesakeThere,
    NoSuchClass,
    add_child,
    change_child,
    count_class,
)
from zveno.learners.models import Child, HeadCount, Learner, ages_on, card_words, class_of
from zveno.learners.tests import make
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
ANNA = Child("Иванова", "Анна", 7, "А")


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("7А", (7, "А")),
        ("7A", (7, "А")),
        (" 10 «б» ", (10, "Б")),
        ("7-В класс", (7, "В")),
        ("11", (11, "")),
        ("5ИТ", (5, "ИТ")),
        ("12А", None),
        ("А", None),
        ("7Z", None),
        ("0А", None),
    ],
)
def test_a_class_is_read_and_its_letter_is_cyrillic(
    typed: str, means: tuple[int, str] | None
) -> None:
    assert class_of(typed) == means


def test_a_child_is_entered_and_nobody_else_sees_it() -> None:
    school, college = organisations.school(), organisations.college()

    child = add_child(people.actor(school), school.public_id, child=ANNA)

    assert (child.full_name, child.class_label) == ("Иванова Анна", "7 «А»")
    assert child.unfounded_since
    coordinator = people.actor(college, Post.Role.COORDINATOR)
    assert not Learner.objects.visible_to(coordinator).exists()


def test_initials_are_enough() -> None:
    school = organisations.school()

    child = add_child(people.actor(school), school.public_id, child=Child("И.", "А.", 7))

    assert child.door_name == "А. И."


def test_a_namesake_in_the_class_is_asked_about_and_entered_on_a_word() -> None:
    school = organisations.school()
    actor = people.actor(school)
    add_child(actor, school.public_id, child=ANNA)

    with pytest.raises(NamesakeThere):
        add_child(actor, school.public_id, child=Child("ИВАНОВА", "Анна", 7, "А"))
    add_child(actor, school.public_id, child=Child("Иванова", "Анна", 7, "А", new=True))

    assert Learner.objects.count() == 2


def test_a_namesake_in_another_class_is_no_question() -> None:
    school = organisations.school()
    actor = people.actor(school)

    for letter in "АБ":
        add_child(actor, school.public_id, child=Child("Иванова", "Анна", 7, letter))

    assert Learner.objects.count() == 2


@pytest.mark.parametrize("years", [1, -101])
def test_a_year_of_birth_is_one_of_a_child(years: int) -> None:
    school = organisations.school()
    child = Child("Иванова", "Анна", 7, born_year=clock.today().year + years)

    with pytest.raises(BadBirth):
        add_child(people.actor(school), school.public_id, child=child)


def test_a_birthday_and_a_year_of_birth_are_not_both_kept() -> None:
    school, today = organisations.school(), clock.today()
    child = Child("Иванова", "Анна", 7, born_year=today.year - 12, born_on=today)

    with pytest.raises(BadBirth):
        add_child(people.actor(school), school.public_id, child=child)


def test_the_age_follows_the_birthday_before_the_class() -> None:
    today = clock.today()
    by_year = make.learner(grade=2, born_year=today.year - 14)
    by_day = make.learner(grade=2, born_on=today.replace(year=today.year - 16, day=1))

    ages = [ages_on(today, one) for one in (by_year, by_day)]

    assert [(one.youngest, one.oldest) for one in ages] == [(13, 14), (16, 16)]


def test_a_card_is_put_right_by_whoever_answers_for_the_child() -> None:
    learner = make.learner()
    actor = people.actor(learner.owner)

    change_child(actor, learner.public_id, child=ANNA, seen=card_words(learner))

    learner.refresh_from_db()
    assert (learner.full_name, learner.class_label) == ("Иванова Анна", "7 «А»")
    assert learner.name_key == "иванова анна"


def test_who_saves_a_card_second_is_told_what_changed() -> None:
    learner = make.learner()
    actor, seen = people.actor(learner.owner), card_words(learner)
    change_child(actor, learner.public_id, child=ANNA, seen=seen)

    with pytest.raises(ChangedMeanwhile):
        change_child(actor, learner.public_id, child=Child("Иванова", "Алла", 7, "Б"), seen=seen)


def test_a_consent_that_an_age_makes_too_little_is_a_ground_no_more() -> None:
    learner = make.founded(grade=2)
    learner.consents.update(signed_by="guardian")
    older = Child("Иванова", "Анна", 9, "А")

    change_child(people.actor(learner.owner), learner.public_id, child=older)

    learner.refresh_from_db()
    assert learner.unfounded_since


def test_nobody_else_touches_a_child() -> None:
    learner = make.learner()
    teacher = people.actor(learner.owner, Post.Role.TEACHER)

    with pytest.raises(NotAllowed):
        change_child(teacher, learner.public_id, child=ANNA)
    with pytest.raises(NotFound):
        change_child(people.actor(), learner.public_id, child=ANNA)


def test_a_class_is_counted_without_names_once_and_forgotten() -> None:
    school = organisations.school()
    actor = people.actor(school)

    for number in (24, 25):
        count_class(actor, school.public_id, grade=5, letter="В", number=number)
    assert [one.number for one in HeadCount.objects.all()] == [25]
    count_class(actor, school.public_id, grade=5, letter="В", number=0)

    assert not HeadCount.objects.exists()


def test_a_class_that_cannot_be_is_not_counted() -> None:
    school = organisations.school()
    actor = people.actor(school)

    with pytest.raises(NoSuchClass):
        count_class(actor, school.public_id, grade=12, letter="", number=1)
    with pytest.raises(BadNumber):
        count_class(actor, school.public_id, grade=1, letter="", number=1001)
