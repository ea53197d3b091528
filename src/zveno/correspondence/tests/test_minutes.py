"""Minutes are written once a version; their decisions are tasks until they are withdrawn."""

from dataclasses import replace
from datetime import timedelta

import pytest

from zveno.correspondence import actions
from zveno.correspondence.actions import (
    CorrectionUnexplained,
    MinutesChanged,
    NobodyCarriesOut,
    NotYetHeld,
    OtherAgenda,
)
from zveno.correspondence.models import Decision, Meeting, Minutes
from zveno.correspondence.tests import make_meetings as make
from zveno.documents.models import StoredFile
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotFound
from zveno.kernel.walls import scoped
from zveno.network.models import Cluster
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.people.models import Notice, Post, Task
from zveno.people.tests import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("drawn")]
DAY = timedelta(days=1)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw nothing: how papers look is the engine's; one test below lets it draw."""
    monkeypatch.setattr(
        "zveno.correspondence.actions.minutes.engines.run",
        lambda *_, **__: {"pdf": "JVBERi0=", "docx": "UEsDBA=="},
    )


@pytest.fixture
def host(cluster: Cluster) -> Actor:
    return people.coordinator(cluster.base)


@pytest.fixture
def meeting(cluster: Cluster, school: Organisation) -> Meeting:
    return make.held(cluster, school)


@pytest.fixture
def deputy(school: Organisation) -> Post:
    return Post.objects.get(person=people.account(school).person)


def test_written_twice_it_is_one_version_with_one_task(
    host: Actor, meeting: Meeting, deputy: Post
) -> None:
    told = make.protocol(meeting, make.decided(deputy), make.decided(text="Принять к сведению"))

    made = [actions.write_minutes(host, meeting.public_id, protocol=told) for _ in range(2)]

    assert made[0] == made[1]
    assert (made[0].version, str(made[0])) == (1, "1")
    task = Task.objects.get()
    assert (task.post, task.giver, task.text) == (
        deputy, meeting.cluster.base, "Составить график проб",
    )  # fmt: skip
    assert Decision.objects.count() == 2


def test_the_invited_are_told_and_read_the_paper(
    host: Actor, meeting: Meeting, deputy: Post
) -> None:
    made = actions.write_minutes(host, meeting.public_id, protocol=make.protocol(meeting))

    assert Notice.objects.filter(person=deputy.person, kind="changed").count() == 1
    files = {made.paper.pdf, made.paper.docx}
    reader = people.actor(deputy.organisation)
    assert set(StoredFile.objects.visible_to(reader)) == files
    assert not StoredFile.objects.visible_to(people.actor()).exists()


def test_a_correction_is_a_new_version_under_the_same_number(
    host: Actor, meeting: Meeting, deputy: Post
) -> None:
    first = make.protocol(meeting, make.decided(deputy))
    actions.write_minutes(host, meeting.public_id, protocol=first)

    second = replace(first, others="Орехова П. С.", seen=1, reason="Забыли гостя")
    actions.write_minutes(host, meeting.public_id, protocol=second)

    versions = list(meeting.minutes.order_by("version"))
    assert [one.version for one in versions] == [1, 2]
    assert len({one.number for one in versions}) == 1
    assert versions[0].content["others"] == ""
    assert versions[1].reason == "Забыли гостя"


def test_a_task_goes_with_its_decision(host: Actor, meeting: Meeting, deputy: Post) -> None:
    kept, gone = make.decided(deputy), make.decided(deputy, text="Купить наборы")
    first = make.protocol(meeting, kept, gone)
    actions.write_minutes(host, meeting.public_id, protocol=first)
    later = replace(kept, due=clock.today() + 30 * DAY)

    second = make.protocol(meeting, later, seen=1, reason="Не решали покупать")
    actions.write_minutes(host, meeting.public_id, protocol=second)

    states = {task.text: task.state for task in Task.objects.all()}
    assert states == {"Составить график проб": "open", "Купить наборы": "dropped"}
    assert Task.objects.get(state="open").due == later.due
    assert Decision.objects.standing().get().public_id == kept.key


