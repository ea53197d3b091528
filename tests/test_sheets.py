"""A table that is taken away: its cells are what they look like, and never a formula."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from zveno.ui.sheets import attached

HEADS = ("Что", "Сколько", "Часов", "День", "Когда", "Пусто")
ROW = (
    "=HYPERLINK(1)",
    12,
    Decimal("1.5"),
    date(2026, 11, 21),
    datetime(2026, 11, 21, 9, 30, 5, tzinfo=UTC),
    None,
)


def test_a_workbook_counts_with_its_numbers_and_days() -> None:
    answer = attached("table", "xlsx", HEADS, [ROW])

    book = CalamineWorkbook.from_object(io.BytesIO(answer.content))
    heads, cells = book.get_sheet_by_index(0).to_python()
    assert heads == list(HEADS)
    assert cells[:4] == ["=HYPERLINK(1)", 12, 1.5, date(2026, 11, 21)]
    assert str(cells[4]) == "2026-11-21 09:30:05"
    assert cells[5] == ""
    with ZipFile(io.BytesIO(answer.content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_a_text_that_begins_like_a_formula_is_quoted_and_a_number_is_not() -> None:
    answer = attached("table", "csv", ("Что", "Сколько"), [("-1+1", -1)])

    assert answer.content.decode("utf-8-sig").splitlines()[1] == "'-1+1;-1"
