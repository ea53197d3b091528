"""The list of clusters: chosen by its address, in order, in parts, as a table."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.network.models import Cluster, Membership
from zveno.network.models.listing import Which, counted, sorted_from
from zveno.network.pages import listing
from zveno.network.tests import make
from zveno.organisations.models import Territory
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
PAGE = reverse("network:clusters")
DAY = date(2026, 5, 1)
NOBODY = UUID(int=0)


def names(which: Which, actor: Actor | None = None) -> set[str]:
    return {one.name for one in which.chosen(actor or Actor())}


def shown(client: Client, query: str = "") -> list[str]:
    return [one.name for one in client.get(f"{PAGE}?{query}").context["rows"]]


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(people.account(organisations.school(), "representative"))
    return client


@pytest.fixture
def region() -> Territory:
    country = Territory.objects.get(kind="country")
    return Territory.objects.create(
        kind="region", name="Дальняя область", genitive="Дальней области", above=country
    )


def test_each_filter_leaves_what_it_says() -> None:
    make.cluster(name="Станки и роботы", kind="vet", sector="engineering")
    make.cluster(name="Море", kind="mentor", sector="transport")

    assert names(Which(kind="vet")) == {"Станки и роботы"}
    assert names(Which(sector="transport")) == {"Море"}
    assert names(Which(words="станок")) == {"Станки и роботы"}
    assert names(Which(words="vjht")) == {"Море"}
    assert names(Which(kind="vet", sector="transport")) == set()
    assert names(Which(words="!!!")) == set()
    assert names(Which()) == {"Станки и роботы", "Море"}


def test_a_region_holds_the_clusters_of_its_districts(region: Territory) -> None:
    district = Territory.objects.create(
        kind="district", name="Дальний район", genitive="Дальнего района", above=region
    )
    make.cluster(name="В районе", territory=district)
    make.cluster(name="В области", territory=region)
    make.cluster(name="Не там")

    assert names(Which(territory=region.public_id)) == {"В районе", "В области"}
    assert names(Which(territory=district.public_id)) == {"В районе"}


def test_ours_are_those_we_lead_or_are_in() -> None:
    led, joined, other = make.cluster(), make.cluster(), make.cluster()
    make.member(joined, led.base)
    actor = people.coordinator(led.base)

    assert names(Which(whose="own"), actor) == {led.name, joined.name}
    assert names(Which(whose="others"), actor) == {other.name}


@pytest.mark.parametrize(
    ("founded", "closed", "standing"),
    [
        (DAY, None, "at_work"),
        (DAY, DAY + timedelta(days=1), "at_work"),
        (DAY - timedelta(days=9), DAY, "closed"),
        (DAY + timedelta(days=1), None, None),
    ],
)
def test_how_a_cluster_stood_when_a_day_ended(
    founded: date, closed: date | None, standing: str | None
) -> None:
    one = make.cluster(founded_on=founded, closed_on=closed)

    stood = {name for name in ("at_work", "closed") if names(Which(standing=name, day=DAY))}

    assert stood == ({standing} if standing else set())
    assert names(Which(day=DAY)) == ({one.name} if standing else set())


def test_members_are_counted_as_of_the_day() -> None:
    cluster = make.cluster()
    Membership.objects.filter(cluster=cluster).update(since=clock.now() - timedelta(days=9))
    make.member(cluster)
    today = clock.today()

    then = counted(Cluster.objects.all(), today - timedelta(days=3)).get()
    now = counted(Cluster.objects.all(), today).get()

    assert (then.members, now.members) == (1, 2)  # type: ignore[attr-defined]


@pytest.mark.parametrize("order", ["name", "-founded_on", "founded_on", "-members"])
def test_parts_hold_each_cluster_once_in_every_order(order: str) -> None:
    for place in range(7):
        cluster = make.cluster(founded_on=DAY + timedelta(days=place // 3), name=f"К {place % 4}")
        if place % 2:
            make.member(cluster)
        Cluster.objects.filter(pk=cluster.pk).update(territory=_own_place(place))
    rows = counted(Cluster.objects.all(), clock.today())
    whole = list(sorted_from(rows, order, None))

    walked: list[Cluster] = []
    while part := list(sorted_from(rows, order, walked[-1] if walked else None)[:2]):
        walked += part

    assert walked == whole
    assert len(whole) == 7


def _own_place(number: int) -> Territory:
    country = Territory.objects.get(kind="country")
    name = f"Область {number}"
    return Territory.objects.create(kind="region", name=name, genitive=name, above=country)


def test_closed_ones_are_shown_when_asked_for(reader: Client) -> None:
    make.cluster(name="Действует")
    make.cluster(name="Влился", closed_on=clock.today())

    assert shown(reader) == ["Действует"]
    assert shown(reader, "standing=closed") == ["Влился"]
    assert shown(reader, "standing=any") == ["Влился", "Действует"]


def test_more_than_a_page_leads_on(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "SHOWN", 2)
    for name in "АБВ":
        make.cluster(name=name, kind="vet")

    first = reader.get(f"{PAGE}?kind=vet")

    following = f"kind=vet&after={first.context['more']}"
    assert [one.name for one in first.context["rows"]] == ["А", "Б"]
    assert f'href="?{following}"'.replace("&", "&amp;") in first.text
    assert shown(reader, following) == ["В"]


def test_what_is_chosen_is_said_and_taken_away_by_a_press(
    reader: Client, region: Territory
) -> None:
    make.cluster(territory=region)

    page = reader.get(f"{PAGE}?territory={region.public_id}&day=1.5.2026&standing=any").text

    assert "Дальняя область<svg" in page
    assert 'href="?day=1.5.2026&amp;standing=any" aria-current="true"' in page


def test_nothing_found_leads_back(reader: Client) -> None:
    make.cluster()

    page = reader.get(f"{PAGE}?q=нет+такого").text

    assert "Таких кластеров нет" in page
    assert f'<a class="btn" href="{PAGE}">Показать все</a>' in page


@pytest.mark.parametrize(
    "query",
    [
        *("kind=q", "day=завтра", "sector=q", "territory=1", f"territory={NOBODY}"),
        *("after=x", f"after={NOBODY}", "sort=pk", "standing=1", "day=9999-12-31"),
    ],
)
def test_what_an_address_cannot_mean_asks_nothing(reader: Client, query: str) -> None:
    one = make.cluster()

    assert shown(reader, query) == [one.name]


def test_the_filter_is_taken_away_as_a_table(reader: Client, region: Territory) -> None:
    make.cluster(name="=1+1", kind="mentor", sector="transport", territory=region)
    make.cluster()

    text = reader.get("/clusters.csv?kind=mentor").content.decode("utf-8-sig")

    head, line = text.splitlines()
    assert head.startswith("Кластер;Вид;Отрасль;Регион;Район;База;Организации;Создан;Закрыт")
    assert line.startswith("'=1+1;кластер-наставник;Транспорт;Дальняя область;;")
    assert reader.get("/clusters.xlsx?kind=mentor").status_code == 200
    assert reader.get("/clusters.exe").status_code == 404


def test_many_clusters_are_asked_for_at_once(
    reader: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(9):
        make.member(make.cluster())

    with django_assert_max_num_queries(11):
        reader.get(f"{PAGE}?kind=district&whose=others&q=кластер")
