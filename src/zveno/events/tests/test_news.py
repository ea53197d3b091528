"""Who has read that an event was moved or called off: its host sees it, group by group."""

from datetime import timedelta

import pytest
from django.test import Client

from zveno.events.actions import NewTime, cancel_event, confirm_reading, give_back, move_event
from zveno.events.models import Event, Group, heard
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.walls import scoped
from zveno.organisations.tests import make as organisations
from zveno.people.actions import open_notice
from zveno.people.models import Notice
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def group() -> Group:
    return make.group(make.event(announced_at=clock.now()))


@pytest.fixture
def sender(group: Group) -> Actor:
    return people.actor(group.sender)


def moved(event: Event, why: str = "Ремонт") -> None:
    event.refresh_from_db()
    new = NewTime(event.starts_at + WEEK, event.ends_at + WEEK, event.venue, why)
    move_event(people.coordinator(event.host), event.public_id, new=new)
    event.refresh_from_db()


def cancelled(event: Event) -> None:
    cancel_event(people.coordinator(event.host), event.public_id, why="Болезнь мастера")
    event.refresh_from_db()


def told(event: Event) -> list[tuple[int, bool, bool]]:
    """Tell of each group whether it has a notice and whether anybody read it."""
    host = people.coordinator(event.host)
    with scoped(host):
        rows = heard(host, event)
    return [(one.group.pk, one.by_notice, one.read_at is not None) for one in rows]


def opened(actor: Actor) -> None:
    with scoped(actor):
        newest = Notice.objects.visible_to(actor).latest("written_at").pk
    open_notice(actor, newest)


def test_the_first_who_opens_the_notice_has_read_it(group: Group, sender: Actor) -> None:
    moved(group.event)

    before = told(group.event)
    opened(sender)

    assert before == [(group.pk, True, False)]
    assert told(group.event) == [(group.pk, True, True)]


def test_another_move_is_read_anew(group: Group, sender: Actor) -> None:
    moved(group.event)
    opened(sender)
    with clock.travel(clock.now() + timedelta(hours=1)):
        moved(group.event, "Снова ремонт")

    assert told(group.event) == [(group.pk, True, False)]


def test_of_a_cancelled_event_those_are_named_who_were_coming(group: Group, sender: Actor) -> None:
    gone = make.group(group.event)
    give_back(people.actor(gone.sender), gone.public_id)

    cancelled(group.event)
    before = told(group.event)
    opened(sender)

    assert before == [(group.pk, True, False)]
    assert told(group.event) == [(group.pk, True, True)]


def test_where_nobody_signs_in_it_went_by_email_alone(group: Group) -> None:
    moved(group.event)
    assert told(group.event) == [(group.pk, False, False)]


def test_the_letter_leads_to_a_button_and_it_counts(
    client: Client, group: Group, sender: Actor
) -> None:
    cancelled(group.event)
    client.force_login(people.account(group.sender))
    page = f"/e/groups/{group.public_id}/"

    asked = client.get(f"{page}all/").content.decode()
    client.post(f"{page}read/")

    assert "Болезнь мастера" in asked
    assert f"{page}read/" in asked
    assert told(group.event) == [(group.pk, True, True)]


def test_nobody_else_says_that_it_was_read(group: Group) -> None:
    cancelled(group.event)
    with pytest.raises(NotAllowed):
        confirm_reading(people.coordinator(group.event.host), group.public_id)
    with pytest.raises(NotFound):
        confirm_reading(people.actor(organisations.school()), group.public_id)


def test_the_host_sees_it_on_the_page_and_another_does_not(
    client: Client, group: Group, sender: Actor
) -> None:
    group.sender.email = "school@example.org"
    group.sender.save()
    cancelled(group.event)
    page = f"/e/{group.event.public_id}/"

    client.force_login(people.account(group.event.host, "coordinator"))
    of_host = client.get(page).content.decode()
    client.force_login(people.account(group.sender))
    of_sender = client.get(page).content.decode()

    assert "Ещё не прочитали" in of_host
    assert "mailto:school@example.org" in of_host
    assert "Ещё не прочитали" not in of_sender
