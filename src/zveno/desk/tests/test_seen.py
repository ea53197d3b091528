"""Who saw a child is told by organisation and post, to who answers for the child alone."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.events.models import Group
from zveno.events.tests import make as events
from zveno.kernel.models import Entry
from zveno.kernel.reads import SEEN
from zveno.learners.models import Learner, seen_by
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


@pytest.fixture
def child(group: Group) -> Learner:
    return group.places.select_related("learner").order_by("pk")[0].learner


def meet(group: Group) -> Account:
    """Let a teacher of the host look at the list of the door."""
    teacher = people.account(group.event.host, Post.Role.TEACHER)
    door = Client()
    door.force_login(teacher)
    door.get(f"/check/{group.event.public_id}/")
    return teacher


def page_of(child: Learner) -> str:
    return f"/learners/{child.public_id}/seen/"


def test_looks_name_the_organisation_and_the_post_but_no_person(
    client: Client, deputy: Account, group: Group, child: Learner
) -> None:
    teacher = meet(group)

    page = client.get(page_of(child))

    (look,) = page.context["looks"]
    assert (look.organisation, look.post) == (group.event.host.name, "педагог")
    assert look.page == "отметка пришедших"
    assert str(teacher.person) not in page.content.decode()


def test_the_page_itself_is_a_look(client: Client, deputy: Account, child: Learner) -> None:
    client.get(page_of(child))

    (look,) = client.get(page_of(child)).context["looks"]

    assert look.page == "кто видел данные ребёнка"


def test_a_post_that_has_ended_is_named_as_it_was(
    client: Client, deputy: Account, group: Group, child: Learner
) -> None:
    teacher = meet(group)
    Post.objects.filter(person=teacher.person).update(until=Entry.objects.latest("at").at)
    Post.objects.filter(person=teacher.person).update(title="мастер цеха")

    (look,) = seen_by(child)

    assert look.post == "мастер цеха"


def test_looks_at_other_children_are_not_told(
    deputy: Account, group: Group, child: Learner, school: Organisation
) -> None:
    other = events.came(events.event(), school)
    meet(other)

    assert seen_by(child) == []


def test_the_next_page_goes_on_after_the_last_look(
    client: Client, deputy: Account, group: Group, child: Learner
) -> None:
    for _ in range(3):
        meet(group)
    first, *rest = seen_by(child)

    assert seen_by(child, after=first.key) == rest


@pytest.mark.parametrize("after", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_cursor_nobody_gave_out_counts_as_none(
    client: Client, deputy: Account, child: Learner, after: str
) -> None:
    assert client.get(page_of(child), {"after": after}).status_code == 200


def test_a_host_does_not_learn_who_else_looked(
    client: Client, group: Group, child: Learner
) -> None:
    client.force_login(people.account(group.event.host, Post.Role.COORDINATOR))

    assert client.get(page_of(child)).status_code == 403


def test_a_foreign_school_finds_nobody(client: Client, child: Learner) -> None:
    client.force_login(people.account(organisations.school()))

    assert client.get(page_of(child)).status_code == 404
    assert not Entry.objects.filter(verb=SEEN).exists()


def test_the_page_asks_little(
    client: Client,
    deputy: Account,
    group: Group,
    child: Learner,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(5):
        meet(group)

    with django_assert_max_num_queries(16):
        client.get(page_of(child))
