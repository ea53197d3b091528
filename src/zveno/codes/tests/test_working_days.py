"""The production calendar as the law and the Government give it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from zveno.codes.models.working_days import holiday, is_day_off, is_free

DAYS_OF_2026 = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]


def test_2026_has_as_many_working_days_as_its_published_calendar() -> None:
    worked = [day for day in DAYS_OF_2026 if not is_day_off(day)]

    assert len(worked) == 247
    assert [sum(day.month == month for day in worked) for month in (1, 3, 5, 12)] == [
        15,
        21,
        19,
        22,
    ]


@pytest.mark.parametrize(
    ("day", "off"),
    [
        ((2026, 1, 9), True),  # moved there by the Government
        ((2026, 3, 9), True),  # after a holiday on a Sunday
        ((2026, 5, 11), True),  # after a holiday on a Saturday
        ((2026, 11, 4), True),
        ((2026, 11, 5), False),
        ((2026, 12, 31), True),
        ((2027, 1, 9), True),
        ((2027, 1, 11), False),  # holidays of January are moved by the Government only
    ],
)
def test_holidays_and_moved_days_are_off(day: tuple[int, int, int], off: object) -> None:
    assert is_day_off(date(*day)) is off


def test_a_plain_weekend_is_off_and_not_free() -> None:
    saturday = date(2026, 11, 7)

    assert (is_day_off(saturday), is_free(saturday)) == (True, False)


def test_the_operator_adds_what_the_government_has_moved(settings: Any) -> None:
    settings.ZVENO_DAYS_OFF = "2027-01-02=2027-01-11,2027-02-20=2027-02-22"

    assert is_free(date(2027, 1, 11))
    assert is_free(date(2027, 2, 22))
    assert not is_day_off(date(2027, 2, 20))


@pytest.mark.parametrize(("language", "name"), [("ru", "День Победы"), ("en", "Victory Day")])
def test_a_holiday_has_a_name_in_the_language_of_the_reader(language: str, name: str) -> None:
    with translation.override(language):
        assert (holiday(date(2026, 5, 9)), holiday(date(2026, 5, 10))) == (name, "")
