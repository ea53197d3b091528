"""Write the answer as plain data, for the child process."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from zveno.engines.tables.markup import column_letters
from zveno.engines.tables.model import VERSION, Aside, Column, Finding, Layout, Row, Source

VERDICTS = ("accept", "hold", "duplicate", "skip")
_WORKBOOKS = frozenset({"xlsx", "ods", "docx"})


def answer_of(source: Source, layout: Layout, rows: Sequence[Row]) -> dict[str, Any]:
    """Write what became of a source: columns, every row with its verdict, and the counts."""
    counts = Counter(row.verdict for row in rows)
    lettered = source.kind in _WORKBOOKS
    return {
        "version": VERSION,
        "source": {
            "kind": source.kind,
            "encoding": source.encoding,
            "delimiter": source.delimiter,
            "layout": layout.layout,
        },
        "columns": [_column(column) for column in layout.columns],
        "rows": [_row(row, lettered=lettered) for row in rows],
        "asides": [_aside(aside) for aside in layout.asides],
        "remarks": [finding_as_data(remark) for remark in layout.remarks],
        "counts": {
            "rows": len(rows),
            "asides": len(layout.asides),
            **{verdict: counts[verdict] for verdict in VERDICTS},
        },
    }


def finding_as_data(finding: Finding, cell: str | None = None) -> dict[str, Any]:
    """Write a finding; ``cell`` is its place on a sheet, «C10»."""
    return {
        "field": finding.field,
        "code": finding.code.value,
        "facts": dict(finding.facts),
        "severity": finding.severity.value,
        "suggestion": finding.suggestion,
        "before": finding.before,
        "after": finding.after,
        "cell": cell,
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "sheet": column.sheet,
        "index": column.index,
        "header": column.header,
        "field": column.field,
        "sure": column.sure,
        "hidden": column.hidden,
        "left_out": column.left_out,
    }


def _row(row: Row, *, lettered: bool) -> dict[str, Any]:
    draft = row.draft
    cells = _cells(draft.places, draft.line) if lettered else {}
    return {
        "row": row.number,
        "place": {"sheet": draft.sheet, "line": draft.line},
        "raw": list(draft.raw),
        "values": dict(row.values),
        "problems": [finding_as_data(one, cells.get(one.field or "")) for one in row.findings],
        "verdict": row.verdict,
        "duplicate_of": row.duplicate_of,
        "known": row.known,
        "skip": row.skip,
    }


def _cells(places: Mapping[str, int], line: int) -> dict[str, str]:
    return {name: f"{column_letters(index)}{line}" for name, index in places.items()}


def _aside(aside: Aside) -> dict[str, Any]:
    return {
        "place": {"sheet": aside.sheet, "line": aside.line},
        "reason": aside.reason,
        "text": aside.text,
    }
