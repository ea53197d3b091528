"""Tables to take away, as XLSX or CSV: no cell of them is ever a formula.

A number, a day and a moment come as such: a spreadsheet counts and sorts by them.
"""

import base64
import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.http import HttpResponse

from zveno.kernel import engines

NUMBERS = (int, float, Decimal)
RISKY = ("=", "+", "-", "@", "\t", "\r")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def attached(
    name: str, kind: str, heads: Sequence[object], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """Answer with a table as a file ``name`` of ``kind``, ``csv`` or ``xlsx``.

    A moment is told by the clock it was given with.
    """
    make = _xlsx if kind == "xlsx" else _csv
    answer = HttpResponse(make([str(head) for head in heads], rows), content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def _xlsx(heads: list[str], rows: Iterable[Sequence[object]]) -> bytes:
    cells = [[_typed(cell) for cell in row] for row in rows]
    return base64.b64decode(engines.run("sheets", {"heads": heads, "rows": cells})["xlsx"])


def _typed(cell: object) -> str | float | dict[str, str] | None:
    told: str | float | dict[str, str] | None = str(cell)
    match cell:
        case None:
            told = None
        case bool():
            pass
        case int() | float() | Decimal():
            told = float(cell)
        case datetime():
            told = {"moment": cell.replace(tzinfo=None).isoformat()}
        case date():
            told = {"day": cell.isoformat()}
    return told


def _csv(heads: list[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    table.writerow(map(harmless, heads))
    table.writerows(_plain(row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(row: Sequence[object]) -> list[str]:
    return [_said(cell) if isinstance(cell, NUMBERS) else harmless(_said(cell)) for cell in row]


def _said(cell: object) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return cell.replace(tzinfo=None).isoformat(" ", "seconds")
        case _:
            return str(cell)


def harmless(cell: str) -> str:
    """Put an apostrophe before whatever a spreadsheet would take for a formula."""
    risky = unicodedata.normalize("NFKC", cell[:1]).startswith(RISKY)
    return f"'{cell}" if risky else cell
