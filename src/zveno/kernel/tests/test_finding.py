"""Words looked for: their forms, their beginnings, numbers, slips of the keys."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from zveno.kernel.finding import Registered, Wanted

pytestmark = pytest.mark.django_db


def finds(typed: str, text: str) -> bool:
    """Whether what is typed finds the text, as the database judges."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_tsvector('russian', translate(%s, 'ёЁ-–—/№.@_', 'еЕ        '))"
            " @@ to_tsquery('russian', %s)",
            [text, Wanted([typed]).query],
        )
        ((found,),) = cursor.fetchall()
    return bool(found)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("школу", "Школа № 47"),
        ("школы 47", "ГБОУ Школа №47"),
        ("станок", "Станки с ЧПУ"),
        ("станки", "Токарный станок"),
        ("кружков", "Кружок робототехники"),
        ("робо", "Сборка роботов"),
        ("елка", "Ёлочка и ёлка"),
        ("Ёлку", "Елка желаний"),
        ("сетевой договор", "Договор о сетевой форме"),
        ("2026-0047", "Приказ 2026-0047"),
        ("педколледж", "СПб-Педколледж/филиал"),
    ],
)
def test_any_form_and_any_beginning_finds(typed: str, text: str) -> None:
    assert finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [("47", "Школа № 147"), ("47", "Школа № 470"), ("школа 5", "Школа № 47"), ("и", "Игра")],
)
def test_number_is_whole_and_all_words_are_wanted(typed: str, text: str) -> None:
    assert not finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("47", Registered(47)),
        ("№ 0047", Registered(47)),
        ("2026-0047", Registered(47, 2026)),
        ("47/2026", Registered(47, 2026)),
        ("47 48", None),
        ("47 школа", None),
        ("123456789", None),
        ("", None),
    ],
)
def test_number_of_a_paper_is_read(typed: str, number: Registered | None) -> None:
    assert Wanted([typed]).number == number


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("+7 (812) 555-01-47", "78125550147"), ("01-47", "0147"), ("47", ""), ("школа 0147", "")],
)
def test_long_number_may_be_typed_in_any_way(typed: str, digits: str) -> None:
    assert Wanted([typed]).long_number == digits


@given(st.lists(st.text(max_size=80), max_size=2))
def test_whatever_is_typed_the_database_can_be_asked(typed: list[str]) -> None:
    wanted = Wanted(["".join(filter(str.isprintable, one)) for one in typed])

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_tsquery('russian', %s)", [wanted.query])
