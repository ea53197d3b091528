"""Who saw a child is answered with lists as well: one entry a page, with the keys of all shown."""

import pytest
from django.test import Client
from django.urls import reverse

from zveno.events.models import Event, Group
from zveno.events.tests import make as events
from zveno.kernel.models import Entry, journal_key
from zveno.kernel.reads import SEEN
from zveno.learners.models import Learner
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Account, Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


@pytest.fixture
def group(school: Organisation) -> Group:
    return events.came(events.event(), school)


@pytest.fixture
def deputy(school: Organisation, client: Client) -> Account:
    account = people.account(school)
    client.force_login(account)
    return account


def page_of(group: Group) -> str:
    return reverse("events:done", args=[group.public_id])


def children(group: Group) -> list[Learner]:
    return [place.learner for place in group.places.select_related("learner").order_by("pk")]


def reads() -> list[Entry]:
    return list(Entry.objects.filter(verb=SEEN).order_by("pk"))


def test_a_page_with_children_is_one_entry_that_names_all(
    client: Client, deputy: Account, group: Group, school: Organisation
) -> None:
    client.get(page_of(group))

    (entry,) = reads()
    assert entry.actor_key == journal_key(type(deputy.person), deputy.person_id)  # type: ignore[arg-type]
    assert (entry.organisation, entry.target_kind) == (school.pk, "page")
    assert entry.target_key == "events:done"
    assert entry.details["about"] == [str(group.public_id)]
    assert set(entry.details["seen"]) == {child.journal_key for child in children(group)}


def test_the_journal_holds_keys_and_no_names(client: Client, deputy: Account, group: Group) -> None:
    client.get(page_of(group))

    (entry,) = reads()
    told = str(vars(entry))
    assert all(child.family_name not in told for child in children(group))
    assert all(str(child.public_id) not in told for child in children(group))


def test_who_saw_this_child_names_the_reader_and_the_list(
    client: Client, deputy: Account, group: Group
) -> None:
    child, other = children(group)[0], events.came(events.event(), organisations.school())
    host = people.account(group.event.host, Post.Role.TEACHER)
    door = Client()
    door.force_login(host)
    door.get(reverse("events:check", args=[group.event.public_id]))
    client.get(page_of(group))

    page = client.get(f"/journal/learners.Learner/{child.public_id}/")

    lines = page.context["lines"]
    assert [line.entry.target_key for line in lines[:2]] == ["events:done", "events:check"]
    assert lines[0].words.startswith("Просмотрены данные детей: группа")
    assert str(deputy.person) in page.content.decode()
    assert child.full_name in page.content.decode()
    assert not Entry.objects.filter(details__contains={"seen": [children(other)[0].journal_key]})


def test_who_saw_this_group_and_event(client: Client, deputy: Account, group: Group) -> None:
    client.get(page_of(group))

    told = group.told(None, 10)

    assert [entry.verb for entry in told] == [SEEN]


@pytest.mark.parametrize("name", ["desk:today", "events:list", "people:access"])
def test_a_page_without_children_is_no_entry(client: Client, deputy: Account, name: str) -> None:
    client.get(reverse(name))

    assert reads() == []


def test_whoever_is_refused_has_seen_nobody(client: Client, group: Group) -> None:
    client.force_login(people.account(organisations.school()))

    client.get(page_of(group))
    client.get(f"/check/{group.event.public_id}/")

    assert reads() == []


def test_what_a_verb_reads_for_its_work_is_no_look(client: Client, group: Group) -> None:
    host = people.account(group.event.host, Post.Role.TEACHER)
    Event.objects.filter(pk=group.event_id).update(state=Event.State.OPEN, came=group.came)
    client.force_login(host)
    place = group.places.order_by("pk")[0]

    answer = client.post(f"/check/places/{place.public_id}/", {"came": "no"})

    assert answer.status_code == 302
    assert reads() == []


def test_a_program_that_lists_children_stands_there_too(group: Group, school: Organisation) -> None:
    people.token(people.account(school), "zveno_reader")
    header = {"Authorization": "Bearer zveno_reader"}

    answer = Client().get("/api/v1/places", headers=header)

    assert answer.status_code == 200
    (entry,) = reads()
    assert entry.means == "token"
    assert len(entry.details["seen"]) == len(children(group))
