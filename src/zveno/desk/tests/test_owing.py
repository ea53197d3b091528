"""What one's own organisation owes stands on the first page, the late first."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from zveno.desk.pages import owing
from zveno.kernel import clock
from zveno.network.models import Agreement, Fulfilment, Obligation
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Account, Post, actor_of
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement() -> Agreement:
    """Give an agreement in force of a college and a school."""
    cluster = network.cluster()
    network.member(cluster)
    return network.agreement(cluster, signed=2)


@pytest.fixture
def school(agreement: Agreement) -> Organisation:
    """Give the school."""
    return agreement.parties.get(role="member").organisation


def owed(account: Account) -> list[str]:
    return [line.obligation.text for line in owing.owed_by(actor_of(account))]


def owe(agreement: Agreement, **changes: object) -> Obligation:
    return network.obligation(agreement, **{"role": "member", "text": "водить детей"} | changes)


def test_representative_sees_what_members_owe_and_not_what_the_base_owes(
    agreement: Agreement, school: Organisation
) -> None:
    owe(agreement)
    owe(agreement, role="base", text="проводить занятия")

    assert owed(people.account(school)) == ["водить детей"]


def test_what_one_party_owes_is_not_shown_to_another_of_its_role(agreement: Agreement) -> None:
    base = agreement.parties.get(role="base")
    other = network.member(agreement.cluster)
    membership = agreement.cluster.memberships.get(organisation=other)
    party = network.party(agreement, membership, 3, signed=True)
    owe(agreement, party=party)

    school = agreement.parties.exclude(pk=base.pk).exclude(pk=party.pk).get().organisation

    assert owed(people.account(other)) == ["водить детей"]
    assert owed(people.account(school)) == []


def test_done_is_gone_and_late_stands_first(agreement: Agreement, school: Organisation) -> None:
    done = owe(agreement, text="сделано", planned=1)
    Fulfilment.objects.create(obligation=done, source="report:1", amount=1)
    owe(agreement, text="впереди")
    owe(
        agreement,
        text="просрочено",
        unit="",
        period="once",
        due=clock.today() - timedelta(days=1),
    )

    assert owed(people.account(school)) == ["просрочено", "впереди"]


def test_a_teacher_is_not_asked_for_it(agreement: Agreement, school: Organisation) -> None:
    owe(agreement)

    assert owed(people.account(school, Post.Role.TEACHER)) == []


def test_home_leads_to_it(client: Client, agreement: Agreement, school: Organisation) -> None:
    one = owe(agreement)
    client.force_login(people.account(school))

    assert f'href="/o/{one.public_id}/"' in client.get("/").text


def test_home_says_what_earlier_periods_lack(
    client: Client, agreement: Agreement, school: Organisation
) -> None:
    Agreement.objects.filter(pk=agreement.pk).update(
        dated=clock.today() - timedelta(days=800), valid_until=clock.today() + timedelta(days=800)
    )
    owe(agreement, period="year", planned=7)
    client.force_login(people.account(school))

    assert re.search(r"0 из 7&nbsp;· недобор за прошлые периоды: \d+", client.get("/").text)


def test_methodist_sees_the_clusters_of_the_organisation(client: Client) -> None:
    centre = organisations.organisation("methodical_centre")
    cluster = network.cluster(name="Метро")
    network.member(cluster, centre)
    network.cluster(name="Чужой")
    client.force_login(people.account(centre, Post.Role.METHODIST))

    page = client.get("/").text

    assert f'href="/c/{cluster.public_id}/">Метро' in page
    assert "Чужой" not in page
