"""Polls of dates: asked once, answered until closed, one moment is chosen and all are told."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from zveno.correspondence import actions
from zveno.correspondence.actions import (
    BadSlots,
    DayPassed,
    DueTooLate,
    NobodyChosen,
    NoSuchSlot,
    PollClosed,
    Question,
    VoteMissing,
)
from zveno.correspondence.models import Poll, Slot, Vote, Voter, tallied
from zveno.correspondence.tests import make
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Letter
from zveno.network.models import Cluster
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.people.models import Notice, Post, Task, actor_of
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(cluster: Cluster) -> Organisation:
    school = network.member(cluster)
    Organisation.objects.filter(pk=school.pk).update(email="school@example.org")
    return school


@pytest.fixture
def anna(cluster: Cluster) -> Actor:
    return people.coordinator(cluster.base)


@pytest.fixture
def deputy(school: Organisation) -> Actor:
    return people.actor(school)


def question(*asked: Organisation, days: tuple[int, ...] = (3, 4), **changes: Any) -> Question:
    now = clock.now()
    fields: dict[str, Any] = {
        "title": "Рабочая группа",
        "starts": [now + timedelta(days=day) for day in days],
        "minutes": 60,
        "due": clock.today(),
        "members": [one.public_id for one in asked],
    }
    return Question(uuid4(), **fields | changes)


def test_sent_twice_by_a_form_it_is_asked_once(
    cluster: Cluster, anna: Actor, school: Organisation, deputy: Actor
) -> None:
    sent = question(school)

    made = [actions.start_poll(anna, cluster.public_id, question=sent) for _ in range(2)]

    assert made[0] == made[1] == Poll.objects.get()
    assert (Slot.objects.count(), Voter.objects.get().mailed) == (2, 1)
    assert "/poll/" in Letter.objects.get().text
    assert Task.objects.get().role == Post.Role.REPRESENTATIVE
    assert Notice.objects.get().kind == "decide"


def test_the_task_to_answer_ends_with_the_answer_or_the_choice(
    cluster: Cluster, anna: Actor, school: Organisation, deputy: Actor
) -> None:
    other = network.member(cluster)
    poll = actions.start_poll(anna, cluster.public_id, question=question(school, other))
    task, unanswered = (Task.objects.get(organisation=one) for one in (school, other))

    key = make.voter(poll, school).public_id
    actions.answer_poll(deputy, key, votes=make.votes(poll, "yes", "no"))
    task.refresh_from_db()
    assert (task.state, task.url) == ("done", f"/polls/at/{key}/")
    actions.close_poll(anna, poll.public_id)

    unanswered.refresh_from_db()
    assert (unanswered.state, unanswered.role) == ("dropped", Post.Role.HEAD)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"days": (3,)}, BadSlots),
        ({"days": tuple(range(1, 12))}, BadSlots),
        ({"days": (-1, 3)}, BadSlots),
        ({"due": clock.today() - timedelta(days=1)}, DayPassed),
        ({"due": clock.today() + timedelta(days=6)}, DueTooLate),
        ({"members": []}, NobodyChosen),
        ({"members": [uuid4()]}, NobodyChosen),
    ],
)
def test_what_is_no_poll_is_refused(
    cluster: Cluster, anna: Actor, school: Organisation, changes: Any, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        actions.start_poll(anna, cluster.public_id, question=question(school, **changes))
    assert not Poll.objects.exists()


def test_a_moment_offered_twice_is_refused(
    cluster: Cluster, anna: Actor, school: Organisation
) -> None:
    moment = clock.now() + timedelta(days=3)

    with pytest.raises(BadSlots):
        actions.start_poll(
            anna, cluster.public_id, question=question(school, starts=[moment, moment])
        )


def test_the_last_answer_counts(cluster: Cluster, school: Organisation, deputy: Actor) -> None:
    poll = make.poll(cluster, school)
    key = make.voter(poll, school).public_id

    actions.answer_poll(deputy, key, votes=make.votes(poll, "yes", "no"))
    actions.answer_poll(deputy, key, votes=make.votes(poll, "maybe", "yes"))

    values = Vote.objects.order_by("slot__starts_at").values_list("value", flat=True)
    assert [*values] == ["maybe", "yes"]


def test_the_database_keeps_one_vote_of_a_member_for_a_moment(
    cluster: Cluster, school: Organisation
) -> None:
    poll = make.poll(cluster, school)
    said = {"voter": make.voter(poll, school), "slot": poll.slots.earliest("pk")}
    Vote.objects.create(**said, value="yes")

    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(**said, value="no")


def test_every_moment_is_answered(cluster: Cluster, school: Organisation, deputy: Actor) -> None:
    poll = make.poll(cluster, school)
    other = make.poll(cluster, school)
    key = make.voter(poll, school).public_id
    full = make.votes(poll, "yes", "no")

    for votes in ({}, dict([*full.items()][:1]), full | make.votes(other, "yes", "no")):
        with pytest.raises(VoteMissing):
            actions.answer_poll(deputy, key, votes=votes)
    with pytest.raises(VoteMissing):
        actions.answer_poll(deputy, key, votes=make.votes(poll, "yes", "perhaps"))
    assert not Vote.objects.exists()


def test_chosen_it_is_closed_and_all_are_told(
    cluster: Cluster, anna: Actor, school: Organisation, deputy: Actor
) -> None:
    poll = make.poll(cluster, school)
    first, second = poll.slots.order_by("starts_at")
    key = make.voter(poll, school).public_id

    for _ in range(2):
        actions.close_poll(anna, poll.public_id, slot=first.public_id)

    poll.refresh_from_db()
    assert poll.chosen == first
    assert Notice.objects.get().title == "Дата выбрана: Рабочая группа"
    assert Letter.objects.count() == 1
    with pytest.raises(PollClosed):
        actions.close_poll(anna, poll.public_id, slot=second.public_id)
    with pytest.raises(PollClosed):
        actions.answer_poll(deputy, key, votes=make.votes(poll, "yes", "no"))


def test_only_what_was_on_offer_is_chosen(
    cluster: Cluster, anna: Actor, school: Organisation
) -> None:
    poll, other = make.poll(cluster, school), make.poll(cluster, school)

    with pytest.raises(NoSuchSlot):
        actions.close_poll(anna, poll.public_id, slot=other.slots.earliest("pk").public_id)
    actions.close_poll(anna, poll.public_id)

    poll.refresh_from_db()
    assert (poll.is_open, poll.chosen) == (False, None)


def test_the_link_of_an_email_answers(cluster: Cluster, school: Organisation) -> None:
    poll = make.poll(cluster, school)
    one = make.voter(poll, school)
    people.link(cluster.base, [("correspondence.Voter", one.pk)], "d" * 27)

    actions.answer_poll(actor_of("d" * 27), one.public_id, votes=make.votes(poll, "yes", "no"))

    one.refresh_from_db()
    assert one.answered_at
    assert one.answered_by is None


def test_the_best_are_those_that_suit_most(cluster: Cluster) -> None:
    schools = [network.member(cluster) for _ in range(2)]
    poll = make.poll(cluster, *schools)
    slots = list(poll.slots.order_by("starts_at"))

    assert not any(one.best for one in tallied(slots, []))
    for school, values in zip(schools, (("yes", "yes"), ("no", "maybe")), strict=True):
        actor = people.actor(school)
        key = make.voter(poll, school).public_id
        actions.answer_poll(actor, key, votes=make.votes(poll, *values))

    counted = tallied(slots, Vote.objects.all())
    assert [(one.yes, one.maybe, one.no, one.best) for one in counted] == [
        (1, 0, 1, False),
        (1, 1, 0, True),
    ]


def test_who_may_what(cluster: Cluster, school: Organisation, deputy: Actor, anna: Actor) -> None:
    poll = make.poll(cluster, school, network.member(cluster))
    one = make.voter(poll, school)
    stranger, teacher = people.actor(), people.actor(school, Post.Role.TEACHER)

    with pytest.raises(NotAllowed):
        actions.start_poll(deputy, cluster.public_id, question=question(school))
    with pytest.raises(NotFound):  # a member sees it, and cannot lock it
        actions.close_poll(deputy, poll.public_id)
    for actor in (stranger, teacher):
        with pytest.raises(NotFound):
            actions.answer_poll(actor, one.public_id, votes={})
    with pytest.raises(NotAllowed):
        actions.answer_poll(anna, one.public_id, votes={})
    assert Voter.objects.visible_to(deputy).count() == 1
