"""Organisations come into a cluster: invited by it, or applying; both sides see how it stands."""

from datetime import timedelta
from typing import Any

import pytest

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import DomainError, NotAllowed, NotFound
from zveno.kernel.models import Letter
from zveno.network import actions
from zveno.network.actions import Application, Invitee
from zveno.network.models import Cluster, Joining, Membership
from zveno.network.models.joining import CONFIRMED_WITHIN, LASTS, REMINDED_EVERY
from zveno.network.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Invitation, Notice, Person, Post, actor_of
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
TOLD = {
    "kind": "preschool", "name": "ГБДОУ детский сад № 5 (пример)", "inn": "0010008859",
    "phone": "+78120000000", "address": "Примерная улица, 1", "family_name": "Мухина",
    "given_name": "Зоя", "patronymic": "Львовна", "post": "заведующий",
}  # fmt: skip


@pytest.fixture
def cluster() -> Cluster:
    return make.cluster()


@pytest.fixture
def coordinator(cluster: Cluster) -> Actor:
    return people.coordinator(cluster.base)


def by_link(joining: Joining) -> Actor:
    """Come by the link of a letter."""
    link = make.link_of(joining, f"token-of-{joining.pk}")
    made = actor_of(f"token-of-{joining.pk}")
    assert made.credential == link.pk
    return made


def state(joining: Joining) -> str:
    return str(Joining.objects.get(pk=joining.pk).state)


def members(cluster: Cluster) -> set[str]:
    return {one.organisation.name for one in cluster.memberships.live()} - {cluster.base.name}


def apply(cluster: Cluster, **changes: Any) -> Joining | None:
    fields: dict[str, Any] = {"name": "Школа", "email": "new@example.org", "answers": {"inn": ""}}
    application = Application(**fields | changes)
    return actions.apply_by_letter(SYSTEM, cluster.public_id, application=application)


# --- Invitations --------------------------------------------------------------------------------


def test_invited_by_letter_tells_its_facts_and_is_in(cluster: Cluster, coordinator: Actor) -> None:
    invitee = Invitee(name="Детский сад № 5", email="Head@Example.org", word="Ждём вас")
    joining = actions.invite_to_join(coordinator, cluster.public_id, invitee=invitee)
    head = by_link(joining)

    actions.note_joining(head, joining.public_id, answers=TOLD)
    membership = actions.accept_joining(head, joining.public_id)

    house = membership.organisation
    assert (house.name, house.inn, house.phone) == (TOLD["name"], TOLD["inn"], TOLD["phone"])
    assert (house.steward, house.kind) == (cluster.base, "preschool")
    assert membership.role == "member"
    post = Post.objects.get(organisation=house)
    assert (post.role, post.title, str(post.person)) == ("head", "заведующий", "Мухина Зоя Львовна")
    assert Invitation.objects.acceptable().filter(post=post).exists()
    assert post.person.email == "head@example.org"
    joining.refresh_from_db()
    assert (joining.state, joining.email, joining.answers) == ("accepted", "", {})


def test_member_since_the_moment_of_acceptance(cluster: Cluster, coordinator: Actor) -> None:
    school = organisations.school()
    joining = make.joining(cluster, school)
    later = clock.now() + timedelta(days=3)

    with clock.travel(later):
        head = people.actor(school, Post.Role.HEAD)
        membership = actions.accept_joining(head, joining.public_id)

    assert membership.since >= later


def test_letter_goes_to_the_head_else_to_the_organisation(
    cluster: Cluster, coordinator: Actor
) -> None:
    led, plain = (
        organisations.school(email="a@example.org"),
        organisations.school(email="b@example.org"),
    )
    people.head(led, email="head@example.org")
    nobody = organisations.school()

    for school in (led, plain):
        invitee = Invitee(organisation=school.public_id)
        actions.invite_to_join(coordinator, cluster.public_id, invitee=invitee)
    invitee = Invitee(organisation=nobody.public_id)
    with pytest.raises(actions.NowhereToWrite):
        actions.invite_to_join(coordinator, cluster.public_id, invitee=invitee)

    assert set(Letter.objects.values_list("to", flat=True)) == {"head@example.org", "b@example.org"}


def test_invited_twice_is_asked_once(cluster: Cluster, coordinator: Actor) -> None:
    school = organisations.school(email="b@example.org")
    known, new = Invitee(school.public_id), Invitee(None, "Сад", "new@example.org")

    made = [
        actions.invite_to_join(coordinator, cluster.public_id, invitee=one)
        for one in (known, known, new, new)
    ]

    assert [one.pk for one in made[::2]] == [one.pk for one in made[1::2]]
    assert Letter.objects.count() == 2


