"""Letters to members: written, sent once, opened, answered as asked, reminded of once a day."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from zveno.correspondence import actions
from zveno.correspondence.actions import (
    DayPassed,
    Draft,
    LetterSent,
    NobodyChosen,
    NobodyToRemind,
    NotAnAnswer,
    NothingToAnswer,
    RemindedToday,
    TooManyFiles,
)
from zveno.correspondence.models import Addressee, Attachment, Circular
from zveno.correspondence.tests import make
from zveno.documents.actions import NotAttachable, Upload
from zveno.documents.models import Reader, StoredFile
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Letter
from zveno.network.models import Cluster
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.people.models import Notice, Person, Post, actor_of
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
PDF = Upload("График.pdf", "", b"%PDF-1.7\n%%EOF\n")


@pytest.fixture
def anna(cluster: Cluster) -> Actor:
    return people.coordinator(cluster.base)


@pytest.fixture
def deputy(school: Organisation) -> Actor:
    return people.actor(school)


def draft(*to: Organisation, **changes: Any) -> Draft:
    fields = {"subject": "Сверка", "text": "Сверьте списки.", "asks": "noted"}
    return Draft(uuid4(), members=[one.public_id for one in to], **fields | changes)


def test_a_letter_sent_by_a_form_twice_is_one(
    cluster: Cluster, anna: Actor, school: Organisation
) -> None:
    sent = draft(school, files=[PDF])

    made = [actions.write_letter(anna, cluster.public_id, draft=sent) for _ in range(2)]

    assert made[0] == made[1] == Circular.objects.get()
    assert (Addressee.objects.get().organisation, Attachment.objects.count()) == (school, 1)
    assert made[0].is_draft


def test_a_draft_is_changed_and_goes_to_others(
    cluster: Cluster, anna: Actor, school: Organisation
) -> None:
    other = network.member(cluster)
    made = actions.write_letter(anna, cluster.public_id, draft=draft(school, files=[PDF]))
    changed = draft(other, subject="Иначе", asks="words", kept=[])

    actions.change_letter(anna, made.public_id, draft=changed)

    assert (Circular.objects.get().subject, Addressee.objects.get().organisation) == (
        "Иначе",
        other,
    )
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"members": []}, NobodyChosen),
        ({"members": [uuid4()]}, NobodyChosen),
        ({"due": clock.today() - timedelta(days=1)}, DayPassed),
        ({"due": clock.today() + timedelta(days=1), "asks": "nothing"}, NothingToAnswer),
        ({"files": [PDF] * 6}, TooManyFiles),
        ({"files": [replace(PDF, name="a.exe")]}, NotAttachable),
        ({"files": [replace(PDF, name="a.docx")]}, NotAttachable),
        ({"files": [replace(PDF, data=b"MZ")]}, NotAttachable),
    ],
)
def test_what_is_no_letter_is_refused(
    cluster: Cluster, anna: Actor, school: Organisation, changes: Any, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        actions.write_letter(anna, cluster.public_id, draft=replace(draft(school), **changes))
    assert not Circular.objects.exists()


def test_sent_it_goes_to_all_who_speak_for_a_member_once(
    cluster: Cluster, anna: Actor, school: Organisation
) -> None:
    deputy = people.account(school)
    Person.objects.filter(account=deputy).update(email="Deputy@example.org")
    people.head(school, email="head@example.org")
    made = actions.write_letter(anna, cluster.public_id, draft=draft(school, files=[PDF]))

    for _ in range(2):
        actions.send_letter(anna, made.public_id)

    letters = Letter.objects.order_by("to")
    assert [one.to for one in letters] == ["deputy@example.org", "head@example.org"]
    assert "/letter/" in letters[0].text
    assert "Сверьте списки" not in letters[0].text
    assert Notice.objects.get().kind == "decide"
    assert (Reader.objects.get().organisation, Addressee.objects.get().mailed) == (school, 2)


def test_a_member_without_people_is_written_to_at_its_own_address(
    cluster: Cluster, anna: Actor, school: Organisation
) -> None:
    Organisation.objects.filter(pk=school.pk).update(email="school@example.org")
    made = make.letter(cluster, school, sent=False)

    actions.send_letter(anna, made.public_id)

    assert Letter.objects.get().to == "school@example.org"


def test_who_has_left_gets_no_letter(cluster: Cluster, anna: Actor, school: Organisation) -> None:
    made = make.letter(cluster, school, sent=False)
    cluster.memberships.filter(organisation=school).update(until=clock.now())

    with pytest.raises(NobodyChosen):
        actions.send_letter(anna, made.public_id)


def test_what_was_sent_stays_as_it_is(cluster: Cluster, anna: Actor, school: Organisation) -> None:
    made = make.letter(cluster, school)

    with pytest.raises(LetterSent):
        actions.change_letter(anna, made.public_id, draft=draft(school))
    with pytest.raises(LetterSent):
        actions.drop_letter(anna, made.public_id)


def test_a_draft_is_deleted_with_its_files(
    cluster: Cluster, anna: Actor, school: Organisation
) -> None:
    made = actions.write_letter(anna, cluster.public_id, draft=draft(school, files=[PDF]))

    actions.drop_letter(anna, made.public_id)

    assert not Circular.objects.exists()
    assert not StoredFile.objects.exists()


def test_the_first_opening_counts(cluster: Cluster, school: Organisation) -> None:
    first, second = people.actor(school), people.actor(school)
    one = make.addressee(make.letter(cluster, school), school)

    actions.open_letter(first, one.public_id)
    actions.open_letter(second, one.public_id)

    one.refresh_from_db()
    assert one.read_by_id == first.person


@pytest.mark.parametrize(
    ("asks", "good", "bad"),
    [
        ("nothing", {"words": "Спасибо"}, {}),
        ("nothing", {"words": "Спасибо"}, {"answer": "agrees"}),
        ("noted", {}, {"answer": "noted", "words": ""}),
        ("words", {"words": "Трое"}, {"words": ""}),
        ("consent", {"answer": "objects", "words": "Не успеем"}, {"words": "Да"}),
    ],
)
def test_an_answer_is_what_was_asked_for(
    school: Organisation, deputy: Actor, asks: str, good: Any, bad: Any
) -> None:
    cluster = Cluster.objects.get()
    boss = people.account(cluster.base, Post.Role.COORDINATOR)
    one = make.addressee(make.letter(cluster, school, asks=asks), school)
    if asks != "noted":
        with pytest.raises(NotAnAnswer):
            actions.answer_letter(deputy, one.public_id, **bad)

    actions.answer_letter(deputy, one.public_id, **good)
    actions.answer_letter(deputy, one.public_id, **good)

    one.refresh_from_db()
    assert one.answered_at
    assert one.read_by_id == deputy.person
    assert Notice.objects.get().person == boss.person


def test_who_came_by_the_link_answers_for_the_member(
    cluster: Cluster, school: Organisation
) -> None:
    one = make.addressee(make.letter(cluster, school, asks="consent"), school)
    make.link_of(one, "a" * 27)
    guest = actor_of("a" * 27)

    actions.open_letter(guest, one.public_id)
    actions.answer_letter(guest, one.public_id, answer="agrees")

    one.refresh_from_db()
    assert (one.answer, one.answered_by) == ("agrees", None)


def test_who_has_not_answered_is_reminded_once_a_day(
    cluster: Cluster, anna: Actor, school: Organisation, deputy: Actor
) -> None:
    other = network.member(cluster)
    Organisation.objects.filter(pk=other.pk).update(email="other@example.org")
    made = make.letter(cluster, school, other, asks="noted")
    actions.answer_letter(deputy, make.addressee(made, school).public_id)

    assert actions.remind_of_letter(anna, made.public_id) == 1
    with pytest.raises(RemindedToday):
        actions.remind_of_letter(anna, made.public_id)

    letter = Letter.objects.get()
    assert letter.to == "other@example.org"
    assert letter.subject.startswith("Напоминание")


def test_nobody_is_reminded_of_a_draft_or_of_what_all_have_opened(
    cluster: Cluster, anna: Actor, school: Organisation, deputy: Actor
) -> None:
    written, opened = make.letter(cluster, school, sent=False), make.letter(cluster, school)
    actions.open_letter(deputy, make.addressee(opened, school).public_id)

    for one in (written, opened):
        with pytest.raises(NobodyToRemind):
            actions.remind_of_letter(anna, one.public_id)


def test_who_may_what(cluster: Cluster, school: Organisation, deputy: Actor, anna: Actor) -> None:
    made = make.letter(cluster, school, network.member(cluster))
    one = make.addressee(made, school)
    stranger, teacher = people.actor(), people.actor(school, Post.Role.TEACHER)
    head = people.actor(cluster.base, Post.Role.HEAD)

    with pytest.raises(NotAllowed):
        actions.write_letter(deputy, cluster.public_id, draft=draft(school))
    with pytest.raises(NotFound):  # a lock asks the wall whether one may change it
        actions.remind_of_letter(deputy, made.public_id)
    for actor in (stranger, teacher, head):
        with pytest.raises(NotFound):
            actions.open_letter(actor, one.public_id)
    with pytest.raises(NotAllowed):
        actions.answer_letter(anna, one.public_id, words="Сами")
    assert Addressee.objects.visible_to(deputy).count() == 1


def test_an_addressee_does_not_see_a_draft(
    cluster: Cluster, school: Organisation, deputy: Actor
) -> None:
    made = make.letter(cluster, school, sent=False)

    assert not Circular.objects.visible_to(deputy).filter(pk=made.pk).exists()
    assert not Addressee.objects.visible_to(deputy).exists()
