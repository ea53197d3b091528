"""The sheet of the safety briefing: who is there and who leads, to sign on paper."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.events.models import Event, Group, Mark, marks
from zveno.events.tests import make
from zveno.kernel.models import Entry
from zveno.learners.models import Learner
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    made = make.coming(make.event(), organisations.school(), 3, consented=2)
    for place, name in zip(made.places.order_by("pk"), ("Арина", "Борис", "Вера"), strict=True):
        Learner.objects.filter(pk=place.learner_id).update(given_name=name)
    return made


def sheet(event: Event, role: str = Post.Role.TEACHER) -> str:
    client = Client()
    client.force_login(people.account(event.host, role))
    return client.get(f"/check/{event.public_id}/briefing/").content.decode()


def names(group: Group) -> list[str]:
    places = group.places.order_by("pk").select_related("learner")
    return [place.learner.door_name for place in places]


def test_before_anybody_came_all_expected_stand_on_it(group: Group) -> None:
    text = sheet(group.event)

    assert [name in text for name in names(group)] == [True, True, False]


def test_once_somebody_came_only_those_who_came(group: Group) -> None:
    first = group.places.order_by("pk")[0]
    marks.note(first, Mark.Kind.CAME, group.event.starts_at, None)

    assert [name in sheet(group.event) for name in names(group)] == [True, False, False]


def test_who_leads_signs_too(group: Group) -> None:
    escort = make.escort(group)
    make.escort(group, name="Куприн Денис Львович", leads=False)

    text = sheet(group.event)

    assert escort.name in text
    assert "Куприн" not in text


def test_nobody_else_reads_it(group: Group) -> None:
    client = Client()
    client.force_login(people.account(group.sender))

    assert client.get(f"/check/{group.event.public_id}/briefing/").status_code == 403


def test_the_journal_knows_who_was_shown(group: Group) -> None:
    sheet(group.event)

    assert Entry.objects.filter(verb="kernel.see").exists()


def test_it_costs_a_few_questions_however_many_come(
    group: Group, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make.coming(group.event, organisations.school(), 9)
    client = Client()
    client.force_login(people.account(group.event.host, Post.Role.TEACHER))
    address = f"/check/{group.event.public_id}/briefing/"
    client.get(address)

    with django_assert_max_num_queries(16):
        client.get(address)
