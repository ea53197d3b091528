"""What judging rows of any profile shares: mends, insistence, the one verdict of a row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from zveno.engines.tables.codes import Code, Severity
from zveno.engines.tables.limits import MAX_VALUE_LENGTH
from zveno.engines.tables.model import Draft, Finding, Judged, Row, Wishes, error, note

WHOLE_ROW = "row"


def inputs_of(
    number: int, draft: Draft, wishes: Wishes
) -> tuple[dict[str, str], dict[str, Finding]]:
    """Put a person's mends over what the source says; return that, and what is wrong with it.

    A value of thousands of signs is not judged at all.
    """
    mends = wishes.mends.get(number, {})
    marks = {name: mark for name, mark in draft.marks.items() if name not in mends}
    inputs = {**draft.inputs, **mends}
    for name, value in inputs.items():
        if len(value) > MAX_VALUE_LENGTH:
            inputs[name] = ""
            marks[name] = error(Code.TOO_LONG, limit=MAX_VALUE_LENGTH)
    return inputs, marks


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


def marked(judged: Mapping[str, Judged], marks: Mapping[str, Finding]) -> dict[str, Judged]:
    """Add what reading found wrong with the cells: such a value does not stand."""
    kept = dict(judged)
    for name, finding in marks.items():
        if name in kept:
            kept[name] = Judged(None, "", None, (finding,))
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
