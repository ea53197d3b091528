"""The card of an organisation shows what it takes part in, to each reader what they may see."""

import pytest
from django.test import Client

from zveno.events.tests import make as events
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Organisation:
    return make.school()


def card(organisation: Organisation, reader: Organisation) -> str:
    client = Client()
    client.force_login(people.account(reader, Post.Role.COORDINATOR))
    return client.get(f"/organisations/{organisation.public_id}/").text


def test_clusters_agreements_and_events_stand_on_the_card(school: Organisation) -> None:
    cluster = network.cluster()
    network.member(cluster, school)
    agreement = network.agreement(cluster, signed=0)
    event = events.event(cluster=cluster)
    events.group(event, school, seats=3)

    shown = card(school, school)

    assert cluster.name in shown
    assert agreement.title in shown
    assert event.title in shown
    assert "3 места" in shown


def test_a_stranger_sees_clusters_but_no_agreements_or_groups(school: Organisation) -> None:
    cluster = network.cluster()
    network.member(cluster, school)
    agreement = network.agreement(cluster, signed=0, title="Тайное соглашение")
    event = events.event(cluster=cluster, title="Особая экскурсия")
    events.group(event, school, seats=3)

    shown = card(school, make.school())

    assert cluster.name in shown
    assert agreement.title not in shown
    assert event.title not in shown


def test_who_hosts_is_seen_by_all(school: Organisation) -> None:
    event = events.event(host=school, title="День открытых дверей")
    assert event.title in card(school, make.school())


def test_who_takes_part_in_nothing_is_told_so(school: Organisation) -> None:
    assert "Пока ни кластеров" in card(school, make.school())
