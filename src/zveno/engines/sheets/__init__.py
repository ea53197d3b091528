"""Write a table as XLSX: texts, numbers, days and moments as such; no cell is ever a formula."""

import base64
import io
from datetime import datetime
from typing import Any

import xlsxwriter

WIDTHS = (12, 60)
DAY, MOMENT = "dd.mm.yyyy", "dd.mm.yyyy hh:mm:ss"
WIDEST_MOMENT = 19


def solve(problem: dict[str, Any]) -> dict[str, Any]:
    """Answer ``{"heads": [text], "rows": [[cell]]}`` with ``{"xlsx": base64}``.

    A cell is a text, a number, nothing, ``{"day": "2026-11-21"}`` or ``{"moment":
    "2026-11-21T10:00:00"}``, by the clock that people read. Raises ``KeyError`` for a problem of
    another shape.
    """
    memory = io.BytesIO()
    heads, rows = problem["heads"], problem["rows"]
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1})
        times = {"day": book.add_format({"num_format": DAY})}
        times["moment"] = book.add_format({"num_format": MOMENT})
        for column, text in enumerate(heads):
            sheet.write_string(0, column, text, bold)
            longest = max((_width(row[column]) for row in rows[:200]), default=0)
            sheet.set_column(column, column, min(max(longest, WIDTHS[0]), WIDTHS[1]))
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif isinstance(cell, dict):
                    ((kind, text),) = cell.items()
                    sheet.write_datetime(number, column, datetime.fromisoformat(text), times[kind])
                elif cell is not None:
                    sheet.write_number(number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), max(len(heads) - 1, 0))
    return {"xlsx": base64.b64encode(memory.getvalue()).decode()}


def _width(cell: object) -> int:
    return WIDEST_MOMENT if isinstance(cell, dict) else len(str(cell))
