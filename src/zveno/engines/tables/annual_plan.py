"""Judge rows of a year's plan: what takes place, when, for whom; nothing is guessed in silence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from zveno.engines.tables.codes import Code, Severity
from zveno.engines.tables.judging import (
    WHOLE_ROW,
    inputs_of,
    marked,
    of_field,
    row_findings,
    skipped,
    values_of,
    verdict_of,
)
from zveno.engines.tables.model import Draft, Finding, Judged, Layout, Row, Wishes, error, question
from zveno.engines.tables.profiles import NUMBER
from zveno.engines.tables.text import judged_by, no_longer_than, tidied
from zveno.engines.tables.when import FIRST_MONTH, When, read_when

_WORDS = ("title", "direction", "form", "participants", "place", "responsible", "note", "when")
_LONGEST = 300
_YEARS = re.compile(r"\b(20[0-9]{2})\s*[/–—-]\s*(?:20)?([0-9]{2})\b")
_ORDINAL = re.compile(r"\s*([0-9]{1,5})\s*[.)]?\s*")
_GRADES = re.compile(r"(?<![0-9])(1[01]|[1-9])(?:\s*[-–—]\s*(1[01]|[1-9]))?(?:-?\w{1,2})?\s*кл\w*")
_AGES = re.compile(r"(?<![0-9])([3-7])(?:\s*[-–—]\s*([3-7]))?\s*лет")
_SEATS = re.compile(r"(?<![0-9])([0-9]{1,4})\s*(?:чел|мест|участн|дет|школьн|обуч)")
_SERIES = re.compile(r"(?<![0-9])([0-9]{1,2})\s+(?:заняти|встреч|урок|семинар|проб)")
_HOURS = re.compile(r"(?<![0-9])([0-9]{1,3})\s*(?:ак\w*\.?\s*)?ч(?:\.|ас\w*|\b)")
_GROUPS = {
    "G1_4": range(1, 5),
    "G5_7": range(5, 8),
    "G8_9": range(8, 10),
    "G10_11": range(10, 12),
}
PRESCHOOL = "DOU_5_7"


def judge_annual_plan(layout: Layout, wishes: Wishes, *, today: date) -> list[Row]:
    """Judge every draft in the academic year that the titles name, else in the present one."""
    year = _year(layout, today)
    rows = [
        skipped(number, draft) if draft.skip else _judge(number, draft, wishes, year)
        for number, draft in enumerate(layout.drafts, 1)
    ]
    return list(_counted(rows, layout, wishes))


def _year(layout: Layout, today: date) -> int:
    named = (_YEARS.search(aside.text) for aside in layout.asides)
    years = [int(match[1]) for match in named if match and int(match[2]) == int(match[1]) % 100 + 1]
    return years[0] if years else today.year - (today.month < FIRST_MONTH)


def _judge(number: int, draft: Draft, wishes: Wishes, year: int) -> Row:
    inputs, marks = inputs_of(number, draft, wishes)
    insisted = wishes.insist.get(number, frozenset())
    judged = {name: judged_by(inputs.get(name, ""), _STAGES) for name in _WORDS}
    if not judged["title"].likely:
        judged["title"] = _asked(judged["title"], [error(Code.VALUE_MISSING)])
    when = read_when(judged["when"].likely, year)
    judged["when"] = _asked(judged["when"], _of_when(judged["when"], when))
    judged = marked(judged, marks)
    spans = _spans(judged["participants"].likely)
    group = next(iter(spans)) if len(spans) == 1 else ""
    if len(spans) > 1:
        asked = question(Code.AUDIENCE_SPANS, groups=list(spans))
        judged["participants"] = _asked(judged["participants"], [asked])
    judged = {name: of_field(name, one, insisted=name in insisted) for name, one in judged.items()}
    findings = [
        *row_findings(draft.findings, insisted=WHOLE_ROW in insisted),
        *(found for one in judged.values() for found in one.findings),
    ]
    values = {**values_of(judged), "when": _times(when), "audience": group, **_numbers(judged)}
    return Row(number, draft, values, tuple(findings), verdict_of(findings))


_STAGES = (no_longer_than(_LONGEST),)


def _asked(judged: Judged, found: Sequence[Finding]) -> Judged:
    """Ask about a value: it stands if a person insists, unless it is an error."""
    if not found:
        return judged
    refused = any(one.severity == Severity.ERROR for one in found)
    typed = None if refused else judged.typed
    return Judged(None, judged.likely, typed, (*judged.findings, *found))


def _of_when(said: Judged, when: When | None) -> Sequence[Finding]:
    if when:
        return when.findings
    return [error(Code.WHEN_UNCLEAR if said.likely else Code.VALUE_MISSING)]


def _times(when: When | None) -> dict[str, Any] | None:
    if when is None:
        return None
    return {
        "precision": when.precision.value,
        "times": list(when.times),
        "weekday": when.weekday,
        "week": when.week,
    }


def _numbers(judged: Mapping[str, Judged]) -> dict[str, int | None]:
    title, people = judged["title"].likely, judged["participants"].likely
    return {
        "series": _number(_SERIES, title),
        "hours": _number(_HOURS, title),
        "seats": _number(_SEATS, people),
    }


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return int(match[1]) if match else None


def _spans(text: str) -> dict[str, None]:
    """Name the age groups that grades and ages belong to, in their order."""
    found = [PRESCHOOL for _ages in _AGES.finditer(text)]
    for match in _GRADES.finditer(text):
        said = range(int(match[1]), int(match[2] or match[1]) + 1)
        found += [name for name, grades in _GROUPS.items() if set(said) & set(grades)]
    return dict.fromkeys(found)


def _counted(rows: Sequence[Row], layout: Layout, wishes: Wishes) -> Iterator[Row]:
    """Ask about a row whose number stood above already, and say which one is missing then."""
    places = {column.sheet: column.index for column in layout.columns if column.field == NUMBER}
    numbers = [_ordinal(row, places) for row in rows]
    before = set[int]()
    for row, number in zip(rows, numbers, strict=True):
        repeats = number is not None and number in before
        if number is not None:
            before.add(number)
        if not repeats or number is None or row.verdict == "skip":
            yield row
            continue
        missing = None if number + 1 in numbers else number + 1
        asked = question(Code.NUMBER_REPEATS, number=number, missing=missing)
        insisted = WHOLE_ROW in wishes.insist.get(row.number, ())
        findings = (*row.findings, *row_findings([asked], insisted=insisted))
        yield replace(row, findings=findings, verdict=verdict_of(findings))


def _ordinal(row: Row, places: Mapping[str | None, int]) -> int | None:
    place = places.get(row.draft.sheet)
    cell = row.draft.raw[place] if place is not None and place < len(row.draft.raw) else None
    match = _ORDINAL.fullmatch(tidied(cell or "")[0])
    return int(match[1]) if match else None
