"""Two rows of the register become one and two again: whatever points at them is as it was."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.test_matrix import undone
from tests.world import World
from zveno.documents.models import Numbering
from zveno.events.actions import Other, Thanked, issue_thanks
from zveno.events.models import Certificate, CertificateDesign, Quota
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.learners.models import Consent, DistrictShare, InitialsOnly
from zveno.network.models import Membership, Participation
from zveno.network.tests import make as network
from zveno.organisations.actions import (
    AlreadyTwo,
    ChangedSince,
    Clashing,
    SameRow,
    Turn,
    merge,
    note_turn,
    take_merger_back,
    tell_apart,
)
from zveno.organisations.models import (
    Apart,
    Headings,
    Merger,
    Moved,
    Organisation,
    Relation,
    Succession,
    life_of,
    relations,
)
from zveno.organisations.tests import make
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
OPERATOR = Actor(scope=frozenset([0]), roles=frozenset([(0, "operator")]))
OWN = {"organisations_merger", "organisations_moved", "kernel_entry"}
What = Turn.What


class Crowded(World):
    """The small world, with a row of every relation for ``gone``; ``heir`` is of no use yet."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.gone = make.school(steward=self.college)
        self.heir = make.school(name="Школа № 961 (пример)")
        turned(self.gone, What.RENAMED, 30, name="Гимназия № 962 (пример)")
        turned(self.gone, What.SPLIT_OFF, 20, successors=[make.school()])
        turned(make.school(), What.SPLIT_OFF, 20, successors=[self.gone])
        self.gone.refresh_from_db()
        tell_apart(OPERATOR, self.gone.public_id, other=self.school_b)
        tell_apart(OPERATOR, self.school_c.public_id, other=self.gone)
        Numbering.objects.create(organisation=self.gone, kind="agreements", pattern="С-####")
        Headings.objects.create(owner=self.gone, kind="organisations")
        Consent.objects.create(
            learner=self.child, owner=self.gone, purpose="participation", method="paper"
        )
        Participation.objects.create(programme=self.programme, organisation=self.gone)
        DistrictShare.objects.create(of=self.many, owner=self.gone, house=self.gone, number=1)
        InitialsOnly.objects.create(organisation=self.gone)
        Quota.objects.create(event=self.event, organisation=self.gone, seats=1)
        thank = Thanked(others=[Other("Орлов Пётр Ильич")])
        issue_thanks(people.coordinator(self.held.host), self.held.public_id, thanked=thank)
        CertificateDesign.objects.create(organisation=self.gone, kind="thanks")
        Certificate.objects.filter(kind="thanks").update(recipient=self.gone)
        merge(OPERATOR, self.gone.public_id, gone=make.school())
        for relation in relations():
            if not relation.of(self.gone).exists():
                self.adopt(relation)

    def adopt(self, relation: Relation) -> None:
        """Let the first row that may do so name the one that goes."""
        rows = relation.model._default_manager.order_by("pk")
        others = rows.exclude(pk=self.gone.pk) if relation.model is Organisation else rows
        for row in others[:5]:
            one = relation.model._default_manager.filter(pk=row.pk)
            with suppress(IntegrityError), transaction.atomic():
                one.update(**{relation.column.name: self.gone})
                return


def turned(organisation: Organisation, what: str, days: int, **told: Any) -> None:
    key = organisation.pk
    leader = Actor(scope=frozenset([key]), roles=frozenset([(key, "head")]))
    turn = Turn(what=what, day=clock.today() - timedelta(days=days), **told)
    note_turn(leader, organisation.public_id, turn=turn)


