"""A class moves up every 1 September by itself."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from zveno.kernel import clock
from zveno.learners.models import Learner, first_year_of
from zveno.learners.tests import make

ZONES = (
    *("Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk"),
    *("Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan"),
    "Asia/Kamchatka",
)


@pytest.mark.django_db
def test_who_was_entered_in_spring_is_a_grade_higher_in_autumn() -> None:
    with clock.travel(datetime(2026, 5, 20, 9, tzinfo=ZoneInfo("Europe/Moscow"))):
        child = make.learner(grade=6, letter="Б")
    with clock.travel(datetime(2026, 9, 1, 9, tzinfo=ZoneInfo("Europe/Moscow"))):
        assert Learner.objects.get(pk=child.pk).class_label == "7 «Б»"


@pytest.mark.parametrize("zone", ZONES)
def test_the_class_moves_up_at_midnight_where_the_house_stands(zone: str) -> None:
    child, here = Learner(first_year=2020, letter="А"), ZoneInfo(zone)

    with override_settings(TIME_ZONE=zone), timezone.override(here):
        with clock.travel(datetime(2026, 8, 31, 23, 59, 30, tzinfo=here)):
            before = child.grade
        with clock.travel(datetime(2026, 9, 1, tzinfo=here)):
            after = child.grade

    assert (before, after) == (6, 7)


def test_a_kindergarten_group_stays_what_it_is_called() -> None:
    child = Learner(letter="подготовительная", first_year=first_year_of(0))

    assert (child.first_year, child.grade_on(date(2030, 9, 1))) == (None, 0)
    assert child.class_label == "подготовительная"


def test_after_grade_11_the_year_of_leaving_is_told() -> None:
    with clock.travel(datetime(2026, 9, 1, 9, tzinfo=ZoneInfo("Europe/Moscow"))):
        assert Learner(first_year=2015, letter="А").class_label == "выпуск 2026 года"
        assert Learner(first_year=2016, letter="А").class_label == "11 «А»"


@given(st.integers(1, 11), st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_the_grade_said_is_that_of_the_day_and_one_more_a_year_later(grade: int, day: date) -> None:
    with clock.travel(datetime.combine(day, datetime.min.time(), ZoneInfo("Europe/Moscow"))):
        child = Learner(first_year=first_year_of(grade))

    assert child.grade_on(day) == grade
    assert child.grade_on(date(day.year + 1, day.month, min(day.day, 28))) == grade + 1
