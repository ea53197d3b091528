"""Days on which something turns, at midnight where the house stands, in all zones of Russia."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.learners.actions import review_grounds
from zveno.learners.models import (
    CATEGORIES,
    Ages,
    Consent,
    Hold,
    Learner,
    ages_on,
    lasts_until,
    midnight,
    who_must,
)
from zveno.learners.tests import make
from zveno.learners.tests.test_moving_up import ZONES

GUARDIAN, CHILD = Consent.Signer.GUARDIAN, Consent.Signer.CHILD
PLAIN, LEAP = date(2012, 5, 17), date(2012, 2, 29)
MOMENT = timedelta(seconds=30)
TURNS = [
    pytest.param(PLAIN, date(2026, 5, 17), {GUARDIAN}, {GUARDIAN, CHILD}, id="14"),
    pytest.param(PLAIN, date(2030, 5, 17), {GUARDIAN, CHILD}, {CHILD}, id="18"),
    pytest.param(LEAP, date(2026, 3, 1), {GUARDIAN}, {GUARDIAN, CHILD}, id="14, of 29 February"),
    pytest.param(LEAP, date(2030, 3, 1), {GUARDIAN, CHILD}, {CHILD}, id="18, of 29 February"),
]
everywhere = pytest.mark.parametrize("zone", ZONES)


def around(day: date, zone: str) -> Iterator[date]:
    """Live in a zone through the last moment before a day there, then its first one."""
    here = ZoneInfo(zone)
    first = datetime(day.year, day.month, day.day, tzinfo=here)
    with override_settings(TIME_ZONE=zone), timezone.override(here):
        for moment in (first - MOMENT, first):
            with clock.travel(moment):
                yield clock.today()


@everywhere
@pytest.mark.parametrize(("born", "day", "before", "after"), TURNS)
def test_whose_word_is_needed_turns_on_the_birthday(
    zone: str, born: date, day: date, before: set[str], after: set[str]
) -> None:
    child = Learner(born_on=born, first_year=2019)

    assert [who_must(child, today) for today in around(day, zone)] == [before, after]


@pytest.mark.parametrize(("year", "birthday"), [(2023, (3, 1)), (2024, (2, 29)), (2025, (3, 1))])
def test_who_was_born_on_29_february_is_older_on_it_or_on_1_march(
    year: int, birthday: tuple[int, int]
) -> None:
    child, day = Learner(born_on=LEAP), date(year, *birthday)

    assert ages_on(day, child) == Ages(year - 2012, year - 2012)
    assert ages_on(day - timedelta(days=1), child) == Ages(year - 2013, year - 2013)


@given(st.dates(date(2005, 1, 1), date(2022, 12, 31)), st.dates(date(2026, 1, 1), date(2035, 1, 1)))
def test_who_told_the_year_alone_is_asked_no_less_than_who_told_the_day(
    born: date, day: date
) -> None:
    """The safer side: where the age is not certain, nobody is left out."""
    exactly = who_must(Learner(born_on=born), day)

    assert exactly <= who_must(Learner(born_year=born.year), day)


@pytest.mark.django_db
@everywhere
def test_a_ground_is_lost_on_the_14th_birthday_and_at_the_end_of_august(zone: str) -> None:
    young, agreed = make.learner(born_on=PLAIN), make.learner()
    make.consent(young, signed_by=GUARDIAN)
    make.consent(agreed, expires_on=date(2027, 8, 31))
    found: list[bool] = []

    for child, day in ((young, date(2026, 5, 17)), (agreed, date(2027, 9, 1))):
        for _today in around(day, zone):
            review_grounds(SYSTEM, child.owner.public_id)
            child.refresh_from_db()
            found.append(child.unfounded_since is None)

    assert found == [True, False, True, False]


@pytest.mark.django_db
@everywhere
def test_terms_are_over_at_midnight(zone: str) -> None:
    """Who finished grade 11 is due 30 days after 1 September; a consent 1096 after its last day."""
    graduate = make.founded()
    Learner.objects.filter(pk=graduate.pk).update(first_year=2016)
    Consent.objects.update(expires_on=date(2027, 8, 31))
    found: list[bool] = []

    for code, day in (
        ("children_who_left", date(2027, 10, 1)),
        ("consents", date(2027, 9, 1) + timedelta(days=1096)),
    ):
        found += [CATEGORIES[code].over().exists() for _today in around(day, zone)]

    assert found == [False, True, False, True]


@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)), st.sampled_from(ZONES))
def test_a_hold_lasts_through_its_last_day(day: date, zone: str) -> None:
    with override_settings(TIME_ZONE=zone), timezone.override(ZoneInfo(zone)):
        assert Hold(until=midnight(day)).last_day == day


@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)))
def test_a_consent_ends_on_31_august_and_lasts_a_quarter_at_least(day: date) -> None:
    last = lasts_until(day)

    assert (last.month, last.day) == (8, 31)
    assert timedelta(days=92) <= last - day <= timedelta(days=92 + 366)
