"""Pages of splits and mergers: what comes of it is seen first; a closed cluster is read."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from zveno.kernel import clock
from zveno.network import actions
from zveno.network.models import Cluster, Reform
from zveno.network.tests import make
from zveno.network.tests.test_reforms import another, cluster, going, schools
from zveno.network.tests.visitors import visitor
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

__all__ = ["cluster"]
pytestmark = pytest.mark.django_db
ANSWER_IN = 21


@pytest.fixture
def client(cluster: Cluster) -> Client:
    return visitor(cluster.base, "coordinator")


def typed(*houses: Organisation, **changes: Any) -> dict[str, Any]:
    """Let organisations go to a new cluster, led by the first of them."""
    where = {f"go-{one.public_id}": "goes" for one in houses}
    day = f"{clock.today():%d.%m.%Y}"
    return where | {"name": "Метрология", "day": day, "base": houses[0].public_id} | changes


def to(name: str, of: Cluster) -> str:
    return reverse(f"network:{name}", args=[of.public_id])


def test_a_split_is_seen_before_it_is_done(cluster: Cluster, client: Client) -> None:
    first, second, third = schools(cluster)
    programme = make.programme(cluster.base)
    make.participant(programme, cluster)
    make.agreement(cluster)
    page = to("split_cluster", cluster)
    sent = typed(first, second) | {
        f"go-{third.public_id}": "stays", f"go-{cluster.base.public_id}": "stays",
    }  # fmt: skip

    seen = client.post(page, sent)
    assert (seen.status_code, Cluster.objects.count()) == (200, 1)
    assert all(one in seen.text for one in (first.name, third.name, programme.name))
    done = client.post(page, sent | {"confirmed": "True"})

    assert "Метрология" in client.get(done["Location"]).text
    undone = client.post(reverse("network:undo_reform", args=[Reform.objects.get().public_id]))
    assert undone.status_code == 302
    assert Cluster.objects.count() == 1


def test_what_is_wrong_stands_beside_its_field(cluster: Cluster, client: Client) -> None:
    first, _second, third = schools(cluster)
    page = to("split_cluster", cluster)
    stay = {f"go-{one.public_id}": "stays" for one in (cluster.base, *schools(cluster))}
    sent = stay | typed(first)

    empty = client.post(page, sent | {"name": "", "day": "завтра"})
    alone = client.post(page, stay | typed(third, base=first.public_id) | {"confirmed": "True"})
    leaves = client.post(page, sent | {f"go-{cluster.base.public_id}": "goes"})

    assert [one.status_code for one in (empty, alone, leaves)] == [422, 422, 422]
    assert "завтра" in empty.text
    assert "координатор" in alone.text
    assert Cluster.objects.count() == 1


def test_a_merger_is_seen_before_it_is_done(cluster: Cluster, client: Client) -> None:
    other = another(cluster.base)
    school = schools(cluster)[0]
    page, sent = to("merge_cluster", cluster), {
        "into": other.public_id, "day": f"{clock.today():%d.%m.%Y}",
    }  # fmt: skip

    seen = client.post(page, sent)
    done = client.post(page, sent | {"confirmed": "True"})

    assert school.name in seen.text
    assert other.name in client.get(done["Location"]).text
    assert [client.get(page).status_code, client.get(to("split_cluster", cluster)).status_code] == [
        409, 409,
    ]  # fmt: skip


def test_who_leads_one_cluster_is_told_how_two_become_one(cluster: Cluster, client: Client) -> None:
    shown = client.get(to("merge_cluster", cluster)).text

    assert to("hand_over", cluster) in shown
    assert "<select" not in shown


@pytest.fixture
def closed(cluster: Cluster) -> tuple[Cluster, Cluster]:
    """Let another cluster take this one up today."""
    other = another(cluster.base)
    coordinator = people.coordinator(cluster.base)
    actions.merge_cluster(coordinator, cluster.public_id, into=other.public_id, day=clock.today())
    return cluster, other


def test_a_closed_cluster_is_read_and_leads_to_its_heir(
    closed: tuple[Cluster, Cluster], client: Client
) -> None:
    old, heir = closed
    pages = ("cluster", "members", "agreements", "calendar", "passport", "reforms")

    shown = {name: client.get(to(name, old)).text for name in pages}

    assert all(to("reforms", old) in text for text in shown.values())
    assert to("cluster", heir) in shown["reforms"]
    for name in ("add_members", "edit_cluster", "hand_over", "start_agreement", "edit_calendar"):
        assert to(name, old) not in "".join(shown.values())
        assert client.get(to(name, old)).status_code == 409


def test_a_closed_cluster_is_not_counted_among_those_at_work(
    closed: tuple[Cluster, Cluster], client: Client
) -> None:
    old, heir = closed
    authority = organisations.organisation("education_authority", territory=old.territory.above)
    region = visitor(authority, "regional_authority").get(reverse("network:region")).text
    methodist = visitor(heir.base, "methodist").get("/").text

    for home in (client.get("/").text, methodist):
        assert to("cluster", heir) in home
        assert to("cluster", old) not in home
    assert old.name not in region


def test_public_page_tells_families_where_the_cluster_went(
    closed: tuple[Cluster, Cluster],
) -> None:
    old, heir = closed
    page = to("public_cluster", old)

    first = Client().get(page).text
    Cluster.objects.filter(pk=heir.pk).update(name="Точные приборы")
    second = Client().get(page).text

    assert to("public_cluster", heir) in first
    assert heir.name in first
    assert "Точные приборы" in second
    assert to("apply", old) not in second
    assert Client().get(to("apply", old)).status_code == 409


def test_pages_answer_in_a_handful_of_questions(
    cluster: Cluster, client: Client, django_assert_max_num_queries: Any
) -> None:
    first = schools(cluster)[0]
    coordinator = people.coordinator(cluster.base)
    split = going(first, day=clock.today())
    actions.split_cluster(coordinator, cluster.public_id, split=split)

    for name in ("reforms", "split_cluster", "merge_cluster"):
        with django_assert_max_num_queries(ANSWER_IN):
            client.get(to(name, cluster))
