"""A cluster is founded in a browser; its facts are put right."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.world import present
from zveno.network.models import Cluster
from zveno.network.tests import make
from zveno.network.tests.visitors import visitor
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
NEW = "/c/new/"
FACTS = {"name": "Метрология", "sector": "instruments", "kind": "district", "aim": ""}


def test_form_is_filled_in_but_for_the_name_and_the_sector(client: Client) -> None:
    college = organisations.college()
    client.force_login(people.account(college, "coordinator"))

    shown = client.get(NEW)

    assert college.name in shown.content.decode()
    form = shown.context["form"]
    assert form.initial["territory"] == str(present(college.territory).public_id)
    assert [name for name in form.fields if form[name].value() is None] == [
        *("name", "sector", "base", "kind", "aim"),
    ]


def test_founded_cluster_asks_for_its_members_next() -> None:
    college = organisations.college()
    given = FACTS | {
        "base": college.public_id,
        "territory": present(college.territory).public_id,
        "founded_on": "20.05.2025",
    }

    answer = visitor(college, "coordinator").post(NEW, given)

    cluster = Cluster.objects.get()
    assert answer["Location"] == reverse("network:add_members", args=[cluster.public_id])
    assert (cluster.name, cluster.sector, cluster.base) == ("Метрология", "instruments", college)


def test_who_coordinates_two_houses_chooses_which_leads() -> None:
    account = people.account(organisations.college(), "coordinator")
    second = organisations.college()
    Post.objects.create(person=present(account.person), organisation=second, role="coordinator")
    client = Client()
    client.force_login(account)

    shown = client.get(NEW)

    assert shown.context["several"]
    assert str(second.public_id) in shown.content.decode()


def test_base_of_somebody_else_is_no_choice() -> None:
    foreign = organisations.college()
    client = visitor(organisations.college(), "coordinator")
    given = FACTS | {"base": foreign.public_id, "territory": present(foreign.territory).public_id}

    answer = client.post(NEW, given)

    assert answer.status_code == 422
    assert not Cluster.objects.exists()


@pytest.mark.parametrize("role", ["head", "representative", "teacher"])
def test_only_coordinators_are_asked(client: Client, role: str) -> None:
    client.force_login(people.account(organisations.college(), role))

    assert client.get(NEW).status_code == 403


def test_coordinator_of_a_house_without_a_place_is_told_so(client: Client) -> None:
    client.force_login(people.account(organisations.college(territory=None), "coordinator"))

    answer = client.get(NEW)

    assert answer.status_code == 422
    assert "data-problem" in answer.content.decode()


def test_name_that_is_taken_is_said_beside_it() -> None:
    cluster = make.cluster(name="Метрология")
    client = visitor(cluster.base, "coordinator")
    given = FACTS | {"territory": cluster.territory.public_id, "founded_on": "20.05.2025"}

    Cluster.objects.filter(pk=make.cluster(cluster.base).pk).update(
        name="Робототехника", territory=cluster.territory
    )
    other = Cluster.objects.get(name="Робототехника")
    answer = client.post(reverse("network:edit_cluster", args=[other.public_id]), given)
    right = client.post(
        reverse("network:edit_cluster", args=[other.public_id]), given | {"name": "Морское дело"}
    )

    assert (answer.status_code, right.status_code) == (422, 302)
    assert "Метрология" in answer.context["form"].errors["name"][0]
    other.refresh_from_db()
    assert other.name == "Морское дело"