def test_who_is_in_is_not_invited(cluster: Cluster, coordinator: Actor) -> None:
    invitee = Invitee(organisation=make.member(cluster).public_id)

    with pytest.raises(actions.MemberAlready):
        actions.invite_to_join(coordinator, cluster.public_id, invitee=invitee)
    with pytest.raises(actions.NobodyInvited):
        actions.invite_to_join(coordinator, cluster.public_id, invitee=Invitee(name="Сад"))


def test_a_letter_speaks_for_no_organisation_that_has_its_own_people(cluster: Cluster) -> None:
    organisations.school(inn=TOLD["inn"])
    joining = make.joining(cluster)

    with pytest.raises(actions.AnswersForItself):
        actions.note_joining(by_link(joining), joining.public_id, answers=TOLD)

    assert members(cluster) == set()


def test_a_letter_changes_nothing_of_who_answers_for_itself(cluster: Cluster) -> None:
    school = organisations.school(email="b@example.org")
    joining = make.joining(cluster, school)
    head = by_link(joining)

    actions.note_joining(head, joining.public_id, answers=TOLD)
    actions.accept_joining(head, joining.public_id)

    assert members(cluster) == {school.name}
    assert not Post.objects.filter(organisation=school).exists()


def test_head_known_by_the_base_is_put_right(cluster: Cluster, coordinator: Actor) -> None:
    garden = organisations.organisation("preschool", steward=cluster.base)
    people.head(garden, email="old@example.org")
    invitee = Invitee(organisation=garden.public_id)
    joining = actions.invite_to_join(coordinator, cluster.public_id, invitee=invitee)
    assert joining.answers["family_name"] == "Петрова"

    head = by_link(joining)
    actions.note_joining(head, joining.public_id, answers=TOLD)
    actions.accept_joining(head, joining.public_id)

    garden.refresh_from_db()
    assert garden.name == TOLD["name"]
    held = Post.objects.live().get(organisation=garden, role="head")
    assert held.person.family_name == "Мухина"


def test_representative_answers_in_their_account(cluster: Cluster) -> None:
    school = organisations.school()
    account = people.account(school)
    first, second = make.joining(cluster, school), make.joining(make.cluster(), school)
    coordinator = people.account(cluster.base, "coordinator")

    actions.accept_joining(actor_of(account), first.public_id)
    with pytest.raises(actions.NoReason):
        actions.decline_joining(actor_of(account), second.public_id, reason=" ")
    actions.decline_joining(actor_of(account), second.public_id, reason="Далеко ездить")

    assert members(cluster) == {school.name}
    assert (state(first), state(second)) == ("accepted", "declined")
    assert Notice.objects.get(person=coordinator.person).kind == "changed"


# --- Applications -------------------------------------------------------------------------------


def test_application_is_answered_by_the_coordinator(cluster: Cluster, coordinator: Actor) -> None:
    plant = organisations.organisation("employer", name="Завод (пример)")
    told = people.account(cluster.base, "coordinator")
    worker = people.actor(plant, Post.Role.EMPLOYER_REPRESENTATIVE)

    joining = actions.apply_to_join(
        worker, plant.public_id, cluster=cluster.public_id, word="К вам"
    )
    with pytest.raises(NotAllowed):
        actions.accept_joining(worker, joining.public_id)
    membership = actions.accept_joining(coordinator, joining.public_id)

    assert membership.role == "partner"
    assert Notice.objects.get(person=told.person).about == joining.about
    assert Notice.objects.filter(person=worker.person, kind="changed").count() == 1


def test_applying_where_one_is_invited_returns_the_invitation(cluster: Cluster) -> None:
    school = organisations.school()
    invited = make.joining(cluster, school)

    made = actions.apply_to_join(people.actor(school), school.public_id, cluster=cluster.public_id)

    assert made.pk == invited.pk


@pytest.mark.parametrize("role", ["teacher", "methodist"])
def test_only_who_speaks_for_an_organisation_applies(cluster: Cluster, role: str) -> None:
    school = organisations.school()

    with pytest.raises(NotAllowed):
        actions.apply_to_join(
            people.actor(school, role), school.public_id, cluster=cluster.public_id
        )


def test_stranger_confirms_by_the_letter_and_is_told_of_the_answer(
    cluster: Cluster, coordinator: Actor
) -> None:
    told = TOLD | {"kind": "school", "name": "Школа № 7 (пример)"}
    joining = apply(cluster, name="Школа № 7 (пример)", answers=told)
    assert joining
    unseen = Joining.objects.visible_to(coordinator).filter(pk=joining.pk)
    assert not unseen.exists()

    actions.confirm_application(by_link(joining), joining.public_id)
    membership = actions.accept_joining(coordinator, joining.public_id)

    post = Post.objects.get(organisation=membership.organisation)
    assert (post.role, post.person.email) == ("school_representative", "new@example.org")
    subjects = list(Letter.objects.order_by("pk").values_list("to", flat=True))
    assert subjects == ["new@example.org"] * len(subjects)
    assert len(subjects) == 2  # the account and the answer; to confirm is needed no more


