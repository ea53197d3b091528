"""Pages of polls: asked by a form, answered by moments, one is chosen in one press."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.correspondence import actions
from zveno.correspondence.models import Poll, Vote
from zveno.correspondence.tests import make
from zveno.kernel import clock
from zveno.kernel.models import TRIES, Letter
from zveno.network.models import Cluster
from zveno.network.tests import make as network
from zveno.network.tests.visitors import visitor
from zveno.organisations.models import Organisation
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
TOKEN = "d" * 27


@pytest.fixture
def anna(cluster: Cluster) -> Client:
    return visitor(cluster.base, Post.Role.COORDINATOR)


@pytest.fixture
def deputy(school: Organisation) -> Client:
    return visitor(school)


def typed(**changes: object) -> dict[str, object]:
    day = f"{clock.today() + timedelta(days=9):%d.%m.%Y}"
    fields = {"key": uuid4(), "to": "all", "title": "План полугодия", "minutes": 90, "due": day}
    offered = {"day-1": day, "time-1": "10:00", "day-2": day, "time-2": "15"}
    return fields | offered | changes


def new(cluster: Cluster) -> str:
    return reverse("correspondence:new_poll", args=[cluster.public_id])


def test_a_poll_is_sent_on_the_page(anna: Client, cluster: Cluster, school: Organisation) -> None:
    answer = anna.post(new(cluster), typed(), follow=True)

    made = Poll.objects.get()
    assert made.voters.get().organisation == school
    assert made.slots.count() == 2
    assert "Опрос отправлен" in answer.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"day-2": ""},
        {"day-2": "", "time-2": ""},
        {"time-2": "10:00"},
        {"day-7": "01.12.2099"},
        {"due": "01.01.2020"},
        {"to": "hand"},
        {"minutes": "1"},
        {"key": "х"},
    ],
)
def test_what_cannot_be_keeps_what_was_typed(
    anna: Client, cluster: Cluster, school: Organisation, wrong: dict[str, object]
) -> None:
    answer = anna.post(new(cluster), typed(title="Очень важная тема") | wrong)

    assert answer.status_code == 422
    assert "Очень важная тема" in answer.text
    assert not Poll.objects.exists()


def test_a_member_answers_each_moment_and_changes_its_mind(
    deputy: Client, cluster: Cluster, school: Organisation
) -> None:
    poll = make.poll(cluster, school)
    address = reverse("correspondence:asked", args=[make.voter(poll, school).public_id])
    keys = [str(key) for key in make.votes(poll, "yes", "no")]

    refused = deputy.post(address, {keys[0]: "yes"})
    deputy.post(address, dict.fromkeys(keys, "yes"))
    changed = deputy.post(address, dict.fromkeys(keys, "maybe"), follow=True)

    assert refused.status_code == 422
    assert "Выберите один из трёх ответов" in refused.text
    assert {*Vote.objects.values_list("value", flat=True)} == {"maybe"}
    assert "Изменить ответ" in changed.text


def test_the_link_of_an_email_answers_until_the_poll_is_closed(
    client: Client, anna: Client, cluster: Cluster, school: Organisation
) -> None:
    poll = make.poll(cluster, school)
    people.link(cluster.base, [("correspondence.Voter", make.voter(poll, school).pk)], TOKEN)
    address = reverse("correspondence:poll_by_link", args=[TOKEN])
    votes = {str(key): value for key, value in make.votes(poll, "yes", "no").items()}

    client.post(address, votes)
    anna.post(
        reverse("correspondence:close_poll", args=[poll.public_id]), {"slot": next(iter(votes))}
    )
    late = client.post(address, votes)

    assert Vote.objects.count() == 2
    assert "Опрос закрыт: дата выбрана" in client.get(address).text
    assert late.status_code == 409


def test_what_suits_most_is_marked_and_chosen(
    anna: Client, cluster: Cluster, school: Organisation
) -> None:
    lost = network.member(cluster)
    poll = make.poll(cluster, school, lost)
    answered, unheard = make.voter(poll, school), make.voter(poll, lost)
    votes = make.votes(poll, "no", "yes")
    actions.answer_poll(people.actor(school), answered.public_id, votes=votes)
    unheard.mailed = 1
    unheard.save()
    Letter.objects.create(to="a@example.org", about=unheard.about, tries=TRIES)
    address = reverse("correspondence:poll", args=[poll.public_id])

    before = anna.get(address).text
    closing = reverse("correspondence:close_poll", args=[poll.public_id])
    assert anna.post(closing, {"slot": "х"}).status_code == 422
    after = anna.post(closing, {"slot": f"{[*votes][1]}"}, follow=True).text

    assert before.count("Подходит большинству") == 1
    assert "Письмо на почту не доставлено" in before
    assert "Выбрано" in after
    assert "Выбрать этот день" not in after


def test_the_day_that_is_chosen_fills_in_a_meeting(
    anna: Client, cluster: Cluster, school: Organisation
) -> None:
    aside = network.member(cluster)
    poll = make.poll(cluster, school, title="План полугодия", text="Кабинет 12")
    slot = poll.slots.earliest("pk")
    anna.post(
        reverse("correspondence:close_poll", args=[poll.public_id]), {"slot": f"{slot.public_id}"}
    )
    address = reverse("correspondence:new_meeting", args=[cluster.public_id])

    first = anna.get(f"{address}?poll={poll.public_id}").context["form"].initial

    assert f"{address}?poll={poll.public_id}" in anna.get(f"/polls/{poll.public_id}/").text
    assert (first["subject"], first["place"]) == ("План полугодия", "Кабинет 12")
    assert first["members"] == [str(school.public_id)]
    for key in ("х", uuid4()):
        unknown = anna.get(f"{address}?poll={key}").context["form"].initial
        assert str(aside.public_id) in unknown["members"]


def test_budgets(
    anna: Client,
    deputy: Client,
    cluster: Cluster,
    school: Organisation,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    others = [network.member(cluster) for _ in range(6)]
    for _ in range(4):
        made = make.poll(cluster, school, *others)
    place = make.voter(made, school).public_id

    with django_assert_max_num_queries(16):
        anna.get(reverse("correspondence:polls", args=[cluster.public_id]))
    with django_assert_max_num_queries(15):
        anna.get(reverse("correspondence:poll", args=[made.public_id]))
    with django_assert_max_num_queries(16):
        anna.get(new(cluster))
    with django_assert_max_num_queries(12):
        deputy.get(reverse("correspondence:asked", args=[place]))