def snapshot() -> dict[str, Counter[str]]:
    """Return every row of every table but those that tell of mergers."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - OWN
        found = {}
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608 - a table of ours
            found[table] = Counter(row for (row,) in cursor.fetchall())
        return found


def sizes() -> dict[str, int]:
    return {table: rows.total() for table, rows in snapshot().items()}


def test_every_relation_moves_and_comes_back() -> None:
    """A relation that is added fails here until the world has a row of it."""
    world = Crowded()
    bare = [str(one) for one in relations() if not one.of(world.gone).exists()]
    assert bare == []
    before = snapshot()
    named = {str(one): one.of(world.gone).count() for one in relations()}

    merger = merge(OPERATOR, world.heir.public_id, gone=world.gone)

    moved = {one.relation: one for one in merger.moved.all()}
    assert {name: len(moved[name].keys) + len(moved[name].aside) for name in named} == named
    assert set(moved) - {name for name, one in moved.items() if one.aside} == set(named) - {
        "organisations.Chapter.organisation"
    }
    assert not Organisation.objects.filter(pk=world.gone.pk).exists()

    take_merger_back(OPERATOR, merger.public_id)

    assert snapshot() == before
    assert not Moved.objects.filter(merger=merger).exists()


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
)
@given(data=st.data())
def test_any_two_become_one_and_two_again_or_clash_and_stay(
    data: st.DataObject, crowded: Crowded
) -> None:
    world = crowded
    everyone = list(Organisation.objects.order_by("pk"))
    gone, into = data.draw(st.permutations(everyone))[:2]
    with undone():
        spans = data.draw(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 50)), max_size=3))
        for since, lasting in spans:
            begun = clock.now() - timedelta(days=100 + since)
            network.cluster(world.other_college).memberships.create(
                organisation=data.draw(st.sampled_from([gone, into])),
                since=begun,
                until=begun + timedelta(days=lasting),
            )
        before, counted = snapshot(), sizes()
        try:
            merger = merge(OPERATOR, into.public_id, gone=gone)
        except Clashing:
            assert snapshot() == before
            return
        lost = {table: counted[table] - number for table, number in sizes().items()}
        aside = Counter(
            {relation.table: 0 for relation in relations()} | {"organisations_organisation": 1}
        )
        known = {str(one): one.table for one in relations()}
        for one in merger.moved.all():
            aside[known[one.relation]] += len(one.aside)
        assert {table: n for table, n in lost.items() if n} == {t: n for t, n in aside.items() if n}
        take_merger_back(OPERATOR, merger.public_id)
        assert snapshot() == before


@pytest.fixture
def crowded() -> Crowded:
    return Crowded()


def test_what_one_says_the_other_need_not() -> None:
    """Of two memberships of one time the longer stays, with the weightier role."""
    cluster = network.cluster()
    short, long = make.school(), make.school()
    network.member(cluster, short)
    network.member(cluster, long)
    longer = Membership.objects.get(organisation=long)
    Membership.objects.filter(pk=longer.pk).update(since=clock.now() - timedelta(days=9))

    merger = merge(OPERATOR, short.public_id, gone=long)

    assert [one.pk for one in cluster.memberships.filter(organisation=short)] == [longer.pk]
    take_merger_back(OPERATOR, merger.public_id)
    assert cluster.memberships.filter(organisation__in=[short, long]).count() == 2


def test_two_heads_clash() -> None:
    one, other = make.school(), make.school()
    people.head(one)
    people.head(other)
    with pytest.raises(Clashing):
        merge(OPERATOR, one.public_id, gone=other)


def test_who_followed_another_is_another() -> None:
    one, other = make.school(), make.school()
    turned(one, What.MERGED, 3, successors=[other])
    with pytest.raises(Clashing):
        merge(OPERATOR, one.public_id, gone=other)
    assert Succession.objects.count() == 1


def test_the_history_is_that_of_the_one_that_stays() -> None:
    one, other = make.school(), make.school()
    turned(other, What.RENAMED, 3, name="Лицей № 963 (пример)")
    merge(OPERATOR, one.public_id, gone=other)
    assert [part.name for part in life_of(one)] == [one.name]


def test_an_empty_field_is_filled_and_emptied_again() -> None:
    one, other = make.school(email=""), make.school(inn="0010007742", email="a@example.org")
    merger = merge(OPERATOR, one.public_id, gone=other)
    one.refresh_from_db()
    assert (one.inn, one.email) == ("0010007742", "a@example.org")
    take_merger_back(OPERATOR, merger.public_id)
    one.refresh_from_db()
    assert (one.inn, one.email) == ("", "")


def test_what_was_changed_since_stays_merged() -> None:
    one, other = make.school(), make.school()
    people.head(other)
    merger = merge(OPERATOR, one.public_id, gone=other)
    Post.objects.filter(organisation=one).update(title="и. о. директора")
    with pytest.raises(ChangedSince):
        take_merger_back(OPERATOR, merger.public_id)


def test_what_came_since_stays_with_the_one_it_came_to() -> None:
    one, other = make.school(), make.school()
    merger = merge(OPERATOR, one.public_id, gone=other)
    new = people.head(one)
    take_merger_back(OPERATOR, merger.public_id)
    new.refresh_from_db()
    assert new.owner == one


def test_the_later_merger_is_taken_back_first() -> None:
    first, second, third = make.school(), make.school(), make.school()
    people.head(first)
    early = merge(OPERATOR, second.public_id, gone=first)
    late = merge(OPERATOR, third.public_id, gone=second)
    with pytest.raises(ChangedSince):
        take_merger_back(OPERATOR, early.public_id)
    take_merger_back(OPERATOR, late.public_id)
    take_merger_back(OPERATOR, early.public_id)
    with pytest.raises(AlreadyTwo):
        take_merger_back(OPERATOR, early.public_id)


def test_who_answered_for_others_answers_on() -> None:
    steward, other = make.college(), make.college()
    school = make.school(steward=other)
    merge(OPERATOR, steward.public_id, gone=other)
    school.refresh_from_db()
    assert school.steward == steward


def test_nobody_answers_for_itself_by_another_row() -> None:
    other = make.college()
    school = make.school(steward=other)
    merger = merge(OPERATOR, school.public_id, gone=other)
    school.refresh_from_db()
    assert school.steward is None
    take_merger_back(OPERATOR, merger.public_id)
    school.refresh_from_db()
    assert school.steward == other


def test_told_apart_does_not_become_one() -> None:
    one, other = make.school(), make.school()
    tell_apart(OPERATOR, one.public_id, other=other)
    tell_apart(OPERATOR, other.public_id, other=one)
    assert Apart.objects.count() == 1
    with pytest.raises(Clashing):
        merge(OPERATOR, one.public_id, gone=other)


def test_only_the_operator_makes_one_of_two() -> None:
    one, other = make.school(), make.school()
    key = one.pk
    head = Actor(scope=frozenset([key, other.pk]), roles=frozenset([(key, "coordinator")]))
    with pytest.raises(NotAllowed):
        merge(head, one.public_id, gone=other)
    with pytest.raises(SameRow):
        merge(OPERATOR, one.public_id, gone=one)
    merger = merge(OPERATOR, one.public_id, gone=other)
    with pytest.raises(NotAllowed):
        take_merger_back(head, merger.public_id)
    assert Merger.objects.standing().get() == merger
