"""Random histories of clusters: who was in which of them on any day, against a naive diary."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.network import actions
from zveno.network.actions import ClusterPassport, Split
from zveno.network.models import Cluster, Membership, Reform
from zveno.network.tests import make
from zveno.network.tests.test_reforms import DAY, FIRST, at, roles_on
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
Roles = dict[str, str]
STEP = st.tuples(
    st.sampled_from(["join", "leave", "hand_over", "split", "both", "merge", "undo"]),
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(1, 2),
)


@dataclass
class Diary:
    """Who is in which role of which cluster at the end of each day; reforms with the day before."""

    days: list[dict[int, Roles]]
    reforms: list[tuple[Reform, dict[int, Roles]]] = field(default_factory=list)

    @property
    def now(self) -> dict[int, Roles]:
        return self.days[-1]

    def turn(self, number: int) -> None:
        """Let days pass."""
        for _ in range(number):
            self.days.append({key: dict(roles) for key, roles in self.now.items()})


@dataclass
class Town:
    """A college and four schools, all of which one person may coordinate."""

    houses: list[Organisation]
    actor: Actor
    diary: Diary

    def live(self, what: str, which: int, house: Organisation) -> None:
        """Do a step today by the verbs and, if they take it, write it into the diary."""
        open_now = list(Cluster.objects.live().order_by("pk"))
        cluster = open_now[which % len(open_now)]
        other = open_now[(which + 1) % len(open_now)]
        with suppress(DomainError, Membership.DoesNotExist):
            getattr(self, f"_{what}")(cluster, house, other)

    def _row(self, cluster: Cluster, house: Organisation) -> Membership:
        return cluster.memberships.live().get(organisation=house)

    def _join(self, cluster: Cluster, house: Organisation, _other: Cluster) -> None:
        if house.name not in self.diary.now[cluster.pk]:
            joining = make.joining(cluster, house)
            actions.accept_joining(self.actor, joining.public_id)
            self.diary.now[cluster.pk][house.name] = "member"

    def _leave(self, cluster: Cluster, house: Organisation, _other: Cluster) -> None:
        row = self._row(cluster, house)
        actions.end_membership(self.actor, row.public_id, last_day=clock.today() - DAY)
        del self.diary.now[cluster.pk][house.name]

    def _hand_over(self, cluster: Cluster, house: Organisation, _other: Cluster) -> None:
        old = cluster.base.name
        actions.hand_over(self.actor, cluster.public_id, to=house.public_id)
        self.diary.now[cluster.pk] |= {old: "member", house.name: "base"}

    def _split(self, cluster: Cluster, house: Organisation, _other: Cluster) -> None:
        self._part(cluster, house, stays=False)

    def _both(self, cluster: Cluster, house: Organisation, _other: Cluster) -> None:
        self._part(cluster, house, stays=True)

    def _part(self, cluster: Cluster, house: Organisation, *, stays: bool) -> None:
        roles = self.diary.now[cluster.pk]
        after = [one for one in self.houses if one.name in roles and roles[one.name] != "base"]
        goes = [house, *(one for one in after[:1] if one != house)]
        keys = [one.public_id for one in goes]
        passport = ClusterPassport(f"Новый {len(self.diary.days)} {Cluster.objects.count()}")
        split = Split(passport, keys[0], keys, clock.today(), keys if stays else [])
        made = actions.split_cluster(self.actor, cluster.public_id, split=split)
        self._note(made)
        rest = [one.name for one in goes[1:]]
        self.diary.now[made.target_id] = {house.name: "base", **dict.fromkeys(rest, "member")}
        for one in [] if stays else goes:
            del roles[one.name]

    def _merge(self, cluster: Cluster, _house: Organisation, other: Cluster) -> None:
        day = clock.today()
        made = actions.merge_cluster(self.actor, cluster.public_id, into=other.public_id, day=day)
        self._note(made)
        for name in self.diary.now[cluster.pk]:
            self.diary.now[other.pk].setdefault(name, "member")
        self.diary.now[cluster.pk] = {}

    def _note(self, made: Reform) -> None:
        before = {key: dict(roles) for key, roles in self.diary.now.items()}
        self.diary.reforms.append((made, before))

    def _undo(self, _cluster: Cluster, _house: Organisation, _other: Cluster) -> None:
        """Undo the last reform: from its day on the diary tells as if it had not been."""
        if not self.diary.reforms:
            return
        made, before = self.diary.reforms[-1]
        first, both = (made.day - FIRST).days, (made.source_id, made.target_id)
        actions.undo_reform(self.actor, made.public_id)
        self.diary.reforms.pop()
        for day in self.diary.days[first:]:
            day |= {key: dict(before.get(key, {})) for key in both}


class AsOf(TestCase):
    """Histories of several clusters made by the verbs, asked about day by day."""

    @given(st.lists(STEP, min_size=3, max_size=8))
    @settings(max_examples=10, deadline=None)
    def test_any_day_of_any_history_is_answered_right(
        self, steps: list[tuple[str, int, int, int]]
    ) -> None:
        town = found()
        for what, which, house, days in steps:
            town.diary.turn(days)
            with clock.travel(at(FIRST + (len(town.diary.days) - 1) * DAY)):
                town.live(what, which, town.houses[house])

        for number, expected in enumerate(town.diary.days):
            for cluster in Cluster.objects.all():
                assert roles_on(cluster, later(number)) == expected.get(cluster.pk, {})


def later(days: int) -> date:
    """Return the day so many days after the first."""
    return FIRST + timedelta(days=days)


def found() -> Town:
    """Begin with two clusters of one college; three schools are in the first, two in the other."""
    with clock.travel(at(FIRST)):
        district = organisations.district()
        base = organisations.college(territory=district)
        houses = [organisations.school(territory=district) for _ in range(4)]
        clusters = [make.cluster(base, founded_on=FIRST, territory=district) for _ in range(2)]
        for cluster, number in zip(clusters, (3, 2), strict=True):
            for house in houses[:number]:
                make.member(cluster, house)
        for house in (base, *houses):
            people.account(house, "coordinator")
    keys = frozenset(one.pk for one in (base, *houses))
    roles = frozenset((key, "coordinator") for key in keys)
    person = people.coordinator(base)
    actor = Actor(person=person.person, scope=keys, roles=roles)
    first = {
        one.pk: {base.name: "base", **{house.name: "member" for house in houses[:number]}}
        for one, number in zip(clusters, (3, 2), strict=True)
    }
    return Town(houses, actor, Diary([first]))
