"""What an organisation was when: answers about any day are those of a diary kept day by day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import DomainError, NotAllowed
from zveno.organisations.actions import (
    BadDay,
    BadSuccessors,
    Card,
    NothingChanges,
    NotThere,
    NotYet,
    Turn,
    change_card,
    note_turn,
    take_turn_back,
)
from zveno.organisations.models import Chapter, Organisation, as_of, heirs, life_of
from zveno.organisations.tests import make

pytestmark = pytest.mark.django_db
What = Turn.What
DAYS = 24
SOME = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
)


def day(number: int) -> date:
    """Return a day of the diary; its last is today."""
    return clock.today() - timedelta(days=DAYS - 1 - number)


def head(*organisations: Organisation) -> Actor:
    keys = [one.pk for one in organisations]
    return Actor(scope=frozenset(keys), roles=frozenset((key, "head") for key in keys))


def turn(organisation: Organisation, what: str, when: int, **told: Any) -> None:
    note_turn(
        head(organisation), organisation.public_id, turn=Turn(what=what, day=day(when), **told)
    )


@dataclass
class Diary:
    """The oracle: what was said of each day, one line a day, nothing clever."""

    name: str
    territory: int | None
    lines: list[dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        line = {"name": self.name, "territory": self.territory, "kind": "school", "exists": True}
        self.lines = [dict(line) for _day in range(DAYS)]

    def write(self, when: int, name: str, value: Any) -> None:
        before = self.lines[when][name]
        for line in self.lines[when:]:
            if line[name] != before:
                return
            line[name] = value


CHANGES: dict[str, tuple[str, str]] = {
    What.RENAMED: ("name", "name"),
    What.TURNED: ("kind", "kind"),
    What.MOVED: ("territory", "territory"),
    What.CLOSED: ("exists", ""),
    What.REOPENED: ("exists", ""),
}
turns = st.lists(
    st.tuples(st.sampled_from(list(CHANGES)), st.integers(1, DAYS - 1), st.integers(0, 2)),
    max_size=12,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=turns)
def test_every_day_is_as_the_diary_has_it(history: list[tuple[str, int, int]]) -> None:
    here = make.district()
    places = [here, here.above, here.above and here.above.above]
    school = make.school(name="Школа (пример)")
    diary = Diary(school.name, school.territory_id)
    for what, when, choice in history:
        options: dict[str, dict[str, Any]] = {
            What.RENAMED: {"name": f"Школа имени {choice} (пример)"},
            What.TURNED: {"kind": ["school", "preschool", "technopark"][choice]},
            What.MOVED: {"territory": places[choice]},
        }
        told = options.get(what, {})
        name, detail = CHANGES[what]
        value = told.get(detail, what == What.REOPENED)
        value = getattr(value, "pk", value)
        refused = said(lambda: turn(school, what, when, **told))  # noqa: B023 - called at once
        there = diary.lines[when]
        if what == What.REOPENED:
            assert (refused is None) == (not there["exists"])
        elif not there["exists"]:
            assert refused is NotThere
        else:
            assert (refused is NothingChanges) == (there[name] == value)
        if refused is None:
            diary.write(when, name, value)
    found = [as_of(school, day(number)).facts() for number in range(DAYS)]
    assert found == diary.lines
    school.refresh_from_db()
    assert shown_now(school) == diary.lines[-1]


def said(work: Callable[[], None]) -> type[DomainError] | None:
    """Return the refusal of a verb, or nothing."""
    try:
        work()
    except DomainError as refusal:
        return type(refusal)
    return None


def shown_now(organisation: Organisation) -> dict[str, Any]:
    return {
        "name": organisation.name,
        "territory": organisation.territory_id,
        "kind": organisation.kind,
        "exists": organisation.closed_on is None,
    }


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    mergers=st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, DAYS - 1)), max_size=10
    )
)
def test_heirs_are_found_through_all_that_joined(mergers: list[tuple[int, int, int]]) -> None:
    houses = [make.school() for _number in range(5)]
    joined: dict[int, tuple[int, int]] = {}
    for one, other, when in mergers:
        if said(lambda: turn(houses[one], What.MERGED, when, successors=[houses[other]])):  # noqa: B023
            continue
        joined[one] = (other, when)
    for number in range(5):
        for when in range(0, DAYS, 4):
            stood = {houses[one].pk for one in naive(joined, number, when)}
            assert heirs(houses[number], day(when)) == stood


def naive(joined: dict[int, tuple[int, int]], house: int, when: int) -> set[int]:
    """Walk from one to the next as long as it had joined another by that day.

    Two that joined each other, each before the other was gone, leave nobody.
    """
    walked = set()
    while house in joined and joined[house][1] <= when:
        if house in walked:
            return set()
        walked.add(house)
        house = joined[house][0]
    return {house}


def test_a_split_leaves_several_heirs() -> None:
    whole, left, right = make.school(), make.school(), make.school()
    turn(whole, What.SPLIT, 10, successors=[left, right])
    turn(left, What.CLOSED, 20)

    assert heirs(whole, day(9)) == {whole.pk}
    assert heirs(whole, day(19)) == {left.pk, right.pk}
    assert heirs(whole, day(20)) == {right.pk}


def test_a_part_that_leaves_does_not_end_the_whole() -> None:
    whole, part = make.school(), make.school()
    turn(part, What.BEGAN, 10)
    turn(whole, What.SPLIT_OFF, 10, successors=[part])

    assert heirs(whole, day(11)) == {whole.pk}
    assert not as_of(part, day(9)).exists
    assert whole.successions.get().after == part


@given(history=turns, when=st.integers(1, DAYS - 1))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_taken_back_leaves_no_trace(history: list[tuple[str, int, int]], when: int) -> None:
    school = make.school()
    for what, number, choice in history:
        told = {"name": f"Школа {choice} (пример)", "kind": "preschool"}
        said(lambda: turn(school, what, number, **told))  # noqa: B023
    before = life_of(school)
    refused = said(lambda: turn(school, What.RENAMED, when, name="Гимназия (пример)"))
    if refused is None and not any(one.since == day(when) for one in before):
        take_turn_back(head(school), school.public_id, day=day(when))
        assert life_of(school) == before


def test_a_day_to_come_is_refused() -> None:
    with pytest.raises(NotYet):
        turn(make.school(), What.CLOSED, DAYS)


def test_nobody_joins_itself_and_nobody_is_split_into_one() -> None:
    school = make.school()
    for what, others in ((What.MERGED, [school]), (What.SPLIT, [make.school()])):
        with pytest.raises(BadSuccessors):
            turn(school, what, 5, successors=others)


def test_one_does_not_join_what_is_closed() -> None:
    gone = make.school()
    turn(gone, What.CLOSED, 3)
    with pytest.raises(NotThere):
        turn(make.school(), What.MERGED, 5, successors=[gone])


def test_a_life_begins_once_and_first() -> None:
    school = make.school()
    turn(school, What.RENAMED, 5, name="Лицей (пример)")
    with pytest.raises(BadDay):
        turn(school, What.BEGAN, 8)
    turn(school, What.BEGAN, 2)
    with pytest.raises(BadDay):
        turn(school, What.BEGAN, 3)
    take_turn_back(head(school), school.public_id, day=day(2))
    assert as_of(school, day(0)).exists


def test_a_slip_of_the_pen_is_put_right_in_all_its_time() -> None:
    school = make.school(name="Школла (пример)")
    turn(school, What.TURNED, 5, kind="preschool")
    turn(school, What.RENAMED, 2, name="Шкора (пример)")

    change_card(head(school), school.public_id, card=Card("school", "Школа (пример)"))

    names = [as_of(school, day(number)).name for number in (1, 2, 6)]
    assert names == ["Школла (пример)", "Школа (пример)", "Школа (пример)"]


def test_contacts_have_a_day() -> None:
    school = make.school()
    card = Card("school", school.name, phone="+7 812 000-00-00", site="https://example.org/")

    change_card(head(school), school.public_id, card=card)

    school.refresh_from_db()
    assert (school.phone, school.told_on) == (card.phone, clock.today())


def test_who_does_not_answer_for_it_changes_nothing() -> None:
    college = make.college()
    school = make.school(steward=college)
    turned = Turn(What.CLOSED, clock.today())
    teacher = Actor(scope=frozenset([school.pk]), roles=frozenset([(school.pk, "teacher")]))
    for stranger in (head(make.college()), teacher):
        with pytest.raises(NotAllowed):
            note_turn(stranger, school.public_id, turn=turned)
        with pytest.raises(NotAllowed):
            change_card(stranger, school.public_id, card=Card("school", "Чужая"))
    note_turn(head(college), school.public_id, turn=turned)


def test_what_is_closed_is_not_offered_any_more() -> None:
    school = make.school(name="Школа № 47 (пример)")
    turn(school, What.CLOSED, 5)
    rows = Organisation.objects.visible_to(head(school))
    assert list(rows.matching("47")) == []
    assert list(rows.found_by("школа")) == [school]


def test_the_database_keeps_chapters_apart() -> None:
    school = make.school()
    told = {"organisation": school, "kind": "school", "name": school.name}
    Chapter.objects.create(span=DateRange(None, day(5)), **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        Chapter.objects.create(span=DateRange(day(4), None), **told)


def test_zveno_itself_is_no_keeper_of_cards() -> None:
    with pytest.raises(NotAllowed):
        note_turn(SYSTEM, make.school().public_id, turn=Turn(What.CLOSED, clock.today()))
