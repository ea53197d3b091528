"""The page of a cluster for everybody: what came of it, where it is, what machines read."""

import re
from datetime import date, datetime, time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from zveno.documents.actions import Upload
from zveno.kernel import clock
from zveno.network import actions
from zveno.network.actions import Told
from zveno.network.models import Cluster, Deed, Result
from zveno.network.pages.figure import network_of
from zveno.network.pages.public import linked
from zveno.network.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people
from zveno.ui.maps import Area, Plan, Spot, sheets
from zveno.ui.tests.machines import linked_data

pytestmark = pytest.mark.django_db
YEAR = date(2026, 10, 5)


def tell(cluster: Cluster, source: str, day: date, children: int) -> None:
    school = make.member(cluster)
    told = Told(Deed.What.EVENT, source, day, {school.pk: children, cluster.base_id: 0})
    actions.note_deeds(people.coordinator(cluster.base), cluster.public_id, told=told)


def shown(client: Client, cluster: Cluster) -> str:
    return client.get(reverse("network:public_cluster", args=[cluster.public_id])).text


def test_results_of_a_year_count_an_event_once_and_every_visit() -> None:
    cluster = make.cluster()
    tell(cluster, "events.Event:1", YEAR, 7)
    tell(cluster, "events.Event:2", YEAR, 6)
    tell(cluster, "events.Event:3", date(2026, 5, 5), 2)

    rows = Result.objects.order_by("year").values_list("year", "events", "visits")
    assert list(rows) == [(2025, 1, 2), (2026, 2, 13)]


def test_event_moved_to_another_year_leaves_the_first() -> None:
    cluster = make.cluster()
    tell(cluster, "events.Event:1", YEAR, 7)
    tell(cluster, "events.Event:1", date(2026, 5, 5), 7)

    rows = Result.objects.order_by("year").values_list("year", "events", "visits")
    assert list(rows) == [(2025, 1, 7), (2026, 0, 0)]


def test_last_signature_counts_an_agreement() -> None:
    cluster = make.cluster()
    school = make.member(cluster)
    agreement = make.agreement(cluster, signed=1)
    party = agreement.parties.get(organisation=school)
    upload = Upload("scan.pdf", "application/pdf", b"%PDF-1.4 scan")

    actions.file_scan(people.coordinator(cluster.base), party.public_id, upload=upload)

    assert Result.objects.get(cluster=cluster).agreements == 1


def test_fewer_than_five_children_are_told_nowhere(client: Client) -> None:
    cluster = make.cluster()
    tell(cluster, "events.Event:1", YEAR, 4)
    tell(cluster, "events.Event:2", date(2026, 5, 5), 37)

    page = shown(client, cluster)

    assert "меньше 5" in page
    assert ">37<" in page
    assert ">41<" not in page
    assert not re.search(r">\s*4\s*<", page)


def test_machines_read_what_it_is_and_no_person(client: Client) -> None:
    cluster = make.cluster(
        organisations.college(), name="Техника </script><b>& <!--", aim="Интерес с пяти лет"
    )
    school = make.member(cluster, organisations.school(email="secret@example.org"))
    people.head(school, family_name="Ёлкина")

    page = shown(client, cluster)

    read = linked_data(page)
    assert read == linked(cluster, list(cluster.memberships.base_first()))
    assert (read["@context"], read["@type"]) == ("https://schema.org", "Consortium")
    assert read["name"] == cluster.name
    assert [one["@type"] for one in read["member"]] == ["CollegeOrUniversity", "School"]
    assert date.fromisoformat(read["foundingDate"]) == cluster.founded_on
    assert "Ёлкина" not in page
    assert "secret@example.org" not in page


def test_page_is_kept_and_never_out_of_date(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cluster = make.cluster()
    school = make.member(cluster)
    shown(client, cluster)

    with django_assert_max_num_queries(5):
        before = shown(client, cluster)
    Organisation.objects.filter(pk=school.pk).update(name="Школа № 777 (пример)")

    assert "№ 777" not in before
    assert "№ 777" in shown(client, cluster)


def test_a_member_of_tomorrow_is_shown_tomorrow(client: Client) -> None:
    cluster = make.cluster()
    school = make.member(cluster)
    cluster.memberships.filter(organisation=school).update(
        since=timezone.make_aware(datetime.combine(date(2030, 1, 1), time()))
    )
    before = shown(client, cluster)

    with clock.travel(timezone.make_aware(datetime.combine(date(2030, 1, 2), time()))):
        after = shown(client, cluster)

    assert school.name not in before
    assert school.name in after


@pytest.mark.parametrize("number", [0, 1, 2, 9, 40])
def test_boxes_of_the_map_hold_their_dots_and_never_meet(number: int) -> None:
    areas = [
        Area(f"Очень длинное название района {n} " * 3, [Spot(f"Школа {k} " * 9) for k in range(n)])
        for n in range(number)
    ]

    for sheet in sheets(Plan("Карта", areas)):
        assert len(sheet.boxes) == number
        for place, box in enumerate(sheet.boxes):
            assert 0 <= box.x <= sheet.width - box.width
            assert box.y + box.height <= sheet.height
            for dot in box.dots:
                assert box.x < dot.x < dot.text_x < box.x + box.width
                assert box.y < dot.y < box.y + box.height
            for other in sheet.boxes[:place]:
                apart = box.x + box.width <= other.x or other.x + other.width <= box.x
                assert apart or box.y >= other.y + other.height or other.y >= box.y + box.height


def test_figure_for_everybody_says_nothing_of_silence() -> None:
    cluster = make.cluster()
    make.member(cluster)

    (node,) = network_of(cluster.base, list(cluster.memberships.base_first())).around

    assert (node.note, node.silent) == ("", False)
