"""The second wall: what is written to a member and what it answers, with visible_to forgotten."""

import pytest
from django.db import transaction

from zveno.correspondence.models import (
    Addressee,
    Circular,
    Invited,
    Item,
    Meeting,
    Poll,
    Vote,
    Voter,
)
from zveno.correspondence.tests import make, make_meetings
from zveno.kernel.actor import Actor
from zveno.kernel.walls import scoped
from zveno.network.tests import make as network
from zveno.people.models import actor_of
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


def seen(actor: Actor) -> tuple[int, int]:
    with transaction.atomic(), scoped(actor):
        return Circular.objects.count(), Addressee.objects.count()


def test_each_sees_its_own() -> None:
    cluster = network.cluster()
    school, other = network.member(cluster), network.member(cluster)
    made = make.letter(cluster, school, other)
    make.letter(cluster, school, sent=False)
    make.link_of(make.addressee(made, other), "b" * 27)

    assert seen(people.coordinator(cluster.base)) == (2, 3)
    assert seen(people.actor(school)) == (1, 2)
    assert seen(people.actor(other)) == (1, 1)
    assert seen(actor_of("b" * 27)) == (1, 1)
    assert seen(people.actor()) == (0, 0)


def polled(actor: Actor) -> tuple[int, int, int]:
    with transaction.atomic(), scoped(actor):
        return Poll.objects.count(), Voter.objects.count(), Vote.objects.count()


def test_each_sees_its_own_of_polls() -> None:
    cluster = network.cluster()
    school, other = network.member(cluster), network.member(cluster)
    made = make.poll(cluster, school, other)
    place = make.voter(made, school)
    Vote.objects.create(voter=place, slot=made.slots.earliest("pk"), value="yes")
    people.link(cluster.base, [("correspondence.Voter", place.pk)], "b" * 27)

    assert polled(people.coordinator(cluster.base)) == (1, 2, 1)
    assert polled(people.actor(school)) == (1, 1, 1)
    assert polled(people.actor(other)) == (1, 1, 0)
    assert polled(actor_of("b" * 27)) == (1, 1, 1)
    assert polled(people.actor()) == (0, 0, 0)


def called(actor: Actor) -> tuple[int, int, int]:
    with transaction.atomic(), scoped(actor):
        seen = Invited.objects.visible_to(actor).count()
        return Meeting.objects.count(), Item.objects.count(), seen


def test_the_link_of_an_invitation_opens_one_meeting() -> None:
    cluster = network.cluster()
    school, other = network.member(cluster), network.member(cluster)
    made = make_meetings.meeting(cluster, school, other)
    make_meetings.meeting(cluster, other)
    mine = made.invited.get(organisation=school)
    people.link(cluster.base, [("correspondence.Invited", mine.pk)], "b" * 27)

    assert called(actor_of("b" * 27)) == (1, 2, 1)
    assert called(people.actor(school)) == (1, 2, 2)
    assert called(people.actor()) == (0, 0, 0)