def test_stranger_gets_no_account_where_an_organisation_has_its_own_people(
    cluster: Cluster, coordinator: Actor
) -> None:
    school = organisations.school(inn=TOLD["inn"])
    joining = apply(cluster, answers=TOLD)
    assert joining
    actions.confirm_application(by_link(joining), joining.public_id)

    actions.accept_joining(coordinator, joining.public_id)

    assert members(cluster) == {school.name}
    assert not Person.objects.filter(email="new@example.org").exists()


def test_an_address_is_written_to_three_times_a_day(cluster: Cluster) -> None:
    made = [apply(cluster) for _ in range(4)]

    assert made.count(None) == 1
    assert Letter.objects.count() == 3


def test_second_application_of_a_stranger_waits_for_the_first(cluster: Cluster) -> None:
    first, second = apply(cluster), apply(cluster)
    assert first
    assert second
    actions.confirm_application(by_link(first), first.public_id)

    with pytest.raises(actions.AskedAlready):
        actions.confirm_application(by_link(second), second.public_id)


def test_declined_stranger_gets_the_reason_and_is_forgotten(
    cluster: Cluster, coordinator: Actor
) -> None:
    joining = make.joining(cluster, kind="application", answers=TOLD)

    actions.decline_joining(coordinator, joining.public_id, reason="Другой район")

    letter = Letter.objects.get()
    joining.refresh_from_db()
    assert "Другой район" in letter.text
    assert (joining.email, joining.answers) == ("", {})


# --- Both ---------------------------------------------------------------------------------------


def test_who_asked_takes_back_and_nobody_answers_any_more(
    cluster: Cluster, coordinator: Actor
) -> None:
    joining = make.joining(cluster)
    head = by_link(joining)
    with pytest.raises(NotAllowed):
        actions.take_joining_back(head, joining.public_id)

    actions.take_joining_back(coordinator, joining.public_id)

    for verb in (actions.accept_joining, actions.take_joining_back):
        with pytest.raises((actions.JoiningOver, NotAllowed)):
            verb(head, joining.public_id)
    with pytest.raises(actions.JoiningOver):
        actions.take_joining_back(coordinator, joining.public_id)


def test_no_answer_after_the_time_is_over(cluster: Cluster) -> None:
    school = organisations.school()
    joining = make.joining(cluster, school)

    with clock.travel(clock.now() + LASTS), pytest.raises(actions.JoiningOver):
        actions.accept_joining(people.actor(school), joining.public_id)


def test_strangers_see_neither_invitation_nor_application(cluster: Cluster) -> None:
    joining = make.joining(cluster, organisations.school())

    for stranger in (people.actor(), people.coordinator(organisations.college())):
        with pytest.raises(NotFound):
            actions.decline_joining(stranger, joining.public_id, reason="Нет")


@pytest.mark.parametrize("kind", ["invitation", "application"])
def test_reminded_every_ten_days_and_ended_after_thirty(cluster: Cluster, kind: str) -> None:
    school = organisations.school()
    people.account(school)
    people.account(cluster.base, "coordinator")
    joining = make.joining(cluster, school, kind=kind)
    begun, told = clock.now(), []

    for days in (9, 11, 19, 22, 30):
        with clock.travel(begun + timedelta(days=days) + MINUTE):
            for one in Joining.objects.due():
                actions.tend_joining(SYSTEM, one.public_id)
            told.append(Notice.objects.filter(about=joining.about).count())

    assert told == [0, 1, 1, 2, 2]
    assert state(joining) == "expired"
    asker = cluster.base if kind == "invitation" else school
    ended = Notice.objects.get(kind="changed")
    assert ended.person.owner == asker
    assert Letter.objects.exists() == (kind == "application")


def test_unconfirmed_application_is_forgotten(cluster: Cluster) -> None:
    joining = apply(cluster)
    assert joining

    with clock.travel(clock.now() + CONFIRMED_WITHIN):
        actions.tend_joining(SYSTEM, joining.public_id)

    assert not Joining.objects.exists()
    assert REMINDED_EVERY < LASTS


def test_two_questions_of_one_organisation_make_one_member(
    cluster: Cluster, coordinator: Actor
) -> None:
    garden = organisations.organisation("preschool", steward=cluster.base, inn=TOLD["inn"])
    known, unknown = make.joining(cluster, garden), make.joining(cluster)
    head = by_link(unknown)
    actions.note_joining(head, unknown.public_id, answers=TOLD)
    actions.accept_joining(by_link(known), known.public_id)

    with pytest.raises(DomainError):
        actions.accept_joining(head, unknown.public_id)

    assert Membership.objects.filter(cluster=cluster, organisation=garden).count() == 1
    assert Organisation.objects.filter(inn=TOLD["inn"]).count() == 1
