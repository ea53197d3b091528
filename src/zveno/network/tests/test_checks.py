"""The August check: who is asked when, what is said, what becomes of it."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import NotAllowed
from zveno.network import tasks
from zveno.network.actions import (
    BadCounts,
    HeadElsewhere,
    NobodyToAsk,
    Terms,
    YearFacts,
    ask_to_check,
    confirm_facts,
    start_agreement,
    tend_checks,
)
from zveno.network.models import Cluster, Deed, Membership, Party, YearCheck, check_year
from zveno.network.models.checks import ASKED_FOR, check_day, members_due
from zveno.network.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Notice, Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
AUGUST = date(2026, 8, 15)


@pytest.fixture
def cluster() -> Cluster:
    return make.cluster()


@pytest.fixture
def school(cluster: Cluster) -> Organisation:
    """Make a school that has been in the cluster for long."""
    school = make.member(cluster)
    Membership.objects.update(since=on(date(2025, 1, 1)))
    return school


@pytest.fixture
def host(cluster: Cluster) -> Actor:
    return people.coordinator(cluster.base)


def on(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def said(**changes: Any) -> YearFacts:
    fields = {"family_name": "Белов", "given_name": "Кирилл", "patronymic": "Николаевич"}
    fields |= {"post": "директор", "basis": "Устав", "phone": "+78120000000"}
    return YearFacts(**fields | {"learners": 640, "teachers": 52} | changes)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 8, 14), 2025),
        (AUGUST, 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
    ],
)
def test_the_year_asked_about_turns_in_august(day: date, year: int) -> None:
    assert check_year(day) == year


def test_zveno_asks_on_the_day_and_weekly_until_done(school: Organisation) -> None:
    deputy = people.actor(school)
    Post.objects.update(since=on(date(2025, 1, 1)))
    asked = []
    for days in (-1, 0, 1, 6, 7, 14, 35, 41, 42, 49):
        with clock.travel(on(AUGUST + timedelta(days=days))):
            tasks.tend_checks(0)
            if Notice.objects.filter(person=deputy.person, read_at=None).exists():
                asked.append(days)
                Notice.objects.all().delete()

    assert asked == [0, 7, 14, 35]


def test_whoever_joined_since_has_just_said_all_this(cluster: Cluster) -> None:
    with clock.travel(on(AUGUST)):
        day = clock.today()
        make.member(cluster)
        Membership.objects.update(since=on(AUGUST + timedelta(days=1)))

    assert not members_due(day + timedelta(days=7), cluster.pk).exists()


def test_another_role_since_is_no_joining(cluster: Cluster, school: Organisation) -> None:
    moment = on(AUGUST + timedelta(days=2))
    Membership.objects.filter(organisation=school).update(until=moment)
    Membership.objects.create(
        cluster=cluster, organisation=school, role="methodical_operator", since=moment
    )

    with clock.travel(on(AUGUST + timedelta(days=3))):
        assert members_due(clock.today(), cluster.pk).get().organisation == school


def test_after_six_weeks_only_a_coordinator_asks(
    cluster: Cluster, school: Organisation, host: Actor
) -> None:
    with clock.travel(on(AUGUST + ASKED_FOR)):
        tend_checks(SYSTEM, cluster.public_id)
        assert not YearCheck.objects.exists()

        assert ask_to_check(host, cluster.public_id) == 1
    assert YearCheck.objects.get().organisation == school


def test_nobody_is_asked_twice_a_day(cluster: Cluster, school: Organisation, host: Actor) -> None:
    deputy = people.actor(school)
    ask_to_check(host, cluster.public_id)

    with pytest.raises(NobodyToAsk):
        ask_to_check(host, cluster.public_id)
    with clock.travel(clock.now() + timedelta(days=1)):
        assert ask_to_check(host, cluster.public_id) == 1
    assert Notice.objects.filter(person=deputy.person, read_at=None).count() == 1


def test_the_base_is_not_asked(cluster: Cluster, host: Actor) -> None:
    with pytest.raises(NobodyToAsk):
        ask_to_check(host, cluster.public_id)


def test_who_does_not_lead_the_cluster_asks_nobody(cluster: Cluster, school: Organisation) -> None:
    with pytest.raises(NotAllowed):
        ask_to_check(people.actor(school), cluster.public_id)


def test_what_is_said_is_kept_and_nobody_is_asked_any_more(
    cluster: Cluster, school: Organisation, host: Actor
) -> None:
    deputy = people.actor(school)
    ask_to_check(host, cluster.public_id)

    check = confirm_facts(deputy, school.public_id, facts=said())

    school.refresh_from_db()
    assert (school.phone, school.told_on) == ("+78120000000", clock.today())
    assert (check.learners, check.teachers, check.checked_by_id) == (640, 52, deputy.person)
    assert not Notice.objects.filter(person=deputy.person, read_at=None).exists()
    with clock.travel(clock.now() + timedelta(days=8)), pytest.raises(NobodyToAsk):
        ask_to_check(host, cluster.public_id)


def test_who_checks_is_not_silent(cluster: Cluster, school: Organisation) -> None:
    confirm_facts(people.actor(school), school.public_id, facts=said())

    assert Deed.objects.get(cluster=cluster, organisation=school).what == Deed.What.ANSWER


def test_another_head_is_another_post(school: Organisation) -> None:
    people.head(school)

    check = confirm_facts(people.actor(school), school.public_id, facts=said())

    posts = Post.objects.filter(organisation=school, role="head").order_by("pk")
    assert [str(post.person) for post in posts] == [
        "Петрова Анна Ильинична",
        "Белов Кирилл Николаевич",
    ]
    assert posts[0].is_over
    assert check.head == posts[1]


def test_the_same_head_by_another_title_is_the_same_post(school: Organisation) -> None:
    people.head(school, family_name="Белов", given_name="Кирилл", patronymic="Николаевич")

    confirm_facts(people.actor(school), school.public_id, facts=said(post="и. о. директора"))

    assert Post.objects.get(organisation=school, role="head").title == "и. о. директора"


def test_a_head_who_signs_in_is_not_dismissed_by_a_colleague(school: Organisation) -> None:
    head = people.actor(school, Post.Role.HEAD)

    with pytest.raises(HeadElsewhere):
        confirm_facts(people.actor(school), school.public_id, facts=said())

    assert confirm_facts(head, school.public_id, facts=said())


@pytest.mark.parametrize("wrong", [{"learners": None}, {"teachers": None}, {"learners": 100_001}])
def test_what_is_counted_there_is_counted(school: Organisation, wrong: dict[str, Any]) -> None:
    with pytest.raises(BadCounts) as refusal:
        confirm_facts(people.actor(school), school.public_id, facts=said(**wrong))

    assert refusal.value.field == next(iter(wrong))


def test_an_employer_is_asked_for_no_children(cluster: Cluster) -> None:
    plant = make.member(cluster, organisations.organisation("employer"))
    deputy = people.actor(plant, Post.Role.EMPLOYER_REPRESENTATIVE)

    check = confirm_facts(deputy, plant.public_id, facts=said())

    assert (check.learners, check.teachers) == (None, None)


def test_said_again_it_is_one_check(school: Organisation) -> None:
    deputy = people.actor(school)
    confirm_facts(deputy, school.public_id, facts=said())

    confirm_facts(deputy, school.public_id, facts=said(learners=641))

    assert YearCheck.objects.get().learners == 641


def test_the_coordinator_confirms_for_whom_the_base_answers(cluster: Cluster, host: Actor) -> None:
    garden = make.member(cluster, organisations.organisation("preschool", steward=cluster.base))

    assert confirm_facts(host, garden.public_id, facts=said()).checked_at


def test_others_confirm_nothing(school: Organisation, host: Actor) -> None:
    with pytest.raises(NotAllowed):
        confirm_facts(host, school.public_id, facts=said())
    with pytest.raises(NotAllowed):
        confirm_facts(people.actor(school, "teacher"), school.public_id, facts=said())


def test_few_children_are_told_to_their_own_only(school: Organisation, host: Actor) -> None:
    deputy = people.actor(school)
    confirm_facts(deputy, school.public_id, facts=said(learners=4))

    def told(actor: Actor) -> int | None:
        return YearCheck.objects.visible_to(actor).told_to(actor).get().learners_told

    assert (told(host), told(deputy)) == (None, 4)


def test_strangers_see_no_check(school: Organisation) -> None:
    make.check(school)

    assert not YearCheck.objects.visible_to(people.coordinator(organisations.college())).exists()


def test_the_next_agreement_is_signed_on_the_basis_that_was_said(
    cluster: Cluster, school: Organisation, host: Actor
) -> None:
    basis = "доверенность № 5 от 1 сентября 2026 г."
    confirm_facts(people.actor(school), school.public_id, facts=said(basis=basis))
    today = clock.today()
    terms = Terms("Соглашение", "Санкт-Петербург", today, today + timedelta(days=365))

    start_agreement(host, cluster.public_id, terms=terms, obligations=[])

    assert Party.objects.get(organisation=school).basis == basis


def test_the_database_keeps_one_check_a_year(school: Organisation) -> None:
    make.check(school)

    with pytest.raises(IntegrityError), transaction.atomic():
        make.check(school)


def test_the_day_is_a_setting(settings: Any) -> None:
    settings.ZVENO_CHECK_FROM = (9, 1)

    assert check_day(2026) == date(2026, 9, 1)
    assert check_year(date(2026, 8, 31)) == 2025
