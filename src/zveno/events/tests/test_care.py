"""What a child needs on the day: the school says it, the host reads it that day alone."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils.timezone import localtime

from zveno.events.actions import EventIsOver, NoSuchNeed, note_care
from zveno.events.models import CareNote, Place
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.models import Entry
from zveno.kernel.walls import scoped
from zveno.learners.actions import subject_file, tend_retention
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


@pytest.fixture
def place(school: Organisation) -> Place:
    noon = localtime(clock.now() + timedelta(days=3)).replace(hour=12)
    event = make.event(starts_at=noon, ends_at=noon + timedelta(hours=2))
    return make.coming(event, school).places.order_by("pk")[0]


def seen_by(actor: Actor) -> list[str]:
    """Tell what row-level security alone lets an actor read."""
    with scoped(actor):
        return sorted(CareNote.objects.values_list("need", flat=True))


def test_said_again_it_takes_the_place_of_what_was_said(school: Organisation, place: Place) -> None:
    actor = people.actor(school)

    note_care(actor, place.public_id, needs=["flash", "escort"])
    note_care(actor, place.public_id, needs=["escort", "food"])
    note_care(actor, place.public_id, needs=["escort", "food"])

    assert seen_by(actor) == ["escort", "food"]


def test_nothing_but_the_list_is_taken(school: Organisation, place: Place) -> None:
    with pytest.raises(NoSuchNeed):
        note_care(people.actor(school), place.public_id, needs=["epilepsy"])
    with pytest.raises(DatabaseError), transaction.atomic():
        CareNote.objects.create(place=place, need="epilepsy")


def test_after_the_event_nothing_is_noted(school: Organisation, place: Place) -> None:
    with clock.travel(clock.now() + timedelta(days=5)), pytest.raises(EventIsOver):
        note_care(people.actor(school), place.public_id, needs=["escort"])


def test_the_host_reads_it_on_the_day_alone(school: Organisation, place: Place) -> None:
    event = place.event
    host = people.coordinator(event.host)
    note_care(people.actor(school), place.public_id, needs=["steps"])
    seen = {}

    for days in (-1, 0, 1):
        with clock.travel(event.starts_at + timedelta(days=days)):
            seen[days] = seen_by(host)

    assert seen == {-1: [], 0: ["steps"], 1: []}


def test_nobody_else_ever_reads_or_writes_it(school: Organisation, place: Place) -> None:
    note_care(people.actor(school), place.public_id, needs=["steps"])
    stranger, host = people.actor(), people.coordinator(place.event.host)

    with clock.travel(place.event.starts_at):
        assert seen_by(stranger) == []
        with scoped(host):
            assert CareNote.objects.filter(need="steps").delete()[0] == 0
    with pytest.raises(NotAllowed):
        note_care(host, place.public_id, needs=[])


def test_the_journal_does_not_tell_what(school: Organisation, place: Place) -> None:
    note_care(people.actor(school), place.public_id, needs=["steps"])

    assert Entry.objects.get(verb="events.note_care").details == {"needs": None}


def test_it_goes_thirty_days_after_the_event(school: Organisation, place: Place) -> None:
    note_care(people.actor(school), place.public_id, needs=["steps"])

    for days, left in ((29, 1), (31, 0)):
        with clock.travel(place.event.ends_at + timedelta(days=days)):
            tend_retention(SYSTEM, school.public_id, category="care_notes")
        assert CareNote.objects.count() == left


def test_the_school_notes_it_on_a_page_and_the_door_shows_it(
    client: Client, school: Organisation, place: Place
) -> None:
    client.force_login(people.account(school))
    page = f"/e/groups/{place.group.public_id}/places/{place.public_id}/care/"

    assert "мигающего" in client.get(page).content.decode()
    assert client.post(page, {"needs": ["flash"]}).status_code == 302
    assert " checked" in client.get(page).content.decode()
    assert client.post(page, {"needs": ["flu"]}).status_code == 422
    door, teacher = Client(), people.account(place.event.host, Post.Role.TEACHER)
    door.force_login(teacher)
    address = f"/check/{place.event.public_id}/"
    before = door.get(address).content.decode()
    with clock.travel(place.event.starts_at):
        door.force_login(teacher)
        during = door.get(address).content.decode()

    assert "мигающего" not in before
    assert "без мигающего света" in during


def test_it_is_a_part_of_what_is_held(school: Organisation, place: Place) -> None:
    actor = people.actor(school)
    note_care(actor, place.public_id, needs=["front"])

    assert subject_file(actor, place.learner.public_id)
