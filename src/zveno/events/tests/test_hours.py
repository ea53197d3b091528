"""Hours of career guidance are counted for who came, and for what the school says itself."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zveno.events import actions
from zveno.events.models import (
    CareerLevel,
    Event,
    OutsideHours,
    Place,
    by_grade,
    child_hours,
    classes_hours,
    proposed,
    together,
)
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.http import reading
from zveno.learners.models import Learner
from zveno.learners.tests import make as learners
from zveno.network.models import academic_year, days_of
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
HALF = Decimal("0.5")


def this_year() -> int:
    return academic_year(clock.today())


def noon(year: int, days: int = 40) -> datetime:
    """Return a noon of an academic year, far from its ends."""
    return datetime.combine(days_of(year)[0], datetime.min.time(), clock.now().tzinfo) + timedelta(
        days=days, hours=9
    )


def outside(**changes: Any) -> actions.Outside:
    told: dict[str, Any] = {"direction": "lessons", "hours": Decimal(34), "basis": "Уроки"}
    told |= {"year": this_year(), "grade": 7, "letter": "А"}
    return actions.Outside(**told | changes)


def visited(school: Organisation, hours: str = "2.5", **changes: Any) -> Event:
    """Make an event of this academic year to which two children of a school came."""
    start = noon(this_year())
    times = {"starts_at": start, "ends_at": start + timedelta(hours=2)}
    event = make.event(hours=Decimal(hours), **{"state": Event.State.HELD} | times | changes)
    make.came(event, school)
    return event


@pytest.mark.parametrize(
    ("minutes", "hours"),
    [(45, "1"), (120, "2.5"), (10, "0"), (60, "1.5"), (480, "8"), (1440 + 1, "16"), (90, "2")],
)
def test_hours_are_proposed_by_the_length(minutes: int, hours: str) -> None:
    start = noon(this_year())

    assert proposed(start, start + timedelta(minutes=minutes)) == Decimal(hours)


def test_a_child_has_hours_of_events_it_came_to_and_of_its_class() -> None:
    school = organisations.school()
    representative = people.actor(school)
    event = visited(school)
    came, absent = Learner.objects.filter(owner=school).order_by("pk")
    Place.objects.filter(learner=absent).update(came_at=None)
    Learner.objects.filter(pk__in=[came.pk, absent.pk]).update(
        first_year=this_year() - 6, letter="А"
    )
    actions.enter_hours(representative, school.public_id, outside=outside())
    actions.enter_hours(representative, school.public_id, outside=outside(letter="Б"))
    actions.choose_level(representative, school.public_id, level="basic")

    with reading(representative):
        (one,) = classes_hours(representative, school, this_year())
        before = classes_hours(representative, school, this_year() - 1)
        child = child_hours(representative, Learner.objects.get(pk=came.pk), this_year())

    had = {each.child: each.by_direction for each in one.children}
    assert had == {
        came.pk: {"practice": event.hours, "lessons": Decimal(34)},
        absent.pk: {"lessons": Decimal(34)},
    }
    assert child.children[0].by_direction == had[came.pk]
    assert (one.grade, one.letter, one.asked, one.reached, one.behind) == (7, "А", 40, 0, 2)
    assert (one.least, one.middle) == (Decimal(34), Decimal("35.25"))
    assert [each.total for rows in before for each in rows.children] == [0, 0]


def test_grades_below_the_minimum_have_hours_and_nothing_is_asked_of_them() -> None:
    school = organisations.school()
    representative = people.actor(school)
    visited(school)
    Learner.objects.filter(owner=school).update(first_year=this_year() - 2)
    actions.choose_level(representative, school.public_id, level="advanced")

    with reading(representative):
        (one,) = classes_hours(representative, school, this_year())

    assert (one.grade, one.asked, one.behind, one.least) == (3, None, 0, Decimal("2.5"))


def test_another_school_counts_nothing_of_it() -> None:
    school, other = organisations.school(), organisations.school()
    visited(school)

    stranger = people.actor(other)

    with reading(stranger):
        assert classes_hours(stranger, school, this_year()) == []


def test_the_same_hours_entered_again_replace_the_number_and_can_be_deleted() -> None:
    school = organisations.school()
    representative = people.actor(school)
    actions.enter_hours(representative, school.public_id, outside=outside())
    entered = actions.enter_hours(
        representative, school.public_id, outside=outside(hours=Decimal("17.5"))
    )

    assert OutsideHours.objects.get().hours == Decimal("17.5")
    actions.drop_hours(representative, entered.public_id)
    assert not OutsideHours.objects.exists()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"hours": Decimal(0)}, actions.BadOutsideHours),
        ({"hours": Decimal("1.3")}, actions.BadOutsideHours),
        ({"hours": Decimal("500.5")}, actions.BadOutsideHours),
        ({"direction": "x"}, actions.NoSuchDirection),
        ({"grade": 12}, actions.NotOfThatYear),
        ({"year": 2001}, actions.NotOfThatYear),
    ],
)
def test_hours_that_cannot_be_are_refused(
    changes: dict[str, Any], refusal: type[Exception]
) -> None:
    school = organisations.school()

    with pytest.raises(refusal):
        actions.enter_hours(people.actor(school), school.public_id, outside=outside(**changes))


def test_a_level_is_chosen_and_taken_back() -> None:
    school = organisations.school()
    representative = people.actor(school)

    actions.choose_level(representative, school.public_id, level="main")
    actions.choose_level(representative, school.public_id, level="advanced")
    assert CareerLevel.objects.get().level == "advanced"
    with pytest.raises(actions.NoSuchLevel):
        actions.choose_level(representative, school.public_id, level="best")
    actions.choose_level(representative, school.public_id, level="")
    assert not CareerLevel.objects.exists()


def test_only_who_answers_for_the_school_says_its_hours() -> None:
    school, other = organisations.school(), organisations.school()
    entered = actions.enter_hours(people.actor(school), school.public_id, outside=outside())
    teacher = people.actor(school, role=Post.Role.TEACHER)

    for actor in (teacher, people.actor(other)):
        with pytest.raises(NotAllowed):
            actions.enter_hours(actor, school.public_id, outside=outside())
        with pytest.raises(NotAllowed):
            actions.choose_level(actor, school.public_id, level="main")
    with pytest.raises(NotFound):
        actions.drop_hours(people.actor(other), entered.public_id)


def test_the_host_changes_hours_of_an_event_at_any_time() -> None:
    event = make.held()
    host = people.coordinator(event.host)

    actions.change_hours(host, event.public_id, hours=Decimal("3.5"), direction="training")
    event.refresh_from_db()
    assert (event.hours, event.direction) == (Decimal("3.5"), "training")
    for hours, direction in ((Decimal("0.3"), "training"), (Decimal(101), "training")):
        with pytest.raises(actions.BadHours):
            actions.change_hours(host, event.public_id, hours=hours, direction=direction)
    with pytest.raises(actions.NoSuchDirection):
        actions.change_hours(host, event.public_id, hours=Decimal(1), direction="")


def test_hours_by_the_length_follow_a_move_and_told_ones_stay() -> None:
    by_length, told = make.event(), make.event(title="Экскурсия")
    start = clock.now() + timedelta(days=9)
    Event.objects.filter(pk=by_length.pk).update(hours=Decimal("2.5"))
    Event.objects.filter(pk=told.pk).update(hours=Decimal(4))
    new = actions.NewTime(start, start + timedelta(hours=3), "Цех", "Ремонт")

    for event in (by_length, told):
        actions.move_event(people.coordinator(event.host), event.public_id, new=new)
        event.refresh_from_db()

    assert (by_length.hours, told.hours) == (Decimal(4), Decimal(4))


CHILD = st.tuples(st.integers(5, 8), st.sampled_from("АБ"))
VISIT = st.tuples(
    st.integers(0, 5), st.integers(0, 4), st.booleans(), st.sampled_from(["practice", "training"])
)
SAID = st.tuples(st.integers(5, 8), st.sampled_from(["", "А", "Б"]), st.integers(1, 90))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(CHILD, min_size=1, max_size=6),
    st.lists(VISIT, max_size=12),
    st.lists(SAID, max_size=4, unique_by=lambda one: one[:2]),
)
def test_hours_are_those_of_a_naive_count(
    who: list[tuple[int, str]], visits: list[tuple[int, int, bool, str]], said: list[Any]
) -> None:
    school = organisations.school()
    children = [learners.founded(school, grade=grade, letter=letter) for grade, letter in who]
    naive = {child.pk: Decimal(0) for child in children}
    start = noon(this_year())
    for number, (index, halves, came, direction) in enumerate(visits):
        if index >= len(children):
            continue
        times = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
        title = {"title": f"Проба {number}", "direction": direction, "hours": halves * HALF}
        event = make.event(**times, **title)
        group = make.group(event, school, seats=1, listed=1, consented=1)
        Place.objects.create(
            event=event,
            group=group,
            learner=children[index],
            consented=True,
            came_at=start if came else None,
        )
        naive[children[index].pk] += halves * HALF if came else 0
    for grade, letter, halves in said:
        OutsideHours.objects.create(
            owner=school,
            year=this_year(),
            grade=grade,
            letter=letter,
            direction="lessons",
            basis="Уроки",
            hours=halves * HALF,
        )
        for child, (own, own_letter) in zip(children, who, strict=True):
            naive[child.pk] += halves * HALF if own == grade and letter in {"", own_letter} else 0
    actor = people.actor(school)

    with reading(actor):
        classes = classes_hours(actor, school, this_year())

    assert {one.child: one.total for row in classes for one in row.children} == naive
    assert sorted(one.total for one in together(classes).children) == sorted(naive.values())
    assert sum(grade.number for grade, _rows in by_grade(classes)) == len(children)


def test_the_first_and_the_last_day_belong_to_their_academic_year() -> None:
    school = organisations.school()
    first, last = days_of(this_year() - 1)
    for day in (first, last, last + timedelta(days=1)):
        _visited_on(school, day)
    actor = people.actor(school)

    with reading(actor):
        totals = [
            sum(together(classes_hours(actor, school, year)).children[0].by_direction.values())
            for year in (this_year() - 1, this_year())
        ]

    assert totals == [2, 1]


def _visited_on(school: Organisation, day: date) -> None:
    start = datetime.combine(day, datetime.min.time(), clock.now().tzinfo) + timedelta(hours=8)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
    event = make.event(state=Event.State.HELD, hours=Decimal(1), title=f"Проба {day}", **times)
    child = Learner.objects.filter(owner=school).first() or learners.founded(school)
    group = make.group(event, school, seats=1, listed=1, consented=1)
    Place.objects.create(event=event, group=group, learner=child, consented=True, came_at=start)
