"""Two people edit the same letter, meeting or contact: the second is told and decides."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from zveno.correspondence import actions
from zveno.correspondence.actions import Draft, Talk
from zveno.correspondence.tests import make, make_contacts, make_meetings
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.network.models import Cluster
from zveno.organisations.models import Organisation
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(client: Client, cluster: Cluster) -> Client:
    client.force_login(people.account(cluster.base, Post.Role.COORDINATOR))
    return client


@pytest.fixture
def colleague(cluster: Cluster) -> Actor:
    return people.coordinator(cluster.base)


def seen_in(page: str) -> dict[str, str]:
    """Return what a form was drawn from, as it goes back with it."""
    [seen] = re.findall(r'name="seen" value="([^"]+)"', page)
    return {"seen": seen}


def test_a_letter(host: Client, cluster: Cluster, school: Organisation, colleague: Actor) -> None:
    letter = make.letter(cluster, school, sent=False)
    address = reverse("correspondence:edit_letter", args=[letter.public_id])
    seen = seen_in(host.get(address).text)
    theirs = Draft(uuid4(), "Списки классов", letter.text, [school.public_id], due=letter.due)
    actions.change_letter(colleague, letter.public_id, draft=theirs)
    typed = {"key": str(uuid4()), "subject": "Мои слова", "text": letter.text, "asks": "nothing"}

    answer = host.post(address, typed | seen | {"to": "all"})
    letter.refresh_from_db()
    again = host.post(address, typed | seen_in(answer.text) | {"to": "all"})

    assert answer.status_code == 409
    assert "Списки" in answer.text
    assert "Мои слова" in answer.text
    assert letter.subject == "Списки классов"
    assert again.status_code == 302


def test_a_meeting(host: Client, cluster: Cluster, school: Organisation, colleague: Actor) -> None:
    morning = localtime(clock.now()).replace(hour=10, minute=0, second=0, microsecond=0)
    meeting = make_meetings.meeting(cluster, school, begins_at=morning + timedelta(days=7))
    address = reverse("correspondence:edit_meeting", args=[meeting.public_id])
    page = host.get(address)
    form, was = page.context["form"], meeting.facts()
    call = actions.Call(
        key=uuid4(),
        subject=meeting.subject,
        begins_at=meeting.begins_at,
        ends_at=meeting.ends_at + timedelta(minutes=30),
        place="Актовый зал",
        members=[school.public_id],
        agenda=[actions.Point("Итоги")],
    )
    actions.change_meeting(colleague, meeting.public_id, call=call)
    typed: dict[str, Any] = {name: was[name] for name in ("subject", "begins", "ends")}
    typed |= {"key": str(form.initial.get("key") or uuid4()), "place": "Мой кабинет"}
    typed |= {"day": f"{localtime(meeting.begins_at):%d.%m.%Y}", "form-TOTAL_FORMS": 1}
    typed |= {"form-INITIAL_FORMS": 0, "form-0-text": "План года"}

    answer = host.post(address, typed | seen_in(page.text))
    meeting.refresh_from_db()
    now = meeting.facts()

    assert answer.status_code == 409
    assert "Актовый" in answer.text
    assert "Итоги" in answer.text
    assert "Мой кабинет" in answer.text
    assert f'value="{now["ends"]}"' in answer.text
    assert (now["place"], now["agenda"]) == ("Актовый зал", "Итоги")


def test_a_contact(host: Client, cluster: Cluster, colleague: Actor) -> None:
    contact = make_contacts.contact(cluster.base, name="Завод")
    address = reverse("correspondence:contact", args=[contact.public_id])
    seen = seen_in(host.get(address).text)
    talk = Talk(contact.public_id, contact.day, contact.kind, "Две группы", name="Завод")
    actions.change_contact(colleague, contact.public_id, talk=talk)
    typed = {"key": str(uuid4()), "keeper": str(cluster.base.public_id), "name": "Завод"}
    typed |= {"kind": contact.kind, "day": f"{contact.day:%d.%m.%Y}", "about": "Практика летом"}

    answer = host.post(address, typed | seen)
    contact.refresh_from_db()

    assert answer.status_code == 409
    assert "Две группы" in answer.text
    assert "Практика летом" in answer.text
    assert contact.about == "Две группы"
    kept = replace(talk, about="Практика летом")
    actions.change_contact(colleague, contact.public_id, talk=kept, seen=contact.facts())
