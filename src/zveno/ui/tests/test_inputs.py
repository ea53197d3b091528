"""Days and times as people type them."""

from datetime import date, time

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from zveno.ui.inputs import ClockField, DayField, PastedField


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(
        ["%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d %m %Y", "%d,%m,%Y", "%d%m%Y", "%Y-%m-%d"]
    ),
)
def test_a_day_is_read_however_it_is_separated(day: date, way: str) -> None:
    assert DayField().clean(f" {day.strftime(way)} ") == day


@given(st.times(), st.sampled_from(["%H:%M", "%H.%M", "%H%M", "%H-%M", "%H %M"]))
def test_a_time_is_read_however_it_is_separated(moment: time, way: str) -> None:
    assert ClockField().clean(moment.strftime(way)) == moment.replace(second=0, microsecond=0)


@pytest.mark.parametrize("typed", ["31.02.2026", "завтра", "1.2", "28.11.20266", "2026-13-01"])
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match=r"28\.11\.2026"):
        DayField().clean(typed)


@pytest.mark.parametrize("typed", ["25:00", "9:60", "полдень", "12345"])
def test_what_is_no_time_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match="10:30"):
        ClockField().clean(typed)


def test_whole_hour_may_be_typed_as_one_number() -> None:
    assert ClockField().clean("9") == time(9)


def test_pasted_rows_keep_their_empty_first_cell() -> None:
    assert PastedField().clean("\tШкола № 47\n") == "\tШкола № 47\n"
