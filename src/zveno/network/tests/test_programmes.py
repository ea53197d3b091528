"""A programme is founded, its money kept exactly, and whoever takes part counts once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from zveno.kernel.errors import BadInput, NotAllowed, NotFound
from zveno.network import actions
from zveno.network.actions import ClusterPassport, Planned, ProgrammeFacts
from zveno.network.models import (
    BY_HAND,
    Cluster,
    MoneyLine,
    Participation,
    Programme,
    Source,
    Sum,
    by_source,
    reach_of,
    total,
)
from zveno.network.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
FACTS = ProgrammeFacts(
    number="15-2026",
    name="Центр подготовки (пример)",
    kind=Programme.Kind.FEDERAL,
    funder="Министерство (пример)",
    begins=date(2026, 1, 1),
    ends=date(2028, 12, 31),
)
DAY = date(2026, 11, 20)
A_DAY = timedelta(days=1)
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)


def planned(year: int, source: str, amount: str, fact: str = "0") -> Planned:
    return Planned(year, source, Decimal(amount), Decimal(fact))


def lines(programme: Programme) -> list[tuple[int, str, str, str]]:
    rows = MoneyLine.objects.filter(programme=programme).order_by("year", "source")
    return [(one.year, one.source, str(one.planned), str(one.fact)) for one in rows]


# --- Founded and put right --------------------------------------------------------------------


def test_a_coordinator_founds_a_programme() -> None:
    college = organisations.college()

    made = actions.found_programme(people.coordinator(college), college.public_id, facts=FACTS)

    assert (made.holder, made.number, made.years) == (college, "15-2026", range(2026, 2029))


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"ends": date(2025, 12, 31)}, actions.EndsBeforeItBegins),
        ({"ends": date(2038, 1, 1)}, actions.LastsTooLong),
    ],
)
def test_a_programme_lasts_some_years(change: Any, refused: type[BadInput]) -> None:
    college = organisations.college()

    with pytest.raises(refused):
        actions.found_programme(
            people.coordinator(college), college.public_id, facts=replace(FACTS, **change)
        )


def test_a_number_is_used_once_by_a_holder() -> None:
    college, other = organisations.college(), organisations.college()
    actions.found_programme(people.coordinator(other), other.public_id, facts=FACTS)
    actor = people.coordinator(college)
    actions.found_programme(actor, college.public_id, facts=FACTS)

    with pytest.raises(actions.ProgrammeKnown):
        actions.found_programme(actor, college.public_id, facts=FACTS)


def test_only_a_coordinator_of_the_holder_changes_it() -> None:
    programme = make.programme()
    member = organisations.school()
    make.participant(programme, member)

    with pytest.raises(NotAllowed):
        actions.change_programme(people.coordinator(member), programme.public_id, facts=FACTS)
    with pytest.raises(NotFound):
        actions.change_programme(
            people.coordinator(organisations.school()), programme.public_id, facts=FACTS
        )


def test_facts_are_put_right_but_money_and_participants_stay_inside() -> None:
    programme = make.programme()
    actor = people.coordinator(programme.holder)
    make.money(programme, 2027, Source.OWN, 10)
    make.participant(programme, organisations.school(), since=date(2026, 5, 1))

    actions.change_programme(actor, programme.public_id, facts=replace(FACTS, name="Иначе"))

    programme.refresh_from_db()
    assert programme.name == "Иначе"
    with pytest.raises(actions.YearOutside):
        actions.change_programme(
            actor, programme.public_id, facts=replace(FACTS, ends=date(2026, 12, 31))
        )
    with pytest.raises(actions.DayOutside):
        actions.change_programme(
            actor, programme.public_id, facts=replace(FACTS, begins=date(2026, 6, 1))
        )


# --- Who sees it ------------------------------------------------------------------------------


def elsewhere() -> Organisation:
    """Make an authority of another region."""
    place = organisations.district()
    assert place.above is not None
    region = type(place).objects.create(
        kind="region", name="Область (пример)", genitive="Области", above=place.above.above
    )
    return organisations.organisation("education_authority", territory=region)


def region() -> Organisation:
    place = organisations.district()
    return organisations.organisation("education_authority", territory=place.above)


Where = Callable[[Programme], Organisation]


def member_of_a_cluster(programme: Programme) -> Organisation:
    cluster = make.cluster()
    make.participant(programme, cluster)
    return make.member(cluster)


def by_itself(programme: Programme) -> Organisation:
    college = organisations.college()
    make.participant(programme, college)
    return college


@pytest.mark.parametrize(
    ("where", "role", "sees"),
    [
        (lambda programme: programme.holder, Post.Role.TEACHER, True),
        (member_of_a_cluster, Post.Role.REPRESENTATIVE, True),
        (by_itself, Post.Role.COORDINATOR, True),
        (lambda _programme: organisations.college(), Post.Role.COORDINATOR, False),
        (lambda _programme: region(), Post.Role.REGIONAL_AUTHORITY, True),
        (lambda _programme: region(), Post.Role.TEACHER, False),
        (lambda _programme: elsewhere(), Post.Role.REGIONAL_AUTHORITY, False),
        (lambda _programme: elsewhere(), Post.Role.AUDITOR, True),
    ],
)
def test_who_sees_a_programme(where: Where, role: str, *, sees: bool) -> None:
    programme = make.programme()
    make.money(programme, 2026, Source.OWN, 1)

    actor = people.actor(where(programme), role)

    for rows in (Programme, MoneyLine):
        assert rows.objects.visible_to(actor).exists() is sees


# --- Money ------------------------------------------------------------------------------------


def test_money_is_kept_to_the_kopeck_and_replaced_as_a_whole() -> None:
    programme = make.programme()
    actor = people.coordinator(programme.holder)
    first = [planned(2026, "federal", "1200000.05", "0.10"), planned(2027, "own", "7")]

    actions.keep_money(actor, programme.public_id, lines=first)
    actions.keep_money(actor, programme.public_id, lines=[*first[:1], planned(2028, "own", "3")])

    assert lines(programme) == [
        (2026, "federal", "1200000.05", "0.10"),
        (2028, "own", "3.00", "0.00"),
    ]


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ([planned(2029, "own", "1")], actions.YearOutside),
        ([planned(2026, "own", "1")] * 2, actions.LineTwice),
        ([planned(2026, "own", "-1")], actions.BadAmount),
        ([planned(2026, "own", "10000000000000")], actions.BadAmount),
        ([planned(2026, "partners", "1", "1")], actions.NeedsProof),
    ],
)
def test_money_that_cannot_be_is_refused(given: list[Planned], refused: type[BadInput]) -> None:
    programme = make.programme()

    with pytest.raises(refused):
        actions.keep_money(people.coordinator(programme.holder), programme.public_id, lines=given)


def test_what_partners_gave_survives_every_edit() -> None:
    programme = make.programme()
    actor = people.coordinator(programme.holder)
    make.money(programme, 2026, Source.PARTNERS, 100, fact=40)

    actions.keep_money(actor, programme.public_id, lines=[planned(2026, "partners", "90")])
    assert lines(programme) == [(2026, "partners", "90.00", "40.00")]
    actions.keep_money(actor, programme.public_id, lines=[])
    assert lines(programme) == [(2026, "partners", "0.00", "40.00")]


@given(
    st.lists(
        st.tuples(st.integers(2026, 2028), st.sampled_from(Source), AMOUNTS, AMOUNTS), max_size=8
    )
)
def test_sums_are_those_of_a_child_with_a_pencil(
    rows: list[tuple[int, Source, Decimal, Decimal]],
) -> None:
    money = [
        MoneyLine(year=year, source=source, planned=plan, fact=fact)
        for year, source, plan, fact in rows
    ]

    found = by_source(money)

    kopecks = [int(one.planned * 100) for one in money], [int(one.fact * 100) for one in money]
    whole = total(money)
    assert whole == total(found.values())
    assert [int(whole.planned * 100), int(whole.fact * 100)] == [sum(part) for part in kopecks]
    assert whole.remaining + whole.fact == whole.planned
    for source in Source:
        own = [one.fact for one in money if one.source == source]
        assert found.get(source, Sum()).fact == sum(own, Decimal())


def test_one_source_has_no_second_line_and_none_is_below_zero() -> None:
    line = make.money(make.programme(), 2026, BY_HAND[0], 1)

    with pytest.raises(IntegrityError), transaction.atomic():
        make.money(line.programme, 2026, BY_HAND[0], 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.money(line.programme, 2027, BY_HAND[0], -1)


# --- Who takes part ---------------------------------------------------------------------------


def test_a_cluster_and_a_college_take_part_and_leave() -> None:
    programme = make.programme()
    actor = people.coordinator(programme.holder)
    cluster, college = make.cluster(), organisations.college()

    one = actions.let_take_part(actor, programme.public_id, who=cluster, day=DAY)
    actions.let_take_part(actor, programme.public_id, who=college, day=DAY)
    actions.end_participation(actor, one.public_id, day=DAY + A_DAY)

    parts = Participation.objects.filter(programme=programme)
    assert parts.on(DAY).count() == 2
    assert parts.on(DAY + A_DAY).count() == 2
    assert [part.organisation for part in parts.on(DAY + 2 * A_DAY)] == [college]


def test_whoever_takes_part_does_so_once_and_may_come_back() -> None:
    programme = make.programme()
    actor = people.coordinator(programme.holder)
    cluster = make.cluster()
    one = actions.let_take_part(actor, programme.public_id, who=cluster, day=DAY)

    with pytest.raises(actions.TakesPartAlready):
        actions.let_take_part(actor, programme.public_id, who=cluster, day=DAY + A_DAY)
    actions.end_participation(actor, one.public_id, day=DAY)
    actions.let_take_part(actor, programme.public_id, who=cluster, day=DAY + A_DAY)
    with pytest.raises(actions.TakesPartAlready):
        actions.end_participation(actor, one.public_id, day=DAY + A_DAY)


def test_the_database_lets_nobody_take_part_twice() -> None:
    programme = make.programme()
    for who in (make.cluster(), organisations.college()):
        make.participant(programme, who)
        with pytest.raises(IntegrityError), transaction.atomic():
            make.participant(programme, who, since=DAY)


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        (date(2025, 12, 31), actions.DayOutside),
        (date(2029, 1, 1), actions.DayOutside),
    ],
)
def test_who_takes_part_does_so_while_the_programme_lasts(
    day: date, refused: type[BadInput]
) -> None:
    programme = make.programme()
    actor = people.coordinator(programme.holder)

    with pytest.raises(refused):
        actions.let_take_part(actor, programme.public_id, who=make.cluster(), day=day)


def test_a_cluster_takes_part_from_the_day_it_was_founded_on() -> None:
    programme = make.programme()
    actor = people.coordinator(programme.holder)
    cluster = make.cluster(founded_on=DAY)

    with pytest.raises(actions.BeforeFounding, match=r"20\.11\.2026"):
        actions.let_take_part(actor, programme.public_id, who=cluster, day=DAY - A_DAY)
    part = actions.let_take_part(actor, programme.public_id, who=cluster, day=DAY)

    assert part.since == DAY


def test_a_cluster_is_not_made_younger_than_its_part_in_a_programme() -> None:
    since = date(2025, 5, 20)
    cluster = make.cluster(founded_on=since - 9 * A_DAY)
    make.participant(make.programme(begins=since), cluster)
    actor, same = people.coordinator(cluster.base), ClusterPassport(cluster.name, founded_on=since)
    later = replace(same, founded_on=since + A_DAY)

    with pytest.raises(actions.TakesPartEarlier, match=r"20\.05\.2025"):
        actions.change_cluster(actor, cluster.public_id, passport=later)
    changed = actions.change_cluster(actor, cluster.public_id, passport=same)

    assert changed.founded_on == since


def test_nobody_leaves_before_they_came_or_after_the_end() -> None:
    programme = make.programme()
    actor = people.coordinator(programme.holder)
    part = make.participant(programme, make.cluster(), since=DAY)

    with pytest.raises(actions.BeforeJoining):
        actions.end_participation(actor, part.public_id, day=DAY - A_DAY)
    with pytest.raises(actions.DayOutside):
        actions.end_participation(actor, part.public_id, day=programme.ends + A_DAY)


@settings(max_examples=15, deadline=None)
@given(
    inside=st.lists(st.sets(st.integers(0, 4)), min_size=2, max_size=3),
    alone=st.sets(st.integers(0, 4)),
)
def test_each_counts_once_however_many_ways_it_came_in(
    inside: list[set[int]], alone: set[int]
) -> None:
    with transaction.atomic():
        programme, houses = make.programme(), [_house(n) for n in range(5)]
        clusters = [make.cluster(_house(0)) for _ in inside]
        for cluster, members in zip(clusters, inside, strict=True):
            make.participant(programme, cluster)
            for number in members:
                make.member(cluster, houses[number])
        for number in alone:
            make.participant(programme, houses[number])

        reach = reach_of(programme, date(2028, 1, 1))

        counted = set().union(alone, *inside)
        colleges = [number for number in counted if houses[number].kind == "college"]
        assert reach.clusters == len(inside)
        assert reach.organisations == len(counted) + len(inside)  # each has a base of its own
        assert reach.colleges == len(colleges) + len(inside)
        transaction.set_rollback(True)


def _house(number: int) -> Organisation:
    return organisations.school() if number % 2 else organisations.college()


def test_a_cluster_that_has_left_counts_no_more() -> None:
    programme = make.programme()
    cluster: Cluster = make.cluster()
    make.participant(programme, cluster, last_day=date(2027, 1, 1))

    assert reach_of(programme, date(2027, 1, 2)).organisations == 0
