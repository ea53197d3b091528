"""The academic calendar of a cluster."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from zveno.kernel import clock
from zveno.kernel.errors import NotAllowed
from zveno.network.actions import SeasonOutside, SeasonsOverlap, keep_calendar
from zveno.network.models import Season, Span, academic_year, days_of, usual_seasons
from zveno.network.tests import make
from zveno.network.tests.visitors import visitor
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
TERM = Span("term", "I четверть", date(2026, 9, 1), date(2026, 10, 25))


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_day_lies_in_its_academic_year(day: date) -> None:
    first, last = days_of(academic_year(day))

    assert first <= day <= last
    assert (last - first).days in {364, 365}


@given(st.integers(2000, 2099))
def test_usual_seasons_fill_the_year_and_touch_each_other(year: int) -> None:
    seasons = list(usual_seasons(year))

    assert (seasons[0].begins, seasons[-1].ends) == days_of(year)
    assert all(one.begins <= one.ends for one in seasons)
    assert all(b.begins - a.ends == timedelta(days=1) for a, b in pairwise(seasons))
    assert [one.ends.isoweekday() for one in seasons[1:6:2]] == [7, 7, 7]


def test_usual_seasons_are_those_recommended_for_2025() -> None:
    holidays = [one for one in usual_seasons(2025) if one.kind == "holidays"]

    assert [(one.begins, one.ends) for one in holidays] == [
        (date(2025, 10, 25), date(2025, 11, 2)),
        (date(2025, 12, 31), date(2026, 1, 11)),
        (date(2026, 3, 28), date(2026, 4, 5)),
        (date(2026, 5, 27), date(2026, 8, 31)),
    ]


def test_what_is_kept_takes_the_place_of_what_was_kept_that_year() -> None:
    cluster = make.cluster()
    coordinator = people.coordinator(cluster.base)
    before = TERM._replace(begins=date(2025, 9, 1), ends=date(2025, 10, 24))
    keep_calendar(coordinator, cluster.public_id, year=2025, seasons=[before])
    keep_calendar(coordinator, cluster.public_id, year=2026, seasons=list(usual_seasons(2026)))

    keep_calendar(coordinator, cluster.public_id, year=2026, seasons=[TERM])

    kept = Season.objects.order_by("begins").values_list("year", "kind", "name", "begins", "ends")
    assert list(kept) == [(2025, *before), (2026, *TERM)]


def test_another_coordinator_keeps_no_calendar_here() -> None:
    cluster = make.cluster()

    with pytest.raises(NotAllowed):
        keep_calendar(
            people.coordinator(make.cluster().base), cluster.public_id, year=2026, seasons=[TERM]
        )


@pytest.mark.parametrize(
    "season",
    [
        TERM._replace(begins=date(2026, 8, 31)),
        TERM._replace(begins=date(2027, 8, 1), ends=date(2027, 9, 1)),
        TERM._replace(begins=TERM.ends, ends=TERM.begins),
    ],
)
def test_seasons_lie_in_their_year(season: Span) -> None:
    cluster = make.cluster()

    with pytest.raises(SeasonOutside):
        keep_calendar(
            people.coordinator(cluster.base), cluster.public_id, year=2026, seasons=[season]
        )


def test_a_day_is_in_one_season_even_without_the_verb() -> None:
    cluster = make.cluster()
    other = TERM._replace(name="Каникулы", kind="holidays", begins=TERM.ends, ends=TERM.ends)
    with pytest.raises(SeasonsOverlap):
        keep_calendar(
            people.coordinator(cluster.base), cluster.public_id, year=2026, seasons=[other, TERM]
        )
    Season.objects.create(cluster=cluster, year=2026, **TERM._asdict())

    with pytest.raises(IntegrityError), transaction.atomic():
        Season.objects.create(cluster=cluster, year=2026, **other._asdict())

    Season.objects.create(cluster=make.cluster(), year=2026, **other._asdict())


def test_page_offers_the_usual_days_until_something_is_kept(client: Client) -> None:
    cluster = make.cluster()
    client.force_login(people.account(make.member(cluster)))
    page = reverse("network:calendar", args=[cluster.public_id])

    usual = client.get(page).content.decode()
    Season.objects.create(cluster=cluster, year=academic_year(clock.today()), **TERM._asdict())
    kept = client.get(page).content.decode()

    assert "Осенние каникулы" in usual
    assert "Осенние каникулы" not in kept
    assert TERM.name in kept
    assert client.get(f"{page}edit/").status_code == 403


def test_form_keeps_the_rows_and_says_what_is_wrong() -> None:
    cluster = make.cluster()
    client = visitor(cluster.base, "coordinator")
    page = reverse("network:edit_calendar", args=[cluster.public_id])
    year = academic_year(clock.today())
    rows = {
        "form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0,
        "form-0-name": "I триместр", "form-0-kind": "term",
        "form-0-begins": f"01.09.{year}", "form-0-ends": f"16.11.{year}",
        "form-1-name": "", "form-1-kind": "term", "form-1-begins": "", "form-1-ends": "",
    }  # fmt: skip

    wrong = client.post(page, rows | {"form-1-name": "Каникулы", "form-1-begins": "завтра"})
    lost = client.post(page, {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0})
    right = client.post(page, rows)

    assert (wrong.status_code, lost.status_code, right.status_code) == (422, 422, 302)
    assert "завтра" in wrong.content.decode()
    assert [one.name for one in Season.objects.all()] == ["I триместр"]
