"""Days and times as people type them."""

from datetime import date, time

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from zveno.ui.inputs import YEARS, ClockField, DayField, LineField, PastedField


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


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Проба\t«Собери\r\nробота»\u2028в цехе\u00a0 ", "Проба «Собери робота» в цехе"),
        ("Ро\u200bбо\u00adты\ufeff", "Роботы"),
        ("и\u202eя", "ия"),
        ("Е\u0308лка", "Ёлка"),
        ("№ 5 – ½ · 20 ₽ → ≥ 3 ℃", "№ 5 – ½ · 20 ₽ → ≥ 3 ℃"),
        ("Әминә Һҙҡғ Җүң Ӏ", "Әминә Һҙҡғ Җүң Ӏ"),
        ("<b>{{ 7*7 }}</b> ' OR 1=1--", "<b>{{ 7*7 }}</b> ' OR 1=1--"),
    ],
)
def test_words_stand_on_one_line_as_they_were_typed(typed: str, kept: str) -> None:
    assert LineField().clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("а\0б", "U+0000"),
        ("а\x0bб\x1b[31m", r"U\+001B"),
        ("\ufffe", "U+FFFE"),
        ("\U0010ffff", "U+10FFFF"),
        ("\ue000", "U+E000"),
        ("Урок 😀", "😀"),
        ("漢字", "字 漢"),
        ("а" + "\u0301" * 4, "знаков"),
    ],
)
def test_what_cannot_be_printed_is_refused_and_named(typed: str, named: str) -> None:
    with pytest.raises(forms.ValidationError, match=named.replace("U+", r"U\+")):
        LineField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("01.01.1990", "не раньше 01.01.2000"), ("31.12.9999", "не позже 31.12.2100")],
)
def test_a_day_out_of_bounds_is_answered_with_a_day_as_people_write_it(
    typed: str, said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        DayField(validators=YEARS).clean(typed)
