"""Pages of meetings and minutes."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.correspondence import actions
from zveno.correspondence.actions import Call, Point
from zveno.correspondence.models import Coming, Invited, Meeting, Minutes, coming_in
from zveno.correspondence.tests import make_meetings as make
from zveno.kernel import clock
from zveno.kernel.letters import as_page
from zveno.kernel.models import Letter
from zveno.network.models import Cluster
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.people.models import Link, Post, Task, actor_of
from zveno.people.tests import make as people
from zveno.ui.tests.calendars import agreed

pytestmark = pytest.mark.django_db
TOKEN = "d" * 27


@pytest.fixture
def host(client: Client, cluster: Cluster) -> Client:
    client.force_login(people.account(cluster.base, Post.Role.COORDINATOR))
    return client


def typed(*members: Organisation, **changes: str) -> dict[str, object]:
    fields: dict[str, object] = {
        "key": f"{uuid4()}",
        "subject": "План проб",
        "day": f"{clock.today() + timedelta(days=5):%d.%m.%Y}",
        "begins": "10:00",
        "ends": "11",
        "place": "Учебный цех",
        "members": [one.public_id for one in members],
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "0",
        "form-0-text": "План года",
        "form-1-text": "",
    }
    return fields | changes


def test_a_meeting_is_called_on_the_page(
    host: Client, cluster: Cluster, school: Organisation
) -> None:
    address = reverse("correspondence:new_meeting", args=[cluster.public_id])

    page = host.post(address, typed(school), follow=True)

    assert Meeting.objects.get().invited.get().organisation == school
    assert "План года" in page.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": ""},
        {"day": "01.01.2020"},
        {"ends": "10:00"},
        {"members": "х"},
        {"form-0-text": ""},
        {"key": "х"},
    ],
)
def test_what_cannot_be_keeps_what_was_typed(
    host: Client, cluster: Cluster, school: Organisation, wrong: dict[str, str]
) -> None:
    address = reverse("correspondence:new_meeting", args=[cluster.public_id])

    answer = host.post(address, typed(school, guests="Орехова П. С.") | wrong)

    assert answer.status_code == 422
    assert "Орехова П. С." in answer.text
    assert not Meeting.objects.exists()


def test_a_member_answers_and_takes_the_meeting_into_a_calendar(
    client: Client, cluster: Cluster, school: Organisation
) -> None:
    meeting = make.meeting(cluster, school)
    client.force_login(people.account(school))
    invited = meeting.invited.get()

    page = client.post(
        reverse("correspondence:answer_meeting", args=[invited.public_id]),
        {"comes": "yes", "note": "Вдвоём"},
        follow=True,
    )
    file = client.get(reverse("correspondence:meeting_calendar", args=[meeting.public_id]))

    assert "Вдвоём" in page.text
    [found] = agreed(file.content)
    assert (found["uid"], found["begins"]) == (
        f"{meeting.public_id}@zveno",
        meeting.begins_at.replace(microsecond=0),
    )
    assert "Отменить совещание" not in page.text


def test_the_next_meeting_is_on_the_page_of_the_cluster(
    host: Client, client: Client, cluster: Cluster, school: Organisation
) -> None:
    make.held(cluster, school)
    meeting = make.meeting(cluster, school)
    address = reverse("network:cluster", args=[cluster.public_id])

    assert reverse("correspondence:meeting", args=[meeting.public_id]) in host.get(address).text
    client.force_login(people.account(network.member(cluster)))
    assert meeting.subject not in client.get(address).text


def test_what_comes_next_is_the_first_to_come_of_those_one_sees(
    cluster: Cluster, school: Organisation
) -> None:
    club = network.member(cluster)
    make.held(cluster, school, club)
    make.meeting(cluster, school, cancelled_at=clock.now(), cancel_reason="Карантин")
    make.meeting(cluster, club, begins_at=clock.now() - timedelta(minutes=9))
    make.meeting(cluster, school)
    make.meeting(cluster, school, club)

    actors = [people.coordinator(cluster.base), people.actor(school), people.actor(club)]
    asked = [coming_in(actor, cluster) for actor in actors]

    for actor, coming in zip(actors, asked, strict=True):
        first = Meeting.objects.visible_to(actor).filter(cluster=cluster).to_come().first()
        assert first
        assert coming == tuple(getattr(first, name) for name in Coming._fields)
    assert len({coming.public_id for coming in asked if coming}) == 2
    assert coming_in(people.actor(network.member(cluster)), cluster) is None


def minutes(meeting: Meeting, post: Post, **changes: str) -> dict[str, str]:
    due = clock.today() + timedelta(days=5)
    fields = {
        "seen": "0",
        "chair": "Петрова А. И.",
        "secretary": "Белов К. Н.",
        "came": f"{meeting.invited.get().public_id}",
        "heard-0": "План составлен",
        "decision-0-1-key": f"{uuid4()}",
        "decision-0-1-text": "Составить график {x}",
        "decision-0-1-post": f"{post.public_id}",
        "decision-0-1-due": f"{due:%d.%m.%Y}",
    }
    return fields | changes


def test_minutes_are_drawn_and_their_decisions_watched(
    host: Client, cluster: Cluster, school: Organisation
) -> None:
    """The engine draws here: what people type holds braces, and the paper does not mind."""
    post = Post.objects.get(person=people.account(school).person)
    meeting = make.held(cluster, school)
    address = reverse("correspondence:minutes", args=[meeting.public_id])
    sent = minutes(meeting, post)

    pages = [host.post(address, sent, follow=True).text for _ in range(2)]

    made = Minutes.objects.get()
    assert made.paper.pdf is not None
    assert bytes(made.paper.pdf.data).startswith(b"%PDF")
    assert all("выполняется" in page for page in pages)
    Task.objects.update(due=clock.today() - timedelta(days=1))
    page = host.get(reverse("correspondence:meeting", args=[meeting.public_id])).text
    assert "просрочено" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"chair": ""},
        {"decision-0-1-due": ""},
        {"decision-0-1-post": ""},
        {"decision-0-1-text": ""},
        {"came": "х"},
    ],
)
def test_minutes_that_cannot_be_keep_what_was_typed(
    host: Client, cluster: Cluster, school: Organisation, wrong: dict[str, str]
) -> None:
    post = Post.objects.get(person=people.account(school).person)
    meeting = make.held(cluster, school)

    answer = host.post(
        reverse("correspondence:minutes", args=[meeting.public_id]), minutes(meeting, post) | wrong
    )

    assert answer.status_code == 422
    assert "План составлен" in answer.text
    assert not Minutes.objects.exists()


def test_a_correction_begins_with_what_was_written_and_asks_why(
    host: Client, cluster: Cluster, school: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = {"pdf": "JVBERi0=", "docx": "UEsDBA=="}
    monkeypatch.setattr("zveno.kernel.engines.run", lambda *_, **__: drawn)
    account = people.account(cluster.base, Post.Role.COORDINATOR)
    meeting = make.held(cluster, school)
    told = make.protocol(meeting, make.decided(text="Принять к сведению"))
    actions.write_minutes(actor_of(account), meeting.public_id, protocol=told)
    address = reverse("correspondence:minutes", args=[meeting.public_id])

    page = host.get(address).text
    answer = host.post(address, {"seen": "1", "chair": "Другой", "secretary": "Белов К. Н."})

    assert "Принять к сведению" in page
    assert answer.status_code == 422
    assert meeting.minutes.count() == 1


def test_the_pages_ask_few_questions_however_long(
    host: Client, cluster: Cluster, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    houses = [network.member(cluster) for _ in range(9)]
    meeting = make.meeting(cluster, *houses)
    for _ in range(5):
        make.held(cluster, *houses)
    for name, key in (("meetings", cluster.public_id), ("meeting", meeting.public_id)):
        address = reverse(f"correspondence:{name}", args=[key])
        host.get(address)
        with django_assert_max_num_queries(16):
            host.get(address)


def test_who_has_no_account_answers_by_the_link_of_the_email(
    client: Client, cluster: Cluster, school: Organisation
) -> None:
    people.head(school, email="head@example.org")
    actions.call_meeting(people.coordinator(cluster.base), cluster.public_id, call=a_call(school))
    letter = Letter.objects.get()
    address = next(line for line in letter.text.splitlines() if line.startswith(settings.ADDRESS))
    path = address.removeprefix(settings.ADDRESS)

    first = client.get(path)
    client.post(path, {"comes": "no", "note": "Отпуск"})

    invited = Invited.objects.get()
    assert (invited.answer, invited.note) == ("not_coming", "Отпуск")
    assert "Вы будете на совещании?" in first.text
    assert "Петрова" not in first.text
    assert f"{address}meeting.ics" in letter.text
    assert f"URL:{address}" in client.get(f"{path}meeting.ics").text.replace("\r\n ", "")
    assert as_page(letter.subject, letter.text) is not None


def test_a_link_of_a_meeting_that_is_off_says_why(
    client: Client, cluster: Cluster, school: Organisation
) -> None:
    meeting = make.meeting(cluster, school)
    people.link(cluster.base, [("correspondence.Invited", meeting.invited.get().pk)], TOKEN)
    host = people.coordinator(cluster.base)
    actions.cancel_meeting(host, meeting.public_id, reason="Отключат свет")
    path = reverse("correspondence:meeting_by_link", args=[TOKEN])

    shown, late = client.get(path).text, client.post(path, {"comes": "yes"})

    assert "Отключат свет" in shown
    assert "Вы будете на совещании?" not in shown
    assert late.status_code == 409
    assert "STATUS:CANCELLED" in client.get(f"{path}meeting.ics").text


def test_the_link_works_until_a_far_meeting_ends(cluster: Cluster, school: Organisation) -> None:
    people.head(school, email="head@example.org")
    begins = clock.now() + timedelta(days=200)
    far = replace(a_call(school), begins_at=begins, ends_at=begins + timedelta(hours=1))

    actions.call_meeting(people.coordinator(cluster.base), cluster.public_id, call=far)

    assert Link.objects.get().until == far.ends_at


def test_the_page_of_a_link_asks_few_questions(
    client: Client,
    cluster: Cluster,
    school: Organisation,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    meeting = make.meeting(cluster, school)
    people.link(cluster.base, [("correspondence.Invited", meeting.invited.get().pk)], TOKEN)

    with django_assert_max_num_queries(8):
        client.get(reverse("correspondence:meeting_by_link", args=[TOKEN]))


def a_call(*members: Organisation) -> Call:
    begins = clock.now() + timedelta(days=7)
    return Call(
        key=uuid4(),
        subject="План проб",
        begins_at=begins,
        ends_at=begins + timedelta(hours=1),
        place="Учебный цех",
        members=[one.public_id for one in members],
        agenda=[Point("План года", "Петрова А. И.")],
    )
