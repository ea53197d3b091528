"""Members leave, change their role, lead: who was in on any day is answered right."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from zveno.kernel import clock
from zveno.kernel.errors import DomainError, NotAllowed
from zveno.network.actions import (
    BaseStays,
    BeforeItBegan,
    CannotLead,
    MembershipOver,
    OperatorThere,
    change_role,
    end_membership,
    hand_over,
)
from zveno.network.models import Cluster, Membership, start_of
from zveno.network.tests import make
from zveno.network.tests.visitors import visitor
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
    with clock.travel(at(FIRST)):
        made = make.cluster(founded_on=FIRST)
        make.member(made)
    return made


def member_of(cluster: Cluster) -> Membership:
    return cluster.memberships.filter(role="member").latest("pk")


def roles_on(cluster: Cluster, day: date) -> dict[str, str]:
    return {
        one.organisation.name: one.role
        for one in Membership.objects.filter(cluster=cluster).on(day).select_related("organisation")
    }


def test_role_from_a_day_on_leaves_the_days_before_as_they_were(cluster: Cluster) -> None:
    member, day = member_of(cluster), FIRST + 10 * DAY

    change_role(
        people.coordinator(cluster.base), member.public_id, role="methodical_operator", day=day
    )

    name = member.organisation.name
    assert roles_on(cluster, day - DAY)[name] == "member"
    assert roles_on(cluster, day)[name] == "methodical_operator"
    assert name not in roles_on(cluster, FIRST - DAY)


def test_member_who_left_is_in_until_the_last_day_and_may_come_again(cluster: Cluster) -> None:
    member, last = member_of(cluster), FIRST + 10 * DAY

    end_membership(people.coordinator(cluster.base), member.public_id, last_day=last)

    name = member.organisation.name
    assert name in roles_on(cluster, last)
    assert name not in roles_on(cluster, last + DAY)
    make.member(cluster, member.organisation)
    assert name in roles_on(cluster, clock.today())


def test_role_planned_for_later_goes_when_the_member_leaves_before(cluster: Cluster) -> None:
    member, coordinator = member_of(cluster), people.coordinator(cluster.base)
    later = clock.today() + 30 * DAY
    change_role(coordinator, member.public_id, role="partner", day=later)

    end_membership(coordinator, member.public_id, last_day=clock.today())

    assert list(roles_on(cluster, later)) == [cluster.base.name]


@pytest.mark.parametrize("role", ["head", "representative"])
def test_only_the_coordinator_changes_members(cluster: Cluster, role: str) -> None:
    member = member_of(cluster)

    with pytest.raises(NotAllowed):
        end_membership(people.actor(cluster.base, role), member.public_id, last_day=clock.today())
    with pytest.raises(NotAllowed):
        hand_over(
            people.coordinator(member.organisation),
            cluster.public_id,
            to=member.organisation.public_id,
        )


def test_base_neither_leaves_nor_becomes_something_else(cluster: Cluster) -> None:
    base, coordinator = cluster.memberships.get(role="base"), people.coordinator(cluster.base)

    with pytest.raises(BaseStays):
        end_membership(coordinator, base.public_id, last_day=clock.today())
    with pytest.raises(BaseStays):
        change_role(coordinator, base.public_id, role="member", day=clock.today())
    with pytest.raises(BaseStays):
        change_role(coordinator, member_of(cluster).public_id, role="base", day=clock.today())


def test_days_before_the_first_and_after_the_last_are_refused(cluster: Cluster) -> None:
    member, coordinator = member_of(cluster), people.coordinator(cluster.base)

    with pytest.raises(BeforeItBegan):
        change_role(coordinator, member.public_id, role="partner", day=FIRST - DAY)
    with pytest.raises(BeforeItBegan):
        end_membership(coordinator, member.public_id, last_day=FIRST - DAY)
    end_membership(coordinator, member.public_id, last_day=FIRST + DAY)
    with pytest.raises(MembershipOver):
        change_role(coordinator, member.public_id, role="partner", day=FIRST + 2 * DAY)


def test_there_is_one_operator_at_a_time(cluster: Cluster) -> None:
    first, coordinator = member_of(cluster), people.coordinator(cluster.base)
    with clock.travel(at(FIRST)):
        make.member(cluster)
    second, role = member_of(cluster), "methodical_operator"
    change_role(coordinator, first.public_id, role=role, day=FIRST + 5 * DAY)

    with pytest.raises(OperatorThere):
        change_role(coordinator, second.public_id, role=role, day=FIRST + DAY)

    end_membership(
        coordinator, cluster.memberships.get(role=role).public_id, last_day=FIRST + 9 * DAY
    )
    change_role(coordinator, second.public_id, role=role, day=FIRST + 10 * DAY)
    assert list(roles_on(cluster, FIRST + 9 * DAY).values()).count(role) == 1
    assert list(roles_on(cluster, FIRST + 10 * DAY).values()).count(role) == 1


@pytest.mark.parametrize("role", ["member", "base"])
def test_no_two_rows_share_a_moment_even_without_the_verbs(cluster: Cluster, role: str) -> None:
    member = member_of(cluster)
    Membership.objects.filter(pk=member.pk).update(until=start_of(FIRST + 10 * DAY))
    other = organisations.school() if role == "base" else member.organisation

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            cluster=cluster, organisation=other, role=role, since=start_of(FIRST + 9 * DAY)
        )


def test_lead_goes_to_a_member_where_somebody_coordinates(cluster: Cluster) -> None:
    old, heir = cluster.base, member_of(cluster).organisation
    coordinator = people.coordinator(old)
    with pytest.raises(CannotLead):
        hand_over(coordinator, cluster.public_id, to=heir.public_id)
    told = people.account(heir, "coordinator")

    hand_over(coordinator, cluster.public_id, to=heir.public_id)

    cluster.refresh_from_db()
    assert cluster.base == heir
    assert roles_on(cluster, clock.today()) == {old.name: "member", heir.name: "base"}
    assert roles_on(cluster, FIRST) == {old.name: "base", heir.name: "member"}
    assert Notice.objects.get(person=told.person).url.endswith(f"/c/{cluster.public_id}/")
    with pytest.raises(NotAllowed):
        hand_over(coordinator, cluster.public_id, to=old.public_id)


def test_page_answers_who_was_in_on_a_day(cluster: Cluster) -> None:
    member = member_of(cluster)
    end_membership(people.coordinator(cluster.base), member.public_id, last_day=FIRST + 10 * DAY)
    page = reverse("network:members_on", args=[cluster.public_id])
    client = visitor(organisations.school())

    shown = {day: client.get(page, {"on": day}).text for day in ("2025-05-25", "2025-06-20", "x")}

    assert [member.organisation.name in one for one in shown.values()] == [True, False, False]
    assert "is-bad" in shown["x"] or "err" in shown["x"]


def test_page_of_a_member_says_what_is_wrong_beside_the_field(cluster: Cluster) -> None:
    member = member_of(cluster)
    client = visitor(cluster.base, "coordinator")
    page = reverse("network:membership", args=[cluster.public_id, member.public_id])

    early = client.post(f"{page}role/", {"role": "partner", "day": "01.01.2020"})
    wrong = client.post(f"{page}end/", {"last_day": "завтра"})
    right = client.post(f"{page}role/", {"role": "partner", "day": "01.06.2025"})

    assert (early.status_code, wrong.status_code, right.status_code) == (422, 422, 302)
    assert "20.05.2025" in early.text
    assert "завтра" in wrong.text
    assert "партнёр" in client.get(right["Location"]).text.casefold()


class Oracle:
    """Who is in which role at the end of each day, kept day by day without any cleverness."""

    def __init__(self, base: str) -> None:
        self.days = [{base: "base"}]

    def next_day(self) -> None:
        self.days.append(dict(self.days[-1]))

    @property
    def now(self) -> dict[str, str]:
        return self.days[-1]


STEP = st.tuples(
    st.sampled_from(["join", "leave", "partner", "methodical_operator", "hand_over"]),
    st.integers(0, 2),
    st.integers(1, 3),
)


class AsOf(TestCase):
    """Histories made by the verbs, asked about day by day."""

    @given(st.lists(STEP, min_size=3, max_size=9))
    @settings(max_examples=12, deadline=None)
    def test_any_day_of_any_history_is_answered_right(
        self, steps: list[tuple[str, int, int]]
    ) -> None:
        with clock.travel(at(FIRST)):
            cluster = make.cluster(founded_on=FIRST)
        houses = [organisations.school() for _ in range(3)]
        for house in (cluster.base, *houses):
            people.account(house, "coordinator")
        oracle = Oracle(cluster.base.name)
        for what, which, days in steps:
            for _ in range(days):
                oracle.next_day()
            with clock.travel(at(FIRST + (len(oracle.days) - 1) * DAY)):
                live(cluster, what, houses[which], oracle.now)

        for number, expected in enumerate(oracle.days):
            assert roles_on(cluster, FIRST + number * DAY) == expected


def live(cluster: Cluster, what: str, house: Organisation, now: Mapping[str, str]) -> None:
    """Do a step today, by the verbs and, if they take it, in the oracle."""
    assert isinstance(now, dict)
    cluster.refresh_from_db()
    coordinator, name, today = people.coordinator(cluster.base), house.name, clock.today()
    row = Membership.objects.live().filter(cluster=cluster, organisation=house).first()
    if what == "join":
        if row is None and name not in now:
            make.member(cluster, house)
            now[name] = "member"
        return
    if row is None:
        return
    try:
        if what == "leave":
            end_membership(coordinator, row.public_id, last_day=today - DAY)
            del now[name]
        elif what == "hand_over":
            base = cluster.base.name
            hand_over(coordinator, cluster.public_id, to=house.public_id)
            now |= {base: "member", name: "base"}
        else:
            change_role(coordinator, row.public_id, role=what, day=today)
            now[name] = what
    except DomainError:
        pass
