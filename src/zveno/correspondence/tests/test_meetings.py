"""Meetings are called, changed, cancelled; whoever is invited answers."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from zveno.correspondence import actions
from zveno.correspondence.actions import BadTime, Call, MeetingOver, NoAgenda, NobodyCalled, Point
from zveno.correspondence.models import Invited, Meeting
from zveno.correspondence.tests import make_meetings as make
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Letter
from zveno.network.models import Cluster
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.people.models import Notice, Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(cluster: Cluster) -> Actor:
    return people.coordinator(cluster.base)


def call(*members: Organisation) -> Call:
    begins = clock.now() + timedelta(days=7)
    return Call(
        key=uuid4(),
        subject="План проб",
        begins_at=begins,
        ends_at=begins + timedelta(hours=1),
        place="Учебный цех",
        members=[one.public_id for one in members],
        agenda=[Point("План года", "Петрова А. И."), Point("Разное")],
    )


def test_a_meeting_called_twice_is_one_and_asks_once(
    cluster: Cluster, school: Organisation, host: Actor
) -> None:
    deputy, sent = people.account(school), call(school)

    for _ in range(2):
        actions.call_meeting(host, cluster.public_id, call=sent)

    meeting = Meeting.objects.get()
    assert [one.text for one in meeting.items.all()] == ["План года", "Разное"]
    assert meeting.invited.get().organisation == school
    assert Notice.objects.get(person=deputy.person).kind == "decide"


def test_only_members_of_today_and_colleagues_are_invited(
    cluster: Cluster, school: Organisation, host: Actor
) -> None:
    colleague = Post.objects.get(person=people.account(cluster.base, Post.Role.TEACHER).person)
    stranger = Post.objects.get(person=people.account(school).person)
    left = network.member(cluster)
    cluster.memberships.filter(organisation=left).update(until=clock.now())
    posts = [colleague.public_id, stranger.public_id]
    sent = replace(call(school, left, network.cluster().base), people=posts)

    made = actions.call_meeting(host, cluster.public_id, call=sent)

    found = set(made.invited.values_list("organisation", "post"))
    assert found == {(school.pk, None), (cluster.base.pk, colleague.pk)}
    assert Notice.objects.filter(person=colleague.person).count() == 1


def test_who_has_no_account_is_written_to(
    cluster: Cluster, school: Organisation, host: Actor
) -> None:
    head = people.head(school, email="head@example.org")

    actions.call_meeting(host, cluster.public_id, call=call(school))

    letter = Letter.objects.get()
    assert letter.to == head.email
    assert "1. План года" in letter.text


def test_what_cannot_be_called(cluster: Cluster, school: Organisation, host: Actor) -> None:
    good, day = call(school), timedelta(days=1)
    ends = good.begins_at
    wrong = [
        (replace(good, members=[]), NobodyCalled),
        (replace(good, agenda=[]), NoAgenda),
        (replace(good, ends_at=ends), BadTime),
        (replace(good, ends_at=ends + 4 * day), BadTime),
        (replace(good, begins_at=clock.now() - day), BadTime),
    ]
    for sent, refusal in wrong:
        with pytest.raises(refusal):
            actions.call_meeting(host, cluster.public_id, call=sent)


def test_a_colleague_does_not_call_meetings(cluster: Cluster, school: Organisation) -> None:
    teacher = people.actor(cluster.base, Post.Role.TEACHER)

    with pytest.raises(NotAllowed):
        actions.call_meeting(teacher, cluster.public_id, call=call(school))


def test_whoever_speaks_for_a_member_answers_for_it(cluster: Cluster, school: Organisation) -> None:
    meeting = make.meeting(cluster, school, network.member(cluster))
    mine = meeting.invited.get(organisation=school)
    others = meeting.invited.exclude(organisation=school).get()
    deputy = people.actor(school)

    actions.answer_invitation(deputy, mine.public_id, comes=True, note="Вдвоём")
    actions.answer_invitation(deputy, mine.public_id, comes=False)

    mine.refresh_from_db()
    assert (mine.answer, mine.note) == (Invited.Answer.NOT_COMING, "")
    with pytest.raises(NotAllowed):
        actions.answer_invitation(deputy, others.public_id, comes=True)
    with pytest.raises(NotFound):
        actions.answer_invitation(people.actor(), others.public_id, comes=True)


def test_the_coordinator_notes_who_answered_by_telephone(
    cluster: Cluster, school: Organisation, host: Actor
) -> None:
    mine = make.meeting(cluster, school).invited.get()

    actions.answer_invitation(host, mine.public_id, comes=True)

    mine.refresh_from_db()
    assert mine.answer == "coming"


def test_nobody_answers_when_it_has_begun(cluster: Cluster, school: Organisation) -> None:
    invited = make.held(cluster, school).invited.get()

    with pytest.raises(MeetingOver):
        actions.answer_invitation(people.actor(school), invited.public_id, comes=True)


def of(meeting: Meeting, *members: Organisation) -> Call:
    """Return the call of a meeting that is there."""
    facts = {name: getattr(meeting, name) for name in ("subject", "begins_at", "ends_at", "place")}
    agenda = [Point(item.text, item.reporter) for item in meeting.items.all()]
    return replace(call(*members), **facts, agenda=agenda)


def test_at_another_time_everybody_is_asked_anew(
    cluster: Cluster, school: Organisation, host: Actor
) -> None:
    meeting = make.meeting(cluster, school)
    meeting.invited.update(answer="coming", answered_at=clock.now())
    deputy, added = people.account(school), network.member(cluster)
    sent = of(meeting, added)

    actions.change_meeting(
        host, meeting.public_id, call=replace(sent, ends_at=sent.ends_at + timedelta(hours=1))
    )

    meeting.refresh_from_db()
    assert (meeting.changes, meeting.invited.filter(answer="").count()) == (1, 2)
    assert "перенесено" in Notice.objects.get(person=deputy.person).title


def test_answers_stay_while_only_the_agenda_changes(
    cluster: Cluster, school: Organisation, host: Actor
) -> None:
    meeting = make.meeting(cluster, school)
    meeting.invited.update(answer="coming", answered_at=clock.now())

    for _ in range(2):
        sent = replace(of(meeting), agenda=[Point("Другое")])
        actions.change_meeting(host, meeting.public_id, call=sent)

    meeting.refresh_from_db()
    assert (meeting.changes, meeting.invited.get().answer) == (1, "coming")
    assert meeting.items.get().text == "Другое"


def test_all_are_told_why_it_is_cancelled(
    cluster: Cluster, school: Organisation, host: Actor
) -> None:
    meeting, deputy = make.meeting(cluster, school), people.account(school)

    for reason in ("Отключат свет", "Другое"):
        actions.cancel_meeting(host, meeting.public_id, reason=reason)

    meeting.refresh_from_db()
    assert (meeting.cancel_reason, meeting.changes) == ("Отключат свет", 1)
    assert Notice.objects.get(person=deputy.person).text == "Отключат свет"
    with pytest.raises(MeetingOver):
        actions.change_meeting(host, meeting.public_id, call=of(meeting))


def test_a_meeting_is_seen_by_its_house_and_the_invited(
    cluster: Cluster, school: Organisation, host: Actor
) -> None:
    meeting, other = make.meeting(cluster, school), network.member(cluster)

    def seen(actor: Actor) -> bool:
        return Meeting.objects.visible_to(actor).contains(meeting)

    assert seen(host)
    assert seen(people.actor(school))
    assert not seen(people.actor(other))