def test_a_decision_that_goes_to_another_house_is_open_there_alone(
    host: Actor, meeting: Meeting, deputy: Post
) -> None:
    one = make.decided(deputy)
    actions.write_minutes(host, meeting.public_id, protocol=make.protocol(meeting, one))
    own = Post.objects.get(person=host.person)

    moved = make.protocol(meeting, replace(one, post=own.public_id), seen=1, reason="Делаем сами")
    actions.write_minutes(host, meeting.public_id, protocol=moved)

    assert Task.objects.get(state="open").organisation == meeting.cluster.base
    assert Task.objects.get(state="dropped").organisation == deputy.organisation


def test_what_is_done_stays_done_when_something_else_is_corrected(
    host: Actor, meeting: Meeting, deputy: Post
) -> None:
    first = make.protocol(meeting, make.decided(deputy))
    actions.write_minutes(host, meeting.public_id, protocol=first)
    Task.objects.update(state="done", closed_at=clock.now())

    second = replace(first, secretary="Орехова П. С.", seen=1, reason="Другой секретарь")
    actions.write_minutes(host, meeting.public_id, protocol=second)

    assert Task.objects.get().state == "done"


def test_what_cannot_be_written(host: Actor, meeting: Meeting, deputy: Post) -> None:
    good = make.protocol(meeting, make.decided(deputy))
    stranger = Post.objects.get(person=people.account().person)
    wrong = [
        (replace(good, heard=good.heard[:1]), OtherAgenda),
        (make.protocol(meeting, make.decided(deputy, due=None)), NobodyCarriesOut),
        (make.protocol(meeting, make.decided(due=clock.today())), NobodyCarriesOut),
        (make.protocol(meeting, make.decided(stranger)), NobodyCarriesOut),
        (replace(good, seen=1), MinutesChanged),
    ]
    for told, refusal in wrong:
        with pytest.raises(refusal):
            actions.write_minutes(host, meeting.public_id, protocol=told)
    assert not Minutes.objects.exists()


def test_two_who_correct_the_same_version_do_not_undo_each_other(
    host: Actor, meeting: Meeting
) -> None:
    first = make.protocol(meeting)
    actions.write_minutes(host, meeting.public_id, protocol=first)
    mine = replace(first, others="Я", seen=1, reason="Я")
    actions.write_minutes(host, meeting.public_id, protocol=mine)

    yours = replace(first, others="Ты", seen=1, reason="Ты")

    with pytest.raises(MinutesChanged):
        actions.write_minutes(host, meeting.public_id, protocol=yours)


def test_a_correction_says_why(host: Actor, meeting: Meeting) -> None:
    first = make.protocol(meeting)
    actions.write_minutes(host, meeting.public_id, protocol=first)

    told = replace(first, others="Орехова П. С.", seen=1)

    with pytest.raises(CorrectionUnexplained):
        actions.write_minutes(host, meeting.public_id, protocol=told)


def test_there_are_no_minutes_of_what_was_not_held(
    host: Actor, cluster: Cluster, school: Organisation
) -> None:
    off = {"cancelled_at": clock.now(), "cancel_reason": "Нет света"}
    for one in (make.meeting(cluster, school), make.held(cluster, school, **off)):
        with pytest.raises(NotYetHeld):
            actions.write_minutes(host, one.public_id, protocol=make.protocol(one))


def test_the_invited_do_not_write_minutes(meeting: Meeting, deputy: Post) -> None:
    with pytest.raises(NotFound):
        actions.write_minutes(
            people.actor(deputy.organisation), meeting.public_id, protocol=make.protocol(meeting)
        )


def test_the_second_wall_keeps_minutes_in_the_circle(
    host: Actor, meeting: Meeting, deputy: Post
) -> None:
    told = make.protocol(meeting, make.decided(deputy))
    actions.write_minutes(host, meeting.public_id, protocol=told)
    stranger, member = (
        people.actor(network.member(meeting.cluster)),
        people.actor(deputy.organisation),
    )

    def read(actor: Actor) -> list[bool]:
        with scoped(actor):
            return [rows.exists() for rows in (Meeting.objects, Minutes.objects, Decision.objects)]

    assert read(stranger) == [False] * 3
    assert read(member) == read(host) == [True] * 3
