"""Clusters are split and taken up: who was in on any day is answered right on both sides."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import DomainError, NotAllowed
from zveno.network import actions
from zveno.network.actions import ClusterPassport, Invitee, Split, Terms
from zveno.network.models import Cluster, ClusterClosed, Membership, Reform
from zveno.network.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Notice
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
FIRST = date(2025, 5, 20)
DAY = timedelta(days=1)


def at(day: date) -> datetime:
    """Return noon of a day."""
    return timezone.make_aware(datetime.combine(day, time(12)))


@pytest.fixture
def cluster() -> Cluster:
    """Make a cluster of a college and three schools, each of which could lead."""
    with clock.travel(at(FIRST)):
        district = organisations.district()
        college = organisations.college(territory=district)
        made = make.cluster(college, territory=district, founded_on=FIRST)
        for _ in range(3):
            people.account(make.member(made), "coordinator")
    return made


@pytest.fixture
def coordinator(cluster: Cluster) -> Actor:
    return people.coordinator(cluster.base)


def schools(cluster: Cluster) -> list[Organisation]:
    rows = Membership.objects.filter(cluster=cluster, role="member").order_by("pk")
    return [one.organisation for one in rows.select_related("organisation")]


def going(*houses: Organisation, day: date, **changes: Any) -> Split:
    """Let organisations make up a new cluster, led by the first of them."""
    facts: dict[str, Any] = {"passport": ClusterPassport("Метрология"), "day": day}
    keys = [one.public_id for one in houses]
    return Split(**facts | {"base": keys[0], "members": keys} | changes)


def roles_on(cluster: Cluster, day: date) -> dict[str, str]:
    return {
        one.organisation.name: one.role
        for one in Membership.objects.filter(cluster=cluster).on(day).select_related("organisation")
    }


def rows() -> list[dict[str, Any]]:
    """Return all memberships as they stand."""
    names = ("pk", "cluster", "organisation", "role", "since", "until", "begun_by", "ended_by")
    return list(Membership.objects.order_by("pk").values(*names))


def another(base: Organisation) -> Cluster:
    """Make another cluster of the same base, with a school of its own."""
    with clock.travel(at(FIRST)):
        made = make.cluster(base, founded_on=FIRST)
        make.member(made)
    return made


def test_chosen_members_go_over_and_the_days_before_stay(
    cluster: Cluster, coordinator: Actor
) -> None:
    first, second, third = schools(cluster)
    day = FIRST + 10 * DAY

    reform = actions.split_cluster(
        coordinator, cluster.public_id, split=going(first, second, day=day)
    )

    college = cluster.base.name
    assert roles_on(cluster, day) == {college: "base", third.name: "member"}
    assert roles_on(reform.target, day) == {first.name: "base", second.name: "member"}
    assert len(roles_on(cluster, day - DAY)) == 4
    assert roles_on(reform.target, day - DAY) == {}
    assert (reform.target.base, reform.target.founded_on) == (first, day)


def test_who_stays_in_both_is_not_taken_out_of_the_first(
    cluster: Cluster, coordinator: Actor
) -> None:
    first, second, third = schools(cluster)
    day, both = FIRST + 10 * DAY, [cluster.base.public_id, second.public_id]
    split = going(cluster.base, first, second, day=day, staying=both)

    reform = actions.split_cluster(coordinator, cluster.public_id, split=split)

    college = cluster.base.name
    assert roles_on(cluster, day) == {
        college: "base", second.name: "member", third.name: "member",
    }  # fmt: skip
    assert roles_on(reform.target, day) == {
        college: "base", first.name: "member", second.name: "member",
    }  # fmt: skip
    assert reform.target.territory == cluster.territory


def test_split_is_refused_where_it_makes_no_sense(cluster: Cluster, coordinator: Actor) -> None:
    first, second, _third = schools(cluster)
    stranger, today = organisations.school(), clock.today()

    def refusal(split: Split) -> str:
        with pytest.raises(DomainError) as caught:
            actions.split_cluster(coordinator, cluster.public_id, split=split)
        return caught.value.code

    assert refusal(going(first, day=today, members=[])) == "nobody_goes"
    assert refusal(going(first, stranger, day=today)) == "nobody_goes"
    assert refusal(going(first, cluster.base, day=today)) == "base_stays"
    named = ClusterPassport(cluster.name)
    assert refusal(going(first, day=today, passport=named)) == "cluster_known"
    assert refusal(going(first, day=FIRST - DAY)) == "moves_later"
    assert refusal(going(first, day=today + DAY)) == "day_to_come"
    assert refusal(going(first, day=today, base=second.public_id)) == "base_cannot_lead"
    with pytest.raises(NotAllowed):
        actions.split_cluster(
            people.coordinator(first), cluster.public_id, split=going(first, day=today)
        )
    assert Cluster.objects.count() == 1


def test_operator_keeps_its_role_in_the_new_cluster(cluster: Cluster, coordinator: Actor) -> None:
    first, second, _third = schools(cluster)
    member, day = cluster.memberships.get(organisation=second), FIRST + 5 * DAY
    actions.change_role(coordinator, member.public_id, role="methodical_operator", day=day)

    split = going(first, second, day=day + DAY)
    reform = actions.split_cluster(coordinator, cluster.public_id, split=split)

    assert roles_on(reform.target, day + DAY)[second.name] == "methodical_operator"


def test_members_of_a_cluster_taken_up_are_in_the_other_once(
    cluster: Cluster, coordinator: Actor
) -> None:
    other, day = another(cluster.base), FIRST + 10 * DAY
    in_both = schools(cluster)[0]
    with clock.travel(at(FIRST + DAY)):
        make.member(other, in_both)
    before = roles_on(other, day - DAY)

    reform = actions.merge_cluster(coordinator, cluster.public_id, into=other.public_id, day=day)

    cluster.refresh_from_db()
    assert roles_on(cluster, day) == {}
    assert len(roles_on(cluster, day - DAY)) == 4
    assert roles_on(other, day - DAY) == before
    assert roles_on(other, day) == before | {one.name: "member" for one in schools(cluster)}
    assert (cluster.closed_on, reform.kind) == (day, "merger")
    assert Membership.objects.filter(cluster=other, organisation=in_both).count() == 1


def test_a_closed_cluster_begins_nothing_new(cluster: Cluster, coordinator: Actor) -> None:
    other, today, school = another(cluster.base), clock.today(), schools(cluster)[0]
    make.joining(other, school, kind="application")
    actions.merge_cluster(coordinator, cluster.public_id, into=other.public_id, day=today)
    terms = Terms("Соглашение", "Санкт-Петербург", today, today + 365 * DAY)
    refused: list[tuple[Any, dict[str, Any]]] = [
        (actions.merge_cluster, {"into": other.public_id, "day": today}),
        (actions.split_cluster, {"split": going(school, day=today)}),
        (actions.change_cluster, {"passport": ClusterPassport("Другой")}),
        (actions.hand_over, {"to": school.public_id}),
        (actions.keep_calendar, {"year": 2026, "seasons": []}),
        (actions.invite_to_join, {"invitee": Invitee(organisations.school().public_id)}),
        (actions.bring_members, {"source": {"text": "Наименование\nШкола"}}),
        (actions.start_agreement, {"terms": terms, "obligations": []}),
        (actions.print_passport, {}),
    ]

    for verb, details in refused:
        with pytest.raises(ClusterClosed):
            verb(coordinator, cluster.public_id, **details)
    with pytest.raises(ClusterClosed):
        actions.merge_cluster(coordinator, other.public_id, into=cluster.public_id, day=today)
    with pytest.raises(ClusterClosed):
        actions.apply_to_join(people.actor(school), school.public_id, cluster=cluster.public_id)
    programme = make.programme(cluster.base)
    with pytest.raises(ClusterClosed):
        actions.let_take_part(coordinator, programme.public_id, who=cluster, day=programme.begins)


def test_nobody_who_asked_to_join_is_left_without_an_answer(
    cluster: Cluster, coordinator: Actor
) -> None:
    other = another(cluster.base)
    asked = make.joining(cluster)
    merge: dict[str, Any] = {"into": other.public_id, "day": clock.today()}

    with pytest.raises(actions.JoiningsWait):
        actions.merge_cluster(coordinator, cluster.public_id, **merge)
    actions.take_joining_back(coordinator, asked.public_id)

    assert actions.merge_cluster(coordinator, cluster.public_id, **merge).target == other


def test_only_who_coordinates_both_lets_one_take_up_the_other(
    cluster: Cluster, coordinator: Actor
) -> None:
    for into in (make.cluster(), cluster):
        with pytest.raises(actions.NotBoth):
            actions.merge_cluster(
                coordinator, cluster.public_id, into=into.public_id, day=clock.today()
            )


def test_members_new_base_and_holders_of_programmes_are_told(
    cluster: Cluster, coordinator: Actor
) -> None:
    first, second, third = schools(cluster)
    programme = make.programme()
    make.participant(programme, cluster)
    told = [people.account(one) for one in (second, third)]
    holder = people.account(programme.holder, "coordinator")
    leads = people.account(first, "head")

    reform = actions.split_cluster(
        coordinator, cluster.public_id, split=going(first, second, day=clock.today())
    )
    actions.undo_reform(coordinator, reform.public_id)

    def titles(person: int | None) -> list[str]:
        return list(Notice.objects.filter(person=person).values_list("title", flat=True))

    for one in told:
        split, undone = titles(one.person_id)
        assert "Метрология" in split
        assert cluster.name in undone
    assert len(titles(leads.person_id)) == 3
    assert programme.name in titles(holder.person_id)[0]


def test_a_split_is_undone_while_nobody_has_built_on_it(
    cluster: Cluster, coordinator: Actor
) -> None:
    first, second, _third = schools(cluster)
    before = rows()
    split = going(first, second, day=FIRST + 10 * DAY, staying=[second.public_id])
    parted = actions.split_cluster(coordinator, cluster.public_id, split=split)
    with pytest.raises(NotAllowed):
        actions.undo_reform(people.actor(second), parted.public_id)

    actions.undo_reform(coordinator, parted.public_id)

    assert rows() == before
    assert (Reform.objects.count(), Cluster.objects.count()) == (0, 1)


def test_a_merger_is_undone_as_well(cluster: Cluster, coordinator: Actor) -> None:
    other = another(cluster.base)
    before = rows()
    merged = actions.merge_cluster(
        coordinator, cluster.public_id, into=other.public_id, day=clock.today()
    )

    actions.undo_reform(coordinator, merged.public_id)

    cluster.refresh_from_db()
    assert rows() == before
    assert not cluster.is_closed


@pytest.mark.parametrize("what", ["agreement", "member", "role", "offer", "joining"])
def test_what_others_have_built_on_is_not_undone(
    cluster: Cluster, coordinator: Actor, what: str
) -> None:
    first, second, _third = schools(cluster)
    split = going(first, second, day=FIRST + 10 * DAY)
    target = (made := actions.split_cluster(coordinator, cluster.public_id, split=split)).target
    build: dict[str, Any] = {
        "agreement": make.agreement, "member": make.member,
        "offer": make.offer, "joining": make.joining,
    }  # fmt: skip
    if what == "role":
        row = target.memberships.get(organisation=second)
        leader = people.coordinator(first)
        actions.change_role(leader, row.public_id, role="partner", day=split.day)
    else:
        build[what](target)

    with pytest.raises(actions.ReformStands):
        actions.undo_reform(coordinator, made.public_id)


def test_a_merger_stands_once_the_newcomers_have_a_paper_there(
    cluster: Cluster, coordinator: Actor
) -> None:
    other = another(cluster.base)
    merged = actions.merge_cluster(
        coordinator, cluster.public_id, into=other.public_id, day=clock.today()
    )
    make.agreement(other)

    with pytest.raises(actions.ReformStands):
        actions.undo_reform(coordinator, merged.public_id)


def test_who_was_in_a_cluster_taken_up_still_sees_what_was_theirs(
    cluster: Cluster, coordinator: Actor
) -> None:
    school, other = schools(cluster)[0], another(cluster.base)
    offer = make.offer(cluster)
    left = cluster.memberships.get(organisation=schools(cluster)[1])
    actions.end_membership(coordinator, left.public_id, last_day=clock.today() - DAY)

    actions.merge_cluster(coordinator, cluster.public_id, into=other.public_id, day=clock.today())

    def sees(house: Organisation) -> bool:
        return type(offer).objects.visible_to(people.actor(house)).filter(pk=offer.pk).exists()

    assert sees(school)
    assert not sees(left.organisation)


def test_a_cluster_is_taken_up_once_even_without_the_verb(cluster: Cluster) -> None:
    fields = {"kind": "merger", "source": cluster, "day": FIRST, "at": at(FIRST)}
    Reform.objects.create(target=make.cluster(), **fields)

    with pytest.raises(IntegrityError), transaction.atomic():
        Reform.objects.create(target=make.cluster(), **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reform.objects.create(target=cluster, **fields | {"kind": "split"})


def test_a_letter_that_waits_at_the_worker_opens_no_closed_cluster(
    cluster: Cluster, coordinator: Actor
) -> None:
    other = another(cluster.base)
    actions.merge_cluster(coordinator, cluster.public_id, into=other.public_id, day=clock.today())
    told = actions.Application("Завод (пример)", "plant@example.org")

    assert actions.apply_by_letter(SYSTEM, cluster.public_id, application=told) is None
