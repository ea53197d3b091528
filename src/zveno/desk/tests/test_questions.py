"""Each question in SQL answers what the question of the ORM it stands for answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import CharField, Count, Max, Q
from django.db.models.functions import Cast

from zveno.correspondence.models import Addressee, coordinated, spoken_for
from zveno.correspondence.tests import make as letters
from zveno.desk.models import questions
from zveno.desk.pages import coordinator
from zveno.desk.tests.test_today import TABLE, World
from zveno.events.models import Event
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.network.models import (
    Agreement,
    Cluster,
    Interest,
    Membership,
    Obligation,
    Review,
    YearCheck,
    check_year,
)
from zveno.network.tests import make as network
from zveno.organisations.tests import make as organisations
from zveno.people.models import Notice, Person, Post, Task, actor_of
from zveno.people.tests import make as people
from zveno.plan.models import PlanItem

pytestmark = pytest.mark.django_db
STEPS = [step for step, *_ in TABLE[1:]]


@pytest.mark.parametrize("last", range(0, len(STEPS) + 1, 3))
def test_home_page_reads_what_the_orm_would(last: int) -> None:
    world = World()
    for step in STEPS[:last]:
        getattr(world, step)()
    # Another house leads a second cluster, which the college has joined.
    network.member(network.cluster(world.school), world.college)

    for account in (world.coordinator, world.deputy, world.teacher):
        compare(actor_of(account), coordinator.bases(actor_of(account)))
    compare(actor_of(world.deputy), {world.school.pk})


def test_the_frame_names_the_person_and_counts_what_is_unread() -> None:
    account = people.account()
    person = Person.objects.get(account=account)
    for read in (None, None, None, clock.now()):
        Notice.objects.create(person=person, title="Новость", url="/", read_at=read)

    assert questions.framed(person.pk, (), 99) == (person.family_name, person.given_name, 3, [])
    assert questions.framed(person.pk, (), 2).unread == 2


@pytest.mark.parametrize("day", [-1, 0, 1])
def test_clusters_left_or_not_joined_yet_are_not_shown(day: int) -> None:
    world = World()
    for step in STEPS[:8]:
        getattr(world, step)()
    other = network.member(network.cluster(world.school), world.college)
    moment = clock.now() + timedelta(days=day, seconds=1)
    Membership.objects.filter(pk=other.pk).update(since=moment, until=moment + timedelta(days=1))
    PlanItem.objects.update(host=world.school)

    compare(actor_of(world.coordinator), {world.college.pk})
    compare(actor_of(world.deputy), {world.school.pk})


def test_tasks_due_are_those_of_ones_posts_of_ones_roles_and_of_whom_one_stands_in_for() -> None:
    house = organisations.college()
    own, colleague = people.account(house), people.account(house)
    gone, elsewhere = people.account(house), people.account()
    everybody = (own, colleague, gone, elsewhere)
    posts = [Post.objects.get(person=account.person) for account in everybody]
    Post.objects.filter(pk=posts[2].pk).update(until=clock.now())
    today = clock.today()
    for day, post in enumerate(posts):
        people.task(post, due=today + timedelta(days=day))
        Task.objects.filter(pk=people.task(post, due=today).pk).update(post=None, role=post.role)
    people.task(posts[0], due=today, state=Task.State.DONE, closed_at=clock.now())
    people.task(posts[0], due=today + timedelta(days=8))
    Post.objects.filter(pk=posts[0].pk).update(stands_in_for=posts[1])

    for account in (own, colleague, gone):
        actor = actor_of(account)
        asked = Task.objects.visible_to(actor).mine(actor).to_do().due_by(today + timedelta(days=7))
        assert questions.tasks_due(actor, today + timedelta(days=7), 9) == list(
            asked.urgent_first()
        )
    assert len(questions.tasks_due(actor_of(own), today + timedelta(days=7), 9)) > 2


def test_responses_are_those_that_wait_in_what_is_live() -> None:
    cluster = network.cluster()
    school, club = network.member(cluster), network.member(cluster)
    ours = [network.offer(cluster, cluster.base, text=f"Часы {{{n}}}") for n in range(4)]
    for offer in (*ours, network.offer(cluster, school)):
        network.interest(offer, club)
    network.interest(ours[0], school)
    Interest.objects.filter(offer=ours[1]).update(withdrawn_at=clock.now())
    type(ours[2]).objects.filter(pk=ours[2].pk).update(withdrawn_at=clock.now())
    type(ours[3]).objects.filter(pk=ours[3].pk).update(
        begins=clock.today() - timedelta(days=2), ends=clock.today() - timedelta(days=1)
    )

    actor = people.coordinator(cluster.base)
    waiting = Interest.objects.visible_to(actor).waiting().filter(offer__organisation=cluster.base)
    expected = [
        (str(one.organisation), one.offer.text, one.offer.public_id)
        for one in waiting.order_by("pk")
    ]
    assert questions.responses({cluster.base.pk}, 9) == expected
    assert len(expected) == 2


def test_unchecked_are_those_of_the_scope_that_have_not_confirmed_this_year() -> None:
    cluster = network.cluster()
    done, waits, foreign = (network.member(cluster) for _ in range(3))
    network.check(done, basis="Устав", checked_at=clock.now())
    network.check(done, year=2020)
    network.check(waits)
    network.check(foreign)

    rows = YearCheck.objects.of_now().waiting().filter(organisation__in=[done, waits])
    expected = [(str(one.organisation), one.organisation.public_id) for one in rows]
    year = check_year(clock.today())
    assert questions.unchecked({done.pk, waits.pk}, year) == expected
    assert len(expected) == 1


def test_letters_are_those_not_opened_or_answered_and_late_ones_of_ours() -> None:
    cluster = network.cluster()
    school, club = network.member(cluster), network.member(cluster)
    past = clock.today() - timedelta(days=1)
    for changes in ({}, {"asks": "words"}, {"asks": "noted", "due": past}, {"sent": False}):
        letters.letter(cluster, school, club, **changes)
    Addressee.objects.filter(organisation=club).update(read_at=clock.now())

    for actor in (people.coordinator(cluster.base), people.actor(school), people.actor(club)):
        own, led = spoken_for(actor), coordinated(actor)
        rows = Addressee.objects.visible_to(actor).filter(
            circular__sent_at__isnull=False, answered_at=None
        )
        here = Q(organisation__in=own) & (Q(read_at=None) | ~Q(circular__asks="nothing"))
        late = Q(sender__in=led, circular__due__lt=clock.today())
        expected = rows.filter(here | late).order_by("circular__due", "circular", "pk")
        asked = questions.open_letters(own, led, 9)
        assert [one.place for one in asked] == [one.public_id for one in expected]
        assert expected


def test_what_ends_soon_and_nobody_renewed_is_counted() -> None:
    cluster, today = network.cluster(), clock.today()
    facts: dict[str, Any] = {"signed": 1, "auto_renew": False, "dated": today - timedelta(days=9)}
    soon, later = (facts | {"valid_until": today + timedelta(days=days)} for days in (90, 91))
    waits, renewed = (network.agreement(cluster, **soon) for _ in range(2))
    network.agreement(cluster, **later, parent=renewed)
    network.agreement(cluster, **soon, parent=waits, kind="amendment")
    network.agreement(cluster, **soon | {"auto_renew": True})
    network.agreement(cluster, **soon | {"ends_on": today, "end_reason": "спор"})

    (row,) = questions.led_by({cluster.base.pk})

    assert list(Agreement.objects.to_renew()) == [waits]
    assert row.ending == 1


def test_a_draft_that_a_colleague_reads_does_not_wait_to_be_sent() -> None:
    cluster = network.cluster()
    coordinator = people.coordinator(cluster.base)
    draft = network.agreement(cluster, state="draft", sent_at=None)
    network.agreement(cluster)
    network.review(draft, Post.objects.get(organisation=cluster.base))

    (row,) = questions.led_by({cluster.base.pk})

    assert (row.agreed, row.open) == (2, 1)
    compare(coordinator, {cluster.base.pk})


def compare(actor: Actor, led: set[int]) -> None:
    assert questions.framed(actor.person or 0, actor.scope, 9).clusters == list(
        Cluster.objects.visible_to(actor)
        .joined_by(actor)
        .live()
        .order_by("pk")
        .values_list("public_id", "name", "territory__name", "base")
    )
    rows = questions.led_by(led)
    assert [(*row[:5], row.unread and str(row.unread)) for row in rows] == _led(actor, led)
    ending = Agreement.objects.to_renew().filter(cluster__base__in=led)
    assert sum(row.ending for row in rows) == ending.count()
    assert questions.owed_to(led) == list(_owed(actor, led))
    assert questions.undated(led, actor.scope, 3) == list(
        PlanItem.objects.visible_to(actor)
        .filter(host__in=led, state=PlanItem.State.PLANNED)
        .order_by("pk")
        .values_list("public_id", "title")[:3]
    )
    assert questions.unfinished(led, 3) == list(
        Event.objects.visible_to(actor)
        .exclude(state=Event.State.CANCELLED)
        .filter(~Q(state=Event.State.HELD) | Q(came__gt=0, certified=0), host__in=led)
        .order_by("starts_at")[:3]
    )


def _led(actor: Actor, led: set[int]) -> list[tuple[object, ...]]:
    read = Review.objects.waiting().values("agreement")
    begun = Q(agreements__state__in=["draft", "out_for_signature"]) & ~Q(agreements__in=read)
    return list(
        Cluster.objects.visible_to(actor)
        .filter(base__in=led, closed_on=None)
        .order_by("pk")
        .annotate(
            members=Count("memberships", filter=Q(memberships__until=None), distinct=True),
            agreed=Count("agreements", distinct=True),
            open=Count("agreements", filter=begun, distinct=True),
            unread=Max(
                Cast("member_lists__public_id", CharField()),
                filter=Q(member_lists__accepted_at=None),
            ),
        )
        .values_list("public_id", "name", "members", "agreed", "open", "unread")
    )


def _owed(actor: Actor, led: set[int]) -> list[tuple[object, ...]]:
    return list(
        Obligation.objects.visible_to(actor)
        .in_force()
        .held_as_events()
        .filter(agreement__cluster__base__in=led)
        .order_by("agreement", "place")
        .annotate(items=Count("plan_items"))
        .values_list(
            *("text", "planned", "done"),
            *("agreement__cluster__public_id", "agreement__cluster__name", "items"),
        )
    )
