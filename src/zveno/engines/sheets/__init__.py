"""Write a table as XLSX: each cell is a text, none is ever a formula."""

import base64
import io
from typing import Any

import xlsxwriter

WIDTHS = (12, 60)


def solve(problem: dict[str, Any]) -> dict[str, Any]:
    """Answer ``{"heads": [text], "rows": [[text]]}`` with ``{"xlsx": base64}``.

    Raises ``KeyError`` for a problem of another shape.
    """
    memory = io.BytesIO()
    heads, rows = problem["heads"], problem["rows"]
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1})
        for column, text in enumerate(heads):
            sheet.write_string(0, column, text, bold)
            longest = max((len(row[column]) for row in rows[:200]), default=0)
            sheet.set_column(column, column, min(max(longest, WIDTHS[0]), WIDTHS[1]))
        for number, row in enumerate(rows, 1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), max(len(heads) - 1, 0))
    return {"xlsx": base64.b64encode(memory.getvalue()).decode()}
