"""The demonstration: whole on any day, nothing in it is a real person's."""

from collections import Counter
from datetime import date, datetime, time
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from zveno.demo.management import story
from zveno.events.models import Certificate, Event
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.kernel.models import Letter
from zveno.network.models import Agreement, Cluster, academic_year
from zveno.organisations.models import Organisation, Territory
from zveno.people.models import Account, Person, Post
from zveno.people.tests import make as people
from zveno.plan.models import PlanItem

pytestmark = pytest.mark.slow
REAL = {
    "Санкт-Петербургское ГБПОУ «Колледж автоматизации производства»",
    "Информационно-методический центр Петроградского района",
}
CLUSTERS = {"Робототехника и инженерное дело", "Метрология", "Метрополитен", "Морской кластер"}
DAYS = ["2026-11-21", "2026-09-01", "2027-02-28", "2027-08-31", "2025-06-10", "2028-02-29"]


@pytest.mark.django_db
@pytest.mark.parametrize("day", DAYS)
def test_it_hangs_together_on_any_day(day: str) -> None:
    today = date.fromisoformat(day)
    with clock.travel(timezone.make_aware(datetime.combine(today, time(9)))):
        story.tell()

    past, coming = Event.objects.order_by("starts_at")
    assert (past.state, past.came, coming.state) == (Event.State.HELD, 11, Event.State.OPEN)
    assert timezone.localdate(past.starts_at) < today < timezone.localdate(coming.starts_at)
    for event in (past, coming):
        held = timezone.localdate(event.starts_at)
        item = PlanItem.objects.select_related("plan").get(events=event)
        assert (item.plan.year, item.month) == (academic_year(held), held.month)
        assert held.isoweekday() <= 6
    assert Agreement.objects.get().state == Agreement.State.IN_FORCE
    kinds = Certificate.objects.order_by("pk").values_list("kind", flat=True)
    assert Counter(kinds) == {"certificate": 11, "diploma": 2, "thanks": 2}


@pytest.mark.django_db
def test_only_names_of_organisations_and_clusters_are_real() -> None:
    story.tell()

    organisations = Organisation.objects.all()
    assert {one.name for one in organisations if "(пример)" not in one.name} == REAL
    assert {one.inn[:2] for one in organisations if one.inn} == {"00"}
    assert set(Cluster.objects.values_list("name", flat=True)) == CLUSTERS
    for post in Post.objects.select_related("organisation"):
        assert "(пример)" in post.title + post.organisation.name
    addresses = [
        *Person.objects.exclude(email="").values_list("email", flat=True),
        *Organisation.objects.exclude(email="").values_list("email", flat=True),
        *Letter.objects.values_list("to", flat=True),
    ]
    assert {address.partition("@")[2] for address in addresses} == {"example.org"}


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_an_interrupted_one_is_begun_anew() -> None:
    Territory.objects.get_or_create(kind=Territory.Kind.COUNTRY, name="Россия", genitive="России")
    with story.at(clock.today()):
        story.found_district()

    said = StringIO()
    call_command("demo", stdout=said)

    assert "anna" in said.getvalue()
    with reading(SYSTEM):
        assert Event.objects.count() == 3


@pytest.mark.django_db
def test_where_somebody_works_it_builds_nothing() -> None:
    people.account()

    said = StringIO()
    call_command("demo", stdout=said)

    assert (said.getvalue(), Account.objects.count(), Event.objects.count()) == ("", 1, 0)
