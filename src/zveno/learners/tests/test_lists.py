"""A list becomes children of the register: each row has a fate, nobody is merged alone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zveno.kernel.errors import NotAllowed, NotFound
from zveno.learners import actions
from zveno.learners.actions import entering
from zveno.learners.models import ChildList, ChildListRow, Learner
from zveno.learners.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
Fate, State = ChildListRow.Fate, ChildList.State
HEADS = "Фамилия\tИмя\tОтчество\tКласс\n"


def brought(school: Organisation, *rows: str, label: str = "") -> ChildList:
    """Let a school bring rows under the usual headings."""
    text = HEADS + "\n".join(rows)
    actor = people.actor(school)
    return actions.bring_children(actor, school.public_id, source={"text": text}, label=label)


def fates(found: ChildList) -> list[str]:
    return list(found.rows.order_by("number").values_list("fate", flat=True))


def entered(found: ChildList) -> ChildList:
    actions.enter_list(people.actor(found.owner), found.public_id)
    found.refresh_from_db()
    return found


def mended(found: ChildList, number: int, **values: str) -> None:
    actions.mend_children(
        people.actor(found.owner), found.public_id, mends={number: values}, kept={}
    )


def kept(found: ChildList, number: int, field: str = "row") -> None:
    actions.mend_children(
        people.actor(found.owner), found.public_id, mends={}, kept={number: [field]}
    )


def names(school: Organisation) -> list[str]:
    rows = Learner.objects.filter(owner=school).order_by("name_key", "pk")
    return [f"{one.full_name} {one.class_label}" for one in rows]


def test_children_come_without_a_ground() -> None:
    school = organisations.school()

    found = entered(brought(school, "Белов\tЛев\tОлегович\t6Б", "Ким\tАя\t\t6 «b»"))

    assert fates(found) == [Fate.ENTERED, Fate.HELD]
    assert names(school) == ["Белов Лев Олегович 6 «Б»"]
    assert Learner.objects.get().unfounded_since is not None


def test_a_row_is_mended_in_place_and_nothing_is_lost() -> None:
    school = organisations.school()
    found = brought(school, "Белов\tЛев\t\t6Б", "Ким\tАя\t\t16Б", "Иванoв\tПётр\t\t6Б")
    assert fates(found) == [Fate.READY, Fate.HELD, Fate.HELD]

    mended(found, 2, **{"class": "6Б"})
    mended(found, 3, family_name="Иванов")

    assert fates(found) == [Fate.READY] * 3
    entered(found)
    assert names(school) == ["Белов Лев 6 «Б»", "Иванов Пётр 6 «Б»", "Ким Ая 6 «Б»"]


def test_a_list_brought_twice_enters_nobody_twice() -> None:
    school = organisations.school()
    rows = ("Белов\tЛев\t\t6Б", "Ким\tАя\t\t6Б")
    entered(brought(school, *rows))

    again = entered(brought(school, *rows))

    assert fates(again) == [Fate.KNOWN] * 2
    assert len(names(school)) == 2


def test_a_list_nobody_has_touched_stays_one() -> None:
    school = organisations.school()

    assert brought(school, "Белов\tЛев\t\t6Б") == brought(school, "Белов\tЛев\t\t6Б")


def test_a_class_that_moved_up_is_known_by_its_class_of_today() -> None:
    child = make.learner(family_name="Белов", given_name="Лев", grade=7, letter="А")

    assert fates(brought(child.owner, "Белов\tЛев\t\t7а")) == [Fate.KNOWN]


def test_a_namesake_in_another_class_is_asked_about() -> None:
    child = make.learner(family_name="Белов", given_name="Лев", grade=7, letter="А")
    found = brought(child.owner, "Белов\tЛев\t\t6Б")
    assert fates(found) == [Fate.HELD]

    kept(found, 1)

    assert fates(entered(found)) == [Fate.ENTERED]
    assert len(names(child.owner)) == 2


def test_another_patronymic_is_another_child() -> None:
    child = make.learner(family_name="Белов", given_name="Лев", patronymic="Олегович")

    found = entered(brought(child.owner, "Белов\tЛев\tПетрович\t6Б"))

    assert fates(found) == [Fate.ENTERED]


def test_namesakes_of_one_list_are_asked_about_and_entered_as_two() -> None:
    school = organisations.school()
    found = brought(school, "Ким\tАя\t\t6Б", "Ким\tАя\tЛьвовна\t6Б")
    assert fates(found) == [Fate.READY, Fate.HELD]

    kept(found, 2)
    entered(found)
    again = brought(school, "Ким\tАя\t\t6Б", "Ким\tАя\tИгоревна\t6Б")

    assert len(names(school)) == 2
    assert Fate.READY not in fates(again)


def test_a_repeated_row_is_left_out_until_somebody_says_it_is_another_child() -> None:
    school = organisations.school()
    found = brought(school, "Ким\tАя\t\t6Б", "Ким\tАя\t\t6Б")
    assert fates(found) == [Fate.READY, Fate.DUPLICATE]

    kept(found, 2)

    assert fates(entered(found)) == [Fate.ENTERED] * 2


def test_who_was_entered_meanwhile_is_not_entered_twice() -> None:
    school = organisations.school()
    found = brought(school, "Ким\tАя\t\t6Б")
    make.learner(school, family_name="Ким", given_name="Ая")

    assert fates(entered(found)) == [Fate.KNOWN]


def test_a_kindergarten_has_groups() -> None:
    garden = organisations.organisation("preschool")

    found = entered(brought(garden, "Белов\tЛев\t\tПодснежник", "Ким\tАя\t\t", label="Ромашка"))

    assert fates(found) == [Fate.ENTERED] * 2
    assert names(garden) == ["Белов Лев Подснежник", "Ким Ая Ромашка"]


def test_no_word_of_a_list_is_kept_once_nothing_waits() -> None:
    school = organisations.school()

    found = entered(brought(school, "Белов\tЛев\t\t6Б", "Белов\tЛев\t\t6Б"))

    assert (found.source, found.mends, found.asides, found.columns) == ({}, {}, [], [])
    assert "Белов" not in str(list(found.rows.values_list("verdict", flat=True)))
    with pytest.raises(actions.ListOver):
        kept(found, 2)


def test_with_a_child_the_list_it_came_with_goes() -> None:
    school = organisations.school()
    found = entered(brought(school, "Белов\tЛев\t\t6Б", "Белов\tЛев\t\t6Б", "Ким\tАя\t\t16"))
    child = Learner.objects.get()

    actor = people.actor(school)
    actions.destroy(actor, school.public_id, learners=[child.public_id], why="asked")

    assert not ChildList.objects.filter(pk=found.pk).exists()


def test_a_list_is_taken_back_but_who_is_in_use_stays() -> None:
    school = organisations.school()
    found = entered(brought(school, "Белов\tЛев\t\t6Б", "Ким\tАя\t\t6Б"))
    make.consent(Learner.objects.get(family_name="Ким"))

    assert actions.undo_list(people.actor(school), found.public_id) == 2

    found.refresh_from_db()
    assert (found.state, fates(found)) == (State.UNDONE, [Fate.UNDONE, Fate.KEPT])
    assert names(school) == ["Ким Ая 6 «Б»"]


def test_a_long_list_is_entered_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    school = organisations.school()
    letters = "абвгде"
    rows = [f"Ким{letter}\tАя\t\t6Б" for letter in letters]
    monkeypatch.setattr(entering, "PART", 2)
    found, actor = brought(school, *rows), people.actor(school)

    entered(found)
    parts = []
    while found.state == State.ENTERING:
        actions.enter_list_part(actor, found.public_id)
        found.refresh_from_db()
        parts.append((found.done, Learner.objects.count()))

    assert parts == [(2, 2), (4, 4), (6, 6)]
    assert fates(found) == [Fate.ENTERED] * 6
    with pytest.raises(actions.ListOver):
        kept(found, 1)


def test_what_is_no_list_is_refused_in_words() -> None:
    school = organisations.school()

    found = actions.bring_children(
        people.actor(school), school.public_id, source={"file": "UEsDBA==", "name": "a.xlsx"}
    )

    assert (found.state, bool(found.refusal)) == (State.REFUSED, True)


def test_only_who_answers_for_children_brings_them_and_sees_the_list() -> None:
    school = organisations.school()
    found = brought(school, "Ким\tАя\t\t6Б")

    with pytest.raises(NotAllowed):
        actions.bring_children(people.actor(), school.public_id, source={"text": "Ким Ая 6Б"})
    with pytest.raises(NotFound):
        actions.enter_list(people.actor(organisations.school()), found.public_id)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["Ким", "Белова"]),
            st.sampled_from(["Ая", "Лия", ""]),
            st.sampled_from(["6Б", "7А", "", "96"]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_every_row_has_one_fate_and_a_second_time_nobody_is_new(
    rows: list[tuple[str, str, str]],
) -> None:
    school = organisations.school()
    lines = [f"{family}\t{given_name}\t\t{label}" for family, given_name, label in rows]

    first = entered(brought(school, *lines))
    number = Learner.objects.filter(owner=school).count()
    second = entered(brought(school, *lines))

    assert first.rows.count() == len(rows)
    assert number == fates(first).count(Fate.ENTERED)
    assert Fate.ENTERED not in fates(second)
    assert Learner.objects.filter(owner=school).count() == number
