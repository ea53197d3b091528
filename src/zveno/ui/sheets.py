"""Tables to take away, as XLSX or CSV: no cell of them is ever a formula."""

import base64
import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from zveno.kernel import engines

RISKY = ("=", "+", "-", "@", "\t", "\r")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def attached(
    name: str, kind: str, heads: Sequence[object], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """Answer with a table as a file ``name`` of ``kind``, ``csv`` or ``xlsx``."""
    words = [[str(cell) for cell in row] for row in rows]
    make = _xlsx if kind == "xlsx" else _csv
    answer = HttpResponse(make([str(head) for head in heads], words), content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def _xlsx(heads: list[str], rows: list[list[str]]) -> bytes:
    return base64.b64decode(engines.run("sheets", {"heads": heads, "rows": rows})["xlsx"])


def _csv(heads: list[str], rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    table.writerows(map(harmless, row) for row in [heads, *rows])
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Put an apostrophe before whatever a spreadsheet would take for a formula."""
    risky = unicodedata.normalize("NFKC", cell[:1]).startswith(RISKY)
    return f"'{cell}" if risky else cell
