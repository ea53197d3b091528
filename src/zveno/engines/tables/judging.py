"""What judging rows of any profile shares: mends, insistence, the one verdict of a row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from zveno.engines.tables.codes import Code, Severity
from zveno.engines.tables.model import Draft, Finding, Judged, Row, Wishes, note

WHOLE_ROW = "row"


def inputs_of(number: int, draft: Draft, wishes: Wishes) -> dict[str, str]:
    """Put a person's mends over what the source says."""
    return {**draft.inputs, **wishes.mends.get(number, {})}


def of_field(name: str, judged: Judged, *, insisted: bool) -> Judged:
    """Name the field in every finding; where a person insisted, let the value stand as typed."""
    if insisted and judged.typed is not None:
        judged = _insisted(judged)
    named = tuple(replace(finding, field=name) for finding in judged.findings)
    return replace(judged, findings=named)


def _insisted(judged: Judged) -> Judged:
    told = tuple(
        note(Code.INSISTED, asked=found.code.value)
        for found in judged.findings
        if found.severity != Severity.NOTE
    )
    return Judged(judged.typed, judged.typed or "", judged.typed, told)


def marked(judged: Mapping[str, Judged], draft: Draft, mended: Iterable[str]) -> dict[str, Judged]:
    """Add what reading found wrong with the cells, unless a person has mended them."""
    kept = dict(judged)
    for name, finding in draft.marks.items():
        if name in kept and name not in mended:
            kept[name] = Judged(None, "", None, (*kept[name].findings, finding))
    return kept


def row_findings(findings: Iterable[Finding], *, insisted: bool) -> list[Finding]:
    """Say what concerns the row as a whole; insistence answers its questions."""
    return [
        note(Code.INSISTED, asked=found.code.value)
        if insisted and found.severity == Severity.QUESTION
        else found
        for found in findings
    ]


def skipped(number: int, draft: Draft) -> Row:
    """Give a row without content its verdict."""
    return Row(number, draft, {}, (), "skip", skip=draft.skip)


def verdict_of(findings: Sequence[Finding]) -> str:
    """Accept a row with nothing but notes, hold any other."""
    return "hold" if any(found.severity != Severity.NOTE for found in findings) else "accept"


def as_duplicate(row: Row, finding: Finding, *, of: int | None, known: str | None = None) -> Row:
    """Turn a row into a duplicate of another row, or of what the system already has."""
    findings = (*row.findings, finding)
    return replace(row, findings=findings, verdict="duplicate", duplicate_of=of, known=known)


def with_finding(row: Row, finding: Finding) -> Row:
    """Add a finding to a row and judge again whether it is accepted."""
    findings = (*row.findings, finding)
    return replace(row, findings=findings, verdict=verdict_of(findings))


def values_of(judged: Mapping[str, Judged]) -> dict[str, Any]:
    """Take the values that stand."""
    return {name: one.value for name, one in judged.items()}
